namespace Engine.Data.Rules;

/// <summary>The compiled rules of one rule set of one proxy (<c>http-request</c>, ...), in file order.</summary>
public sealed class RuleProgram
{
    public RuleStep[] Steps = [];
}
