using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Health;
using Engine.Systems.Replay;
using Engine.Systems.Sticky;

namespace Engine.Systems.Streams;

/// <summary>The server's connection ended before its time.</summary>
public static unsafe class ServerGone
{
    /// <summary>
    /// No byte of a response came. A reused connection may have been stale: a request that may be repeated, and was
    /// kept whole, goes out again on a new connection; any other is never sent twice.
    /// </summary>
    public static void BeforeResponse(World world, uint row, ref Stream stream)
    {
        ref Connection server = ref world.Connection[stream.Server];
        // Half a head is a wrong answer, none is a server that gave up.
        bool isJunk = !server.In.IsEmpty || IsMalformed(world, stream.Server, in server);
        bool stale = (stream.Flags & StreamFlags.ServerReused) != 0 && !isJunk;
        if (stale && !stream.Retained.IsNone)
        {
            BufferRef retained = TakeRetained(world, ref stream, ref server);
            ReleaseServer.CloseKeepingSlot(world, row, ref stream);
            stream.Retained = retained;
            stream.Flags |= StreamFlags.FreshConnection;
            ListStream.To(world.ToConnect, StreamState.Connecting, row, ref stream);
            return;
        }
        if (SendAgain.TryRun(world, row, ref stream, isJunk ? RetryEvents.JunkResponse : RetryEvents.EmptyResponse)) return;
        NoteAbort.OfServer(world, ref world.Log[row], stream.Server);
        if (isJunk) ObserveTraffic.ResponseInvalid(world, stream.ServerNumber);
        else ObserveTraffic.ResponseMissing(world, stream.ServerNumber);
        world.ProxyCounters[stream.Backend].FailedResponses++;
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].FailedResponses++;
        CountTracked.Failure(world, row, in stream);
        // What cannot be repeated here the client may repeat itself, as after any keep-alive close (RFC 9112 9.3.1).
        bool silent = stale && world.Client[stream.Client].Requests > 1;
        if (silent)
        {
            FailStream.SetEnd(ref world.Log[row], 'S', 'H');
            ReleaseServer.Close(world, row, ref stream);
            stream.Flags &= ~StreamFlags.ClientKeepAlive;
            stream.Status = 502;
            ListStream.ToEnd(world, row, ref stream);
            return;
        }
        FailStream.Run(world, row, ref stream, 502, isJunk ? 'P' : 'S', 'H');
    }

    private static bool IsMalformed(World world, uint server, in Connection connection) =>
        (connection.Flags & ConnectionFlags.Http2Stream) != 0
        && (world.Http2.Stream[server].Flags & Http2StreamFlags.Malformed) != 0;

    /// <summary>The response broke off.</summary>
    public static void DuringResponse(World world, uint row, ref Stream stream)
    {
        if (stream.Server != Table.NoRow) NoteAbort.OfServer(world, ref world.Log[row], stream.Server);
        world.ProxyCounters[stream.Backend].ServerAborts++;
        bool isHttp = (stream.Flags & (StreamFlags.Tcp | StreamFlags.Tunnel)) == 0;
        if (isHttp) world.ProxyCounters[stream.Backend].FailedResponses++;
        if (stream.ServerNumber >= 0)
        {
            world.ServerCounters[stream.ServerNumber].ServerAborts++;
            if (isHttp) world.ServerCounters[stream.ServerNumber].FailedResponses++;
        }
        FailStream.Run(world, row, ref stream, 0, 'S', 'D');
    }

    /// <summary>Takes the kept head out of the output if it still stands there.</summary>
    private static BufferRef TakeRetained(World world, ref Stream stream, ref Connection server)
    {
        BufferRef retained = stream.Retained;
        if (server.Out.Head == retained) server.Out.TakeHead(world.Buffers);
        stream.Retained = BufferRef.None;
        world.Buffers.Segment(retained).Start = 0;
        return retained;
    }
}
