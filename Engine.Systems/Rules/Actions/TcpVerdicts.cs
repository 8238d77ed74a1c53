using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>accept</c>, <c>reject</c> and <c>close</c> of the TCP rule sets (manual section 4.4).</summary>
internal static unsafe class TcpVerdicts
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] sets =
        [
            Words.TcpConnectionActions, Words.TcpSessionActions, Words.TcpRequestActions, Words.TcpResponseActions,
        ];
        foreach (Registry<ActionWord> set in sets)
        {
            set.Add(new("accept", "", &ParseAccept) { IsFinal = true });
            set.Add(new("reject", "", &ParseReject) { IsFinal = true });
        }
        Words.TcpResponseActions.Add(new("close", "", &ParseClose) { IsFinal = true });
    }

    private static bool ParseAccept(Directive line, ref RuleStep step)
    {
        step.Action = &Accept;
        return true;
    }

    private static bool ParseReject(Directive line, ref RuleStep step)
    {
        step.Action = &Reject;
        return true;
    }

    private static bool ParseClose(Directive line, ref RuleStep step)
    {
        step.Action = &Close;
        return true;
    }

    private static bool Accept(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) => false;

    private static bool Reject(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Reject;
        return false;
    }

    /// <summary>The server is given up; what it said so far still reaches the client.</summary>
    private static bool Close(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Reject;
        verdict.Close = true;
        return false;
    }
}
