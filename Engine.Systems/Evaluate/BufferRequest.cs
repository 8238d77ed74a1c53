using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http1;
using Engine.Systems.Samples;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>Waits for the body of a request: <c>option http-buffer-request</c>, and what rules wait for.</summary>
internal static unsafe class BufferRequest
{
    /// <summary>False when the request waits for its body, or ended while it did.</summary>
    public static bool Run(World world, uint row, ref Stream stream, ref Evaluation scope, RuleStage stage)
    {
        HoldRules.Tell(world, row, ref stream, stage, ref scope);
        BodyProgress progress = stream.Head == null ? BodyProgress.Enough : BodyInput.Look(ref scope, ofResponse: false, atLeast: 0);
        RuleVerdict verdict = default;
        if (progress == BodyProgress.Enough)
        {
            HoldRules.Release(ref stream);
            return true;
        }
        if (progress == BodyProgress.Cut)
        {
            EvaluateRules.EnterGivenUp(world, row, ref stream, ref scope);
            verdict.Kind = RuleVerdictKind.ClientGone;
        }
        else if (scope.WaitIsOver) verdict.Kind = RuleVerdictKind.ClientTooLate;
        else
        {
            AskForBody(world, ref stream);
            HoldRules.ForClient(world, row, ref stream, stage, 0, scope.Frontend.Timeouts.HttpRequestMs, scope.Scratch.Used);
            return false;
        }
        HoldRules.Release(ref stream);
        EndByRule.Run(world, row, ref stream, verdict, 'R');
        return false;
    }

    /// <summary>The client may wait for leave to send its body: who waits for the body gives it (RFC 9110 section 10.1.1).</summary>
    public static void AskForBody(World world, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.ExpectsContinue) == 0 || stream.Head == null) return;
        ref Connection client = ref world.Connection[stream.Client];
        if (!AppendBytes.Run(world, ref client.Out, "HTTP/1.1 100 Continue\r\n\r\n"u8)) return;
        stream.Flags &= ~StreamFlags.ExpectsContinue;
        EditFields.Remove(stream.Head, "expect"u8);
        ListConnection.ToSend(world, stream.Client, ref client);
    }
}
