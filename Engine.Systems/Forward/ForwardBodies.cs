using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Profiling;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Replay;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Forward;

/// <summary>
/// Moves body bytes both ways, notices ends, and keeps receiving armed as long as the other side takes what comes:
/// a side whose output is long gets nothing more to send, so memory stays bounded whatever a peer does.
/// </summary>
public static unsafe class ForwardBodies
{
    public static void Run(World world)
    {
        RowList list = world.ToForward;
        for (uint i = 0; i < list.Count; i++)
        {
            uint row = list[i];
            ref Stream stream = ref world.Stream[row];
            stream.Flags &= ~StreamFlags.ListedForward;
            world.Profile.BeginStream(WorkKind.ForwardBodies, list, row);
            switch (stream.State)
            {
                case StreamState.AwaitingResponse or StreamState.Relaying:
                    Exchange(world, row, ref stream);
                    break;
                case StreamState.Answering:
                    Answer(world, row, ref stream);
                    break;
            }
            world.Profile.End();
        }
        list.Clear();
    }

    private static void Answer(World world, uint row, ref Stream stream)
    {
        ref Connection client = ref world.Connection[stream.Client];
        if (client.Timer.Due == 0)
        {
            uint clientMs = StreamTimeouts.Client(world, ref stream);
            SetTimeout.Connection(world, stream.Client, ref client, clientMs);
        }
        if (!stream.Literal.IsEmpty) AnswerStream.CopyLiteral(world, ref stream, ref client);
        if (!client.Out.IsEmpty) ListConnection.ToSend(world, stream.Client, ref client);
        else if (stream.Literal.IsEmpty) ListStream.ToEnd(world, row, ref stream);
    }

    private static void Exchange(World world, uint row, ref Stream stream)
    {
        ref Connection client = ref world.Connection[stream.Client];
        if (stream.Server == Table.NoRow)
        {
            Drain(world, row, ref stream, ref client);
            return;
        }
        ref Connection server = ref world.Connection[stream.Server];
        if (!ForwardRequest(world, row, ref stream, ref client, ref server)) return;
        if (stream.State == StreamState.Relaying && !ForwardResponse(world, row, ref stream, ref client, ref server))
            return;
        if (IsOver(ref stream, ref client, ref server))
        {
            ListStream.ToEnd(world, row, ref stream);
            return;
        }
        if (FinishServer.TryRun(world, row, ref stream, in server))
        {
            Drain(world, row, ref stream, ref client);
            return;
        }
        ArmClient(world, row, ref stream, ref client, ref server);
        ArmServer(world, row, ref stream, ref client, ref server);
        ExchangeTimeouts.Set(world, row, ref stream, ref client, ref server);
    }

    /// <summary>The server is done with: the client takes what is left.</summary>
    private static void Drain(World world, uint row, ref Stream stream, ref Connection client)
    {
        if (client.Out.IsEmpty && (client.Flags & ConnectionFlags.SendInFlight) == 0)
        {
            ListStream.ToEnd(world, row, ref stream);
            return;
        }
        WatchClient(world, stream.Client, ref client);
        ExchangeTimeouts.OfClient(world, ref stream, ref client);
    }

    /// <summary>False when the stream was ended.</summary>
    private static bool ForwardRequest(
        World world, uint row, ref Stream stream, ref Connection client, ref Connection server)
    {
        if (!stream.Request.Done && !client.In.IsEmpty && server.Out.Length < OutputRoom.SoftMax
            && (server.Flags & ConnectionFlags.SendShut) == 0)
        {
            int before = server.Out.Length;
            if (!MoveBody.Run(world, ref stream.Request, ref client.In, ref server.Out, out ulong moved))
            {
                world.ProxyCounters[stream.Frontend].FailedRequests++;
                world.ListenerOf(stream).FailedRequests++;
                CountTracked.Error(world, row, in stream);
                FailStream.Run(world, row, ref stream, 400, 'P', stream.State == StreamState.AwaitingResponse ? 'H' : 'D');
                return false;
            }
            KeepRequest.Follow(world, row, in server.Out, server.Out.Length - before);
            CountBytes.ToServer(world, row, ref stream, moved);
            if (moved > 0) ExchangeTimeouts.Progressed(ref client);
            if (!server.Out.IsEmpty) ListConnection.ToSend(world, stream.Server, ref server);
        }
        if ((server.Flags & ConnectionFlags.SendShut) != 0 && stream.Request.Kind == BodyKind.Tunnel)
        {
            client.In.Clear(world.Buffers); // the server takes nothing any more
            stream.Request.Done = true;
        }
        if (stream.Request.Done || !client.In.IsEmpty || InPipe(stream, StreamFlags.SplicesRequest, stream.Request, server))
            return true;
        if ((client.Flags & ConnectionFlags.Broken) != 0)
        {
            ClientGone.Run(world, row, ref stream);
            return false;
        }
        if ((client.Flags & ConnectionFlags.PeerClosed) == 0) return true;
        if (stream.Request.Kind != BodyKind.Tunnel)
        {
            ClientGone.Run(world, row, ref stream);
            return false;
        }
        stream.Request.Done = true;
        if (EndsInReset.OfServer(world, stream))
        {
            // The server is not told to end but left: nothing of what it may still say counts.
            stream.Response.Done = true;
            ListStream.ToEnd(world, row, ref stream);
            return false;
        }
        ShutSend.WhenSent(world, stream.Server, ref server);
        ExchangeTimeouts.Progressed(ref server);
        return true;
    }

