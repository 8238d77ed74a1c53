using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Evaluate;
using Engine.Systems.Http1;

namespace Engine.Systems.Rules.Actions;

/// <summary>The head that header actions work on, and what they answer when there is no room in it.</summary>
internal static unsafe class EditedHead
{
    private const ushort Failed = 500;

    /// <summary>Response rules run with the response in scope, request rules without one.</summary>
    public static MessageHead* Of(ref Evaluation scope) => scope.Response != null ? scope.Response : scope.Request;

    /// <summary>Whether a value may stand in a field: a line end in it would begin another one.</summary>
    public static bool IsClean(ReadOnlySpan<byte> value) =>
        value.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) < 0;

    /// <summary>
    /// Whether a head may grow by so many bytes: with what came behind it, it must fit into a buffer, whose last
    /// <c>tune.maxrewrite</c> bytes are left free for that (manual section 3.2).
    /// </summary>
    public static bool HasRoom(ref Evaluation scope, int more)
    {
        BufferChain* input = scope.Response != null ? scope.ServerInput : scope.ClientInput;
        if (input == null || more <= 0) return true;
        Globals globals = scope.Configuration.Globals;
        // Nearly every message is short; the head alone is looked at behind the rules.
        if (input->Length < globals.BufferSize / 2) return true;
        MessageHead* head = Of(ref scope);
        int received = Math.Min(input->Length, globals.BufferSize - globals.MaxRewrite);
        return received - head->HeadLength + HeadSize.Of(head) + more <= globals.BufferSize;
    }

    /// <summary>A Host that is written into a request is that of its target, too. False: there is no room.</summary>
    public static bool FollowHost(ref Evaluation scope, KnownHeader known, ByteView value) =>
        known != KnownHeader.Host || scope.Response != null || EditTarget.SetAuthority(scope.Request, ref scope.Scratch, value);

    /// <summary>
    /// An edit could not be made: it ends the program, or is left out with <c>strict-mode off</c>. Answers whether the
    /// program goes on.
    /// </summary>
    public static bool Fail(ref Evaluation scope, ref RuleVerdict verdict)
    {
        scope.FailedEdits++;
        if (scope.Lenient)
        {
            verdict.Kind = RuleVerdictKind.Continue;
            return true;
        }
        verdict.Kind = RuleVerdictKind.Failed;
        verdict.Status = Failed;
        return false;
    }
}
