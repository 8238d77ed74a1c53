using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>pause</c>: holds a message for a time, then goes on (manual section 4.4).</summary>
internal static unsafe class Pause
{
    [ModuleInitializer]
    internal static void Register()
    {
        ActionWord row = new("pause", "{ <timeout> | <expr> }", &Parse);
        Words.HttpRequestActions.Add(row);
        Words.HttpResponseActions.Add(row);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (DelayArgument.Parse(line, line[1], allowsNull: true) is not { } delay) return false;
        step.Operands = delay;
        step.Action = &Hold;
        return true;
    }

    /// <summary>Without a time there is nothing to wait for.</summary>
    private static bool Hold(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.WaitIsOver) return true;
        uint delayMs = Unsafe.As<DelayArgument>(step.Operands!).Of(ref scope);
        if (delayMs == 0) return true;
        verdict.Kind = RuleVerdictKind.Wait;
        verdict.WaitMs = delayMs;
        return false;
    }
}
