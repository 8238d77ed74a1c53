using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;
using Engine.Systems.Users;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>auth [ realm name ]</c>: asks for a name and a password (manual section 4.4; RFC 7617).</summary>
internal static unsafe class AskForUser
{
    private const ushort ServerStatus = 401;
    private const ushort ProxyStatus = 407;

    private sealed class Operands(ByteView realm)
    {
        public readonly ByteView Realm = realm;
    }

    [ModuleInitializer]
    internal static void Register() =>
        Words.HttpRequestActions.Add(new("auth", "[ realm <realm> ]", &Parse) { IsFinal = true });

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string realm = line.Proxy.Name;
        if (line.TryTake("realm"))
        {
            if (line.AtEnd) return ActionLine.Refuse(line, "missing realm value.\n");
            realm = line.Next();
        }
        step.Action = &Ask;
        step.Operands = new Operands(ByteView.Literal(realm));
        return true;
    }

    /// <summary>The proxy's error reply for the status, with the challenge added to its head.</summary>
    private static bool Ask(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        bool asksProxy = AsksProxy.Is(ref scope);
        ushort status = asksProxy ? ProxyStatus : ServerStatus;
        StoredMessage? own = scope.Backend?.Errors.Find(status) ?? scope.Frontend.Errors.Find(status);
        verdict.Kind = RuleVerdictKind.Answer;
        verdict.Status = status;
        verdict.IsClientError = true;
        verdict.Close = own is { Closes: true };
        verdict.Verbatim = own is { IsEmpty: true };
        if (verdict.Verbatim) return false;
        ByteView reply = StandardAnswers.Of(status, ConnectionSaid.Nothing);
        int end = reply.Span.IndexOf("\r\n\r\n"u8) + 4;
        ByteView fields = own?.HeadOf(ConnectionSaid.Nothing) ?? reply.Slice(0, end);
        TextBuilder head = new(scope.Scratch.Free);
        head.Add(fields.Span[..^2]);
        head.Add(asksProxy ? "proxy-authenticate: Basic realm=\""u8 : "www-authenticate: Basic realm=\""u8);
        head.Add(Unsafe.As<Operands>(step.Operands!).Realm);
        head.Add("\"\r\n\r\n"u8);
        if (!head.TryCommit(ref scope.Scratch, out verdict.ReplyHead)) return EditedHead.Fail(ref scope, ref verdict);
        verdict.ReplyBody = own?.Body ?? reply.Slice(end, reply.Length - end);
        return false;
    }
}
