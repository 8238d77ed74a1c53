using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>return</c>: answers instead of a server (manual section 4.4).</summary>
internal static unsafe class Return
{
    private const string Usage =
        "[ status <code> ] [ content-type <type> ] [ { default-errorfiles | errorfile <file> | file <file> | "
        + "lf-file <file> | string <str> | lf-string <fmt> } ] [ hdr <name> <fmt> ]*";

    private const int DefaultStatus = 200;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("return", Usage, &Parse) { IsFinal = true });
        Words.HttpResponseActions.Add(new("return", Usage, &Parse) { IsFinal = true });
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (ParseReply.Run(line, DefaultStatus, isDeny: false) is not { } reply) return false;
        step.Action = &Answer;
        step.Operands = reply;
        return true;
    }

    private static bool Answer(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Answer;
        HttpReply reply = Unsafe.As<HttpReply>(step.Operands!);
        return MakeReply.End(ref scope, reply, ref verdict, 'L');
    }
}
