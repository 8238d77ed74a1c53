using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>allow</c>: the rest of the rules of this set and section is not looked at.</summary>
internal static unsafe class Allow
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("allow", "", &Parse) { IsFinal = true });
        Words.HttpResponseActions.Add(new("allow", "", &Parse) { IsFinal = true });
        Words.HttpAfterResponseActions.Add(new("allow", "", &Parse) { IsFinal = true });
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        step.Action = &Stop;
        return true;
    }

    private static bool Stop(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) => false;
}
