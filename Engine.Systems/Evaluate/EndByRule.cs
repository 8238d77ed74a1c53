using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http2;
using Engine.Systems.Pages;
using Engine.Systems.Queue;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>Carries out a verdict that ends an exchange: deny, answer, reject, or a rule that failed.</summary>
public static unsafe class EndByRule
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="verdict">Anything but Continue.</param>
    /// <param name="state">Second character of the termination state: 'R' for a request, 'H' for a response.</param>
    public static void Run(World world, uint row, ref Stream stream, in RuleVerdict verdict, char state)
    {
        ref StreamLog log = ref world.Log[row];
        switch (verdict.Kind)
        {
            case RuleVerdictKind.Deny:
                if (state == 'R') CountTracked.Error(world, row, in stream); // who is only dropped made no error
                CountDenied(world, row, ref stream, state);
                if (state == 'R' && world.Configuration.Proxies[stream.Frontend].Captures is { RequestCookie: not null } plan)
                    CaptureFields.RequestCookie(plan, world.Captures.Of(row), stream.Head);
                if (verdict.IsTarpit) Held(world, ref log, ref state);
                if (verdict.ReplyHead.IsEmpty && !verdict.Verbatim)
                {
                    FailStream.Run(world, row, ref stream, verdict.Status, 'P', state);
                    break;
                }
                FailStream.SetEnd(ref log, 'P', state);
                Answer(world, row, ref stream, verdict);
                break;
            case RuleVerdictKind.Service:
                ServePage.Export(world, row, ref stream);
                break;
            case RuleVerdictKind.Answer:
                if (verdict.IsClientError) CountTracked.Error(world, row, in stream);
                // Rules behind a challenge see no end yet, as in the reference.
                if (!verdict.IsClientError) FailStream.SetEnd(ref log, 'L', state);
                if ((stream.Flags & StreamFlags.Counted) == 0) world.ProxyCounters[stream.Frontend].Intercepted++;
                Answer(world, row, ref stream, verdict);
                FailStream.SetEnd(ref log, 'L', state);
                break;
            case RuleVerdictKind.ClientTooLate:
                world.ProxyCounters[stream.Frontend].FailedRequests++;
                world.ListenerOf(stream).FailedRequests++;
                log.HeadNanoseconds = 0; // the request was never whole
                FailStream.Run(world, row, ref stream, 408, 'c', state);
                break;
            case RuleVerdictKind.ServerTooLate:
                world.ProxyCounters[stream.Backend].FailedResponses++;
                world.ServerCounters[stream.ServerNumber].FailedResponses++;
                CountTracked.Failure(world, row, in stream);
                FailStream.Run(world, row, ref stream, 504, 's', state);
                break;
            case RuleVerdictKind.ClientGone:
                ClientGone.Run(world, row, ref stream);
                break;
            case RuleVerdictKind.Reject:
                CountDenied(world, row, ref stream, state);
                FailStream.Run(world, row, ref stream, 0, 'P', state);
                if (state == 'R') log.HeadNanoseconds = 0; // it was not looked into any further
                if (verdict.IsSilent) Abandon(world, ref stream, verdict);
                break;
            default:
                FailStream.Run(world, row, ref stream, 500, 'P', state);
                break;
        }
    }

    /// <summary>The time it was held counts as one in a queue (manual section 8.4).</summary>
    private static void Held(World world, ref StreamLog log, ref char state)
    {
        state = 'T';
        log.QueuedNanoseconds = world.NowNanoseconds;
        log.HeadNanoseconds = 0;
    }

    /// <summary>Every stream of the client's connection ends with it.</summary>
    private static void Abandon(World world, ref Stream stream, in RuleVerdict verdict)
    {
        uint client = ClientRow.Of(world, stream.Client);
        AbandonClient.Run(world, client, verdict);
        if (client != stream.Client) CloseConnection.Run(world, client, reset: true);
        else stream.Flags |= StreamFlags.ClientReset;
    }

    private static void CountDenied(World world, uint row, ref Stream stream, char state)
    {
        if (state == 'R')
        {
            world.ProxyCounters[stream.Frontend].DeniedRequests++;
            world.ListenerOf(stream).DeniedRequests++;
            if ((stream.Flags & StreamFlags.Counted) != 0) world.ProxyCounters[stream.Backend].BackendDeniedRequests++;
            return;
        }
        world.ProxyCounters[stream.Backend].DeniedResponses++;
        world.ListenerOf(stream).DeniedResponses++;
    }

    private static void Answer(World world, uint row, ref Stream stream, in RuleVerdict verdict)
    {
        if (verdict.ReplyHead.IsEmpty)
        {
            // The proxy's own reply for the status, or, from an empty file, not a word.
            FailStream.Run(world, row, ref stream, verdict.Verbatim ? (ushort)0 : verdict.Status, 'L', 'R');
            return;
        }
        ReleaseServer.Close(world, row, ref stream);
        stream.Status = verdict.Status;
        if (!verdict.Close) DropBody.Run(world, row, ref stream);
        bool keepAlive = !verdict.Close && stream.Request.Done;
        if (!keepAlive) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        ByteView body = (stream.Flags & StreamFlags.HeadRequest) != 0 ? default : verdict.ReplyBody;
        WriteReply.Run(world, row, ref stream, verdict.ReplyHead, body);
    }
}
