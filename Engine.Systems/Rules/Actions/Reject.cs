using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>http-request reject</c>: the connection is closed without an answer (manual section 4.4).</summary>
internal static unsafe class Reject
{
    [ModuleInitializer]
    internal static void Register() => Words.HttpRequestActions.Add(new("reject", "", &Parse) { IsFinal = true });

    private static bool Parse(Directive line, ref RuleStep step)
    {
        step.Action = &Close;
        return true;
    }

    private static bool Close(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Reject;
        return false;
    }
}
