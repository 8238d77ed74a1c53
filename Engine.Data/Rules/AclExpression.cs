using Engine.Data.Samples;

namespace Engine.Data.Rules;

/// <summary>A sample expression and what its value is matched against.</summary>
public sealed class AclExpression
{
    public SampleExpression Sample = null!;

    /// <summary>What the value is cast to before it is matched; None: nothing.</summary>
    public SampleType Input;

    /// <summary>The compiled patterns, with their match method and flags.</summary>
    public PatternSet Patterns = null!;

    /// <summary>As written, for explanations.</summary>
    public string Text = "";
}
