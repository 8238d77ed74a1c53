using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>disable-l7-retry</c>: a request that was sent is not sent again (manual section 4.4).</summary>
internal static unsafe class DisableRetry
{
    [ModuleInitializer]
    internal static void Register() => Words.HttpRequestActions.Add(new("disable-l7-retry", "", &Parse));

    private static bool Parse(Directive line, ref RuleStep step)
    {
        step.Action = &Disable;
        return true;
    }

    private static bool Disable(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.KeptRequest != null) scope.KeptRequest->IsRefused = true;
        return true;
    }
}
