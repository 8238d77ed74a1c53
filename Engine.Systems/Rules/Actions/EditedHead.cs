using System;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>The head that header actions work on, and what they answer when there is no room in it.</summary>
internal static unsafe class EditedHead
{
    private const ushort RequestFailed = 500;
    private const ushort ResponseFailed = 502;

    /// <summary>Response rules run with the response in scope, request rules without one.</summary>
    public static MessageHead* Of(ref Evaluation scope) => scope.Response != null ? scope.Response : scope.Request;

    /// <summary>Whether a value may stand in a field: a line end in it would begin another one.</summary>
    public static bool IsClean(ReadOnlySpan<byte> value) =>
        value.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) < 0;

    /// <summary>
    /// An edit could not be made: it ends the program, or is left out with <c>strict-mode off</c>. Answers whether the
    /// program goes on.
    /// </summary>
    public static bool Fail(ref Evaluation scope, ref RuleVerdict verdict)
    {
        if (scope.Lenient)
        {
            verdict.Kind = RuleVerdictKind.Continue;
            return true;
        }
        verdict.Kind = RuleVerdictKind.Failed;
        verdict.Status = scope.Response != null ? ResponseFailed : RequestFailed;
        return false;
    }
}
