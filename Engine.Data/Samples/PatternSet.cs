namespace Engine.Data.Samples;

/// <summary>Compiled patterns of one ACL expression or map; each match method has its own.</summary>
public abstract class PatternSet
{
    /// <summary>Whether the sample, already of the method's input type, matches a pattern. Allocates nothing.</summary>
    public abstract bool Matches(ref Evaluation scope, in Sample sample);
}
