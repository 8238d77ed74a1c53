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

    /// <summary>Ends the program: an edit did not fit (<c>strict-mode on</c>, the default). Answers false.</summary>
    public static bool Fail(ref Evaluation scope, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Failed;
        verdict.Status = scope.Response != null ? ResponseFailed : RequestFailed;
        return false;
    }
}
