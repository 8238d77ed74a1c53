using Engine.Data.Samples;

namespace Engine.Data.Rules;

/// <summary>Sees nothing: the ordinary run.</summary>
public readonly struct NoTrace : IRuleTrace
{
    public void Saw(AclExpression expression, bool found, in Sample sample, bool matched)
    {
    }

    public void Decided(in ConditionTerm term, Outcome outcome)
    {
    }

    public void Reached(in RuleStep step, Outcome outcome)
    {
    }
}
