using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules;

/// <summary>Decides a condition: groups joined by OR of terms joined by AND, each term an ACL (manual section 7.2).</summary>
public static class EvaluateCondition
{
    public static Outcome Run<TTrace>(ref Evaluation scope, Condition condition, ref TTrace trace)
        where TTrace : struct, IRuleTrace, allows ref struct
    {
        Outcome outcome = Outcome.No;
        foreach (ConditionTerm[] group in condition.Groups)
        {
            Outcome all = EvaluateGroup(ref scope, group, ref trace);
            if (all > outcome) outcome = all;
            if (outcome == Outcome.Yes) break;
        }
        return condition.Unless ? Not(outcome) : outcome;
    }

    private static Outcome EvaluateGroup<TTrace>(ref Evaluation scope, ConditionTerm[] group, ref TTrace trace)
        where TTrace : struct, IRuleTrace, allows ref struct
    {
        Outcome all = Outcome.Yes;
        for (int i = 0; i < group.Length; i++)
        {
            ref readonly ConditionTerm term = ref group[i];
            Outcome outcome = EvaluateAcl(ref scope, term.Acl, ref trace);
            if (term.Negated) outcome = Not(outcome);
            trace.Decided(in term, outcome);
            if (outcome < all) all = outcome;
            if (all == Outcome.No) break;
        }
        return all;
    }

    /// <summary>The expressions of an ACL are joined by OR.</summary>
    private static Outcome EvaluateAcl<TTrace>(ref Evaluation scope, Acl acl, ref TTrace trace)
        where TTrace : struct, IRuleTrace, allows ref struct
    {
        Outcome any = Outcome.No;
        foreach (AclExpression expression in acl.Expressions)
        {
            int mark = scope.Scratch.Used;
            Outcome outcome = EvaluateValues(ref scope, expression, mark, ref trace);
            scope.Scratch.Rewind(mark);
            if (outcome > any) any = outcome;
            if (any == Outcome.Yes) break;
        }
        return any;
    }

    /// <summary>Every value there is is tried: a header may stand several times and hold several.</summary>
    private static Outcome EvaluateValues<TTrace>(
        ref Evaluation scope, AclExpression expression, int mark, ref TTrace trace)
        where TTrace : struct, IRuleTrace, allows ref struct
    {
        Sample sample = default;
        sample.Iterates = true;
        do
        {
            sample.NotLast = false;
            sample.MayChange = false;
            if (!EvaluateExpression.Run(ref scope, expression.Sample, ref sample))
            {
                trace.Saw(expression, false, in sample, false);
                return sample.MayChange && scope.InputMayGrow ? Outcome.Maybe : Outcome.No;
            }
            bool matched = (sample.Type == expression.Input
                    || CastSample.Run(ref scope, ref sample, expression.Input))
                && expression.Patterns.Matches(ref scope, in sample);
            trace.Saw(expression, true, in sample, matched);
            if (matched) return Outcome.Yes;
            scope.Scratch.Rewind(mark);
        }
        while (sample.NotLast);
        return sample.MayChange && scope.InputMayGrow ? Outcome.Maybe : Outcome.No;
    }

    private static Outcome Not(Outcome outcome) => (Outcome)((int)Outcome.Yes - (int)outcome);
}
