using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>tarpit</c>: holds the request for <c>timeout tarpit</c>, then refuses it (manual section 4.4).</summary>
internal static unsafe class Tarpit
{
    private const int DefaultStatus = 500;

    [ModuleInitializer]
    internal static void Register() =>
        Words.HttpRequestActions.Add(new("tarpit", Deny.Usage, &Parse) { IsFinal = true });

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (ParseReply.Run(line, DefaultStatus, isDeny: true) is not { } reply) return false;
        step.Action = &Hold;
        step.Operands = reply;
        return true;
    }

    private static bool Hold(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (!scope.WaitIsOver)
        {
            verdict.Kind = RuleVerdictKind.Wait;
            bool hasOwn = (scope.Stream->Flags & StreamFlags.HasOwnTimeouts) != 0 && scope.OwnTimeouts->TarpitMs != 0;
            verdict.WaitMs = hasOwn ? scope.OwnTimeouts->TarpitMs : (scope.Backend ?? scope.Frontend).Timeouts.TarpitMs;
            return false;
        }
        verdict.Kind = RuleVerdictKind.Deny;
        verdict.IsTarpit = true;
        HttpReply reply = Unsafe.As<HttpReply>(step.Operands!);
        return MakeReply.End(ref scope, reply, ref verdict, 'P');
    }
}
