namespace Engine.Data.Samples;

/// <summary>Compiled patterns of one ACL expression or map; each match method has its own.</summary>
public abstract class PatternSet
{
    /// <summary>Whether the sample matches a pattern. Allocates nothing.</summary>
    public abstract bool Matches(in Sample sample);
}
