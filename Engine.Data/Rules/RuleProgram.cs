namespace Engine.Data.Rules;

/// <summary>The compiled rules of one rule set of one proxy (<c>http-request</c>, ...), in file order.</summary>
public sealed class RuleProgram
{
    public RuleStep[] Steps = [];

    /// <summary>
    /// First of the steps that <c>allow</c> does not skip: the <c>redirect</c> lines of the proxy. The number of steps
    /// when there are none.
    /// </summary>
    public int BeyondAllow;
}
