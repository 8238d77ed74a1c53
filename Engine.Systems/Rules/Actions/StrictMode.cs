using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>strict-mode { on | off }</c>: whether an edit that cannot be made ends the message or is left out, for the rules
/// behind it in the set (manual section 4.4).
/// </summary>
internal static unsafe class StrictMode
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("strict-mode", "{ on | off }", &Parse));
        Words.HttpResponseActions.Add(new("strict-mode", "{ on | off }", &Parse));
        Words.HttpAfterResponseActions.Add(new("strict-mode", "{ on | off }", &Parse));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (line.AtEnd) return ActionLine.Refuse(line, "expects exactly 1 arguments");
        string word = line.Next();
        if (word is not ("on" or "off"))
            return ActionLine.Refuse(line, $"Unexpected value '{word}'. Only 'on' and 'off' are supported");
        step.Action = word == "on" ? &On : &Off;
        return true;
    }

    private static bool On(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        scope.Lenient = false;
        return true;
    }

    private static bool Off(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        scope.Lenient = true;
        return true;
    }
}
