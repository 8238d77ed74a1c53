using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>set-nice</c>: how late a stream has its turn (manual section 4.4). Here a tick serves whoever is ready, so the number
/// changes nothing.
/// </summary>
internal static unsafe class SetNice
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] sets =
            [Words.TcpRequestActions, Words.TcpResponseActions, Words.HttpRequestActions, Words.HttpResponseActions];
        foreach (Registry<ActionWord> set in sets) set.Add(new("set-nice", "<nice>", &Parse));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (line.Next().Length == 0) return ActionLine.Refuse(line, "expects exactly 1 argument (integer value)");
        step.Action = &Nothing;
        return true;
    }

    private static bool Nothing(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict) => true;
}