    /// <summary>False when the stream was ended.</summary>
    private static bool ForwardResponse(
        World world, uint row, ref Stream stream, ref Connection client, ref Connection server)
    {
        if (!stream.Response.Done && !server.In.IsEmpty && client.Out.Length < OutputRoom.SoftMax)
        {
            if (!MoveBody.Run(world, ref stream.Response, ref server.In, ref client.Out, out ulong moved))
            {
                world.ProxyCounters[stream.Backend].FailedResponses++;
                world.ServerCounters[stream.ServerNumber].FailedResponses++;
                CountTracked.Failure(world, row, in stream);
                FailStream.Run(world, row, ref stream, 502, 'P', 'D');
                return false;
            }
            CountBytes.ToClient(world, row, ref stream, moved);
            if (moved > 0) ExchangeTimeouts.Progressed(ref server);
            if (!client.Out.IsEmpty) ListConnection.ToSend(world, stream.Client, ref client);
        }
        if (stream.Response.Done || !server.In.IsEmpty
            || InPipe(stream, StreamFlags.SplicesResponse, stream.Response, client))
        {
            return true;
        }
        const ConnectionFlags ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken;
        if ((server.Flags & ended) == 0) return true;
        bool cut = stream.Response.Kind is BodyKind.Length or BodyKind.Chunked
            || (server.Flags & ConnectionFlags.Broken) != 0;
        if (cut)
        {
            ServerGone.DuringResponse(world, row, ref stream);
            return false;
        }
        stream.Response.Done = true;
        if (stream.Response.Kind == BodyKind.Tunnel)
        {
            ShutSend.WhenSent(world, stream.Client, ref client);
            ExchangeTimeouts.Progressed(ref client);
        }
        return true;
    }

    /// <summary>The last bytes that came are still in the pipe: an end that follows them is not looked at yet.</summary>
    private static bool InPipe(in Stream stream, StreamFlags splices, in BodyState body, in Connection to) =>
        (stream.Flags & splices) != 0
        && ((to.Flags & ConnectionFlags.SendsFromPipe) != 0 || (body.Kind == BodyKind.Length && body.Remaining == 0));

    /// <summary>A server that answered before it had the whole request still gets the rest of it.</summary>
    public static bool HasSentAll(in Connection server) =>
        server.Out.IsEmpty && (server.Flags & ConnectionFlags.SendInFlight) == 0;

    private static bool IsOver(ref Stream stream, ref Connection client, ref Connection server)
    {
        if (!stream.Response.Done || !client.Out.IsEmpty || (client.Flags & ConnectionFlags.SendInFlight) != 0)
            return false;
        if (stream.State != StreamState.Relaying) return false;
        if ((stream.Flags & StreamFlags.Tunnel) != 0) return stream.Request.Done && server.Out.IsEmpty;
        // A server that answers early may still read: the rest of the request is its own until it closes.
        const ConnectionFlags gone = ConnectionFlags.PeerClosed | ConnectionFlags.Broken | ConnectionFlags.SendShut;
        return (stream.Request.Done && HasSentAll(server)) || (server.Flags & gone) != 0;
    }

    private static void ArmClient(World world, uint row, ref Stream stream, ref Connection client, ref Connection server)
    {
        if (!stream.Request.Done)
        {
            if (OutputRoom.TakesMore(world, stream.Server, server)
                && !SpliceBody.TryArm(world, row, ref stream, isResponse: false))
                ArmBody.Run(world, stream.Client, ref client, stream.Request, stream.Server);
        }
        else WatchClient(world, stream.Client, ref client);
    }

    /// <summary>Nothing is awaited but the client's end, or its next request.</summary>
    private static void WatchClient(World world, uint row, ref Connection client)
    {
        if (client.In.Length < world.Configuration.Globals.BufferSize) WatchClients.Later(world, row, ref client);
    }

    private static void ArmServer(World world, uint row, ref Stream stream, ref Connection client, ref Connection server)
    {
        if (stream.State == StreamState.AwaitingResponse)
        {
            // Interim answers that the client had not taken, or half a head.
            bool isHttp = (stream.Flags & StreamFlags.Tcp) == 0;
            if (isHttp && client.Out.Length < OutputRoom.SoftMax && !server.In.IsEmpty && !HoldRules.HoldsResponse(in stream))
                ListConnection.Received(world, stream.Server, ref server);
            else if (HoldRules.TakesMore(world, row, in stream, in server)) ArmReceive.Answer(world, stream.Server, ref server);
        }
        else if (!stream.Response.Done)
        {
            if (OutputRoom.TakesMore(world, stream.Client, client)
                && !SpliceBody.TryArm(world, row, ref stream, isResponse: true))
                ArmBody.Run(world, stream.Server, ref server, stream.Response, stream.Client);
        }
        else if ((stream.Flags & StreamFlags.Tunnel) == 0)
            ArmReceive.Answer(world, stream.Server, ref server);
    }
}
