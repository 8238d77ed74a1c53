using System.Collections.Generic;
using Engine.Data.Health;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>In what order the rules of a check may stand (manual section 4.2).</summary>
internal static class RuleOrder
{
    public const string FirstIsConnect = "first step MUST also be a 'connect', optionally preceded by a 'set-var', an "
        + "'unset-var' or a 'comment', when there is a 'connect' step in the tcp-check ruleset.";

    /// <summary>Whether a connection may be asked for behind these rules.</summary>
    public static bool BeginsWithConnect(List<CheckRule> rules)
    {
        foreach (CheckRule rule in rules)
            if (IsStep(rule)) return rule.Step.Kind == CheckStepKind.Connect;
        return true;
    }

    /// <summary>
    /// Why a rule may not follow in an HTTP check, or null: a request has a connection of its own, and an answer a request.
    /// </summary>
    public static string? Refusal(List<CheckRule> rules, CheckRule next)
    {
        if (!IsStep(next)) return null;
        int place = 1;
        CheckStepKind? last = null;
        foreach (CheckRule rule in rules)
        {
            if (!IsStep(rule)) continue;
            place++;
            if (rule.Step.Kind != CheckStepKind.Expect) last = rule.Step.Kind;
        }
        return next.Step.Kind switch
        {
            CheckStepKind.Connect when !BeginsWithConnect(rules) => FirstIsConnect,
            CheckStepKind.SendHttp when last == CheckStepKind.SendHttp =>
                $"unable to add http-check send rule at step {place} (missing connect rule)..",
            CheckStepKind.Expect when last == CheckStepKind.Connect =>
                $"unable to add http-check expect rule at step {place} (missing send rule)..",
            _ => null,
        };
    }

    private static bool IsStep(CheckRule rule) => !rule.IsComment && rule.Step.Kind != CheckStepKind.Assign;
}
