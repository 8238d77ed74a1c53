using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>wait-for-handshake</c>: holds a request that came as early data until the handshake is over and tells that it is
/// no replay (manual section 4.4).
/// </summary>
internal static unsafe class WaitForHandshake
{
    [ModuleInitializer]
    internal static void Register() => Words.HttpRequestActions.Add(new("wait-for-handshake", "", &Parse));

    private static bool Parse(Directive line, ref RuleStep step)
    {
        step.Action = &Wait;
        return true;
    }

    private static bool Wait(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.ClientTls == null || (scope.ClientTls->Flags & TlsFlags.EarlyOpen) == 0) return true;
        verdict.Kind = scope.InputEnded ? RuleVerdictKind.ClientGone
            : scope.WaitIsOver ? RuleVerdictKind.ClientTooLate
            : RuleVerdictKind.Wait;
        verdict.WaitMs = scope.Frontend.Timeouts.ClientMs;
        return false;
    }
}
