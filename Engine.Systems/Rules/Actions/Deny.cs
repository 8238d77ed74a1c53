using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>deny</c>: refuses the request or the response (manual section 4.4).</summary>
internal static unsafe class Deny
{
    internal const string Usage =
        "[ { status | deny_status } <code> ] [ content-type <type> ] [ { default-errorfiles | errorfile <file> | "
        + "file <file> | lf-file <file> | string <str> | lf-string <fmt> } ] [ hdr <name> <fmt> ]*";

    private const int RequestStatus = 403;
    private const int ResponseStatus = 502;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpRequestActions.Add(new("deny", Usage, &ParseRequest) { IsFinal = true });
        Words.HttpResponseActions.Add(new("deny", Usage, &ParseResponse) { IsFinal = true });
    }

    private static bool ParseRequest(Directive line, ref RuleStep step) => Parse(line, RequestStatus, ref step);

    private static bool ParseResponse(Directive line, ref RuleStep step) => Parse(line, ResponseStatus, ref step);

    private static bool Parse(Directive line, int status, ref RuleStep step)
    {
        if (ParseReply.Run(line, status, isDeny: true) is not { } reply) return false;
        step.Action = &Refuse;
        step.Operands = reply;
        return true;
    }

    private static bool Refuse(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Deny;
        HttpReply reply = Unsafe.As<HttpReply>(step.Operands!);
        return MakeReply.End(ref scope, reply, ref verdict, 'P');
    }
}
