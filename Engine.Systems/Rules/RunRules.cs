using System;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules;

/// <summary>
/// Runs a rule program on a message: each rule whose condition holds is carried out, in order, until one ends it.
/// Header edits are made on the index in scope; their bytes are literals of the configuration or stand in scope's
/// scratch area, which must live as long as the head.
/// </summary>
public static unsafe class RunRules
{
    /// <param name="scope">What the rules may read and edit.</param>
    /// <param name="program">The rules.</param>
    /// <param name="verdict">
    /// The outcome. When it is Wait, run again with it once more of the message is there.
    /// </param>
    public static void Run(ref Evaluation scope, RuleProgram program, ref RuleVerdict verdict)
    {
        NoTrace none = default;
        Run(ref scope, program, ref verdict, ref none);
    }

    /// <summary>The same, every step seen by a trace.</summary>
    public static void Run<TTrace>(
        ref Evaluation scope, RuleProgram program, ref RuleVerdict verdict, ref TTrace trace)
        where TTrace : struct, IRuleTrace, allows ref struct
    {
        int next = verdict.Kind == RuleVerdictKind.Wait ? verdict.NextStep : 0;
        int asked = verdict.Kind == RuleVerdictKind.Wait && verdict.ByAction ? next : -1;
        verdict.Kind = RuleVerdictKind.Continue;
        verdict.ByAction = false;
        scope.Lenient = false;
        if (asked >= 0 && scope.Log != null) scope.Log->WaitingRule = 0;
        RuleStep[] steps = program.Steps;
        for (int i = next; i < steps.Length; i++)
        {
            ref readonly RuleStep step = ref steps[i];
            if (i != asked && step.Condition is { } condition)
            {
                Outcome outcome = EvaluateCondition.Run(ref scope, condition, ref trace);
                trace.Reached(in step, outcome);
                if (outcome == Outcome.No) continue;
                if (outcome == Outcome.Maybe)
                {
                    verdict.Kind = RuleVerdictKind.Wait;
                    // From the start: rules that were carried out on less of the message see all of it then.
                    verdict.NextStep = 0;
                    return;
                }
            }
            else
            {
                trace.Reached(in step, Outcome.Yes);
            }
            if (step.Action(ref scope, in step, ref verdict)) continue;
            if (verdict.Kind == RuleVerdictKind.Wait)
            {
                verdict.ByAction = true;
                verdict.NextStep = i;
                if (scope.Log != null) scope.Log->WaitingRule = step.Place;
                return;
            }
            if (scope.Log != null) scope.Log->LastRule = step.Place;
            if (verdict.Kind != RuleVerdictKind.Continue) return;
            i = Math.Max(i, program.BeyondAllow - 1);
        }
    }

    /// <summary>Whether a condition holds; none at all always does. For <c>use_backend</c> and the like.</summary>
    public static bool Matches(ref Evaluation scope, Condition? condition)
    {
        if (condition is null) return true;
        NoTrace none = default;
        return EvaluateCondition.Run(ref scope, condition, ref none) == Outcome.Yes;
    }
}
