using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Timers;

namespace Engine.Systems.Http2;

/// <summary>Ends a stream on the wire when the connection row that stands for it is closed, and lets it go.</summary>
internal static class CloseStream
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="reset">What was sent must not look whole.</param>
    public static void Run(World world, uint row, bool reset)
    {
        ref Http2Stream stream = ref world.Http2.Stream[row];
        uint parent = stream.Connection;
        if (parent == Table.NoRow) return;
        ref Connection connection = ref world.Connection[parent];
        ref Http2Connection http2 = ref world.Http2.Connection[parent];
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        if ((stream.Flags & Http2StreamFlags.Reset) == 0)
        {
            if ((stream.Flags & Http2StreamFlags.Ended) == 0)
            {
                if (reset || isServer || !MayEnd(stream)) Reset(world, parent, ref connection, ref stream, isServer);
                else EndWithFrame(world, parent, ref connection, ref stream);
            }
            if ((stream.Flags & (Http2StreamFlags.Reset | Http2StreamFlags.PeerEnded)) == 0)
            {
                // RFC 9113 section 8.1: the rest of a request that was answered early is not wanted.
                Http2Error error = isServer ? Http2Error.Cancel : Http2Error.None;
                WriteFrame.ResetStream(world, parent, ref connection, stream.Id, error);
                Remember(ref http2, stream.Id);
            }
        }
        Unlink(world, row, ref http2);
        Released(world, parent, ref connection, ref http2);
    }

    /// <summary>Sends the frame that ends our half, which has nothing more to say.</summary>
    public static void EndWithFrame(World world, uint parent, ref Connection connection, ref Http2Stream stream)
    {
        stream.Flags |= Http2StreamFlags.Ended;
        WriteFrame.Control(
            world, parent, ref connection, FrameType.Data, FrameFlags.EndStream, stream.Id, default);
    }

    /// <summary>Ends our half, as a FIN does.</summary>
    public static void EndHalf(World world, uint row)
    {
        ref Http2Stream stream = ref world.Http2.Stream[row];
        const Http2StreamFlags over = Http2StreamFlags.Ended | Http2StreamFlags.Reset;
        if (stream.Connection == Table.NoRow || (stream.Flags & over) != 0) return;
        EndWithFrame(world, stream.Connection, ref world.Connection[stream.Connection], ref stream);
        if ((stream.Flags & Http2StreamFlags.PeerEnded) != 0)
            CountOver(ref world.Http2.Connection[stream.Connection], ref stream);
    }

    /// <summary>An end may stand here: the message is one that ends with its connection.</summary>
    private static bool MayEnd(in Http2Stream stream) =>
        (stream.Flags & Http2StreamFlags.HeadSent) != 0
        && stream.SendKind is BodyKind.UntilClose or BodyKind.Tunnel or BodyKind.None;

    private static void Reset(
        World world, uint parent, ref Connection connection, ref Http2Stream stream, bool isServer)
    {
        stream.Flags |= Http2StreamFlags.Reset;
        bool begun = (stream.Flags & Http2StreamFlags.HeadSent) != 0;
        Http2Error error = isServer || begun ? Http2Error.Cancel : Http2Error.Internal;
        WriteFrame.ResetStream(world, parent, ref connection, stream.Id, error);
        Remember(ref world.Http2.Connection[parent], stream.Id);
    }

    /// <summary>Frames that crossed our reset are no fault of the peer's.</summary>
    public static void Remember(ref Http2Connection http2, uint id)
    {
        http2.RecentResets[http2.NextRecent] = id;
        http2.NextRecent = (http2.NextRecent + 1) % RecentStreams.Length;
    }

    /// <summary>Takes a stream out of its connection's lists.</summary>
    public static void Unlink(World world, uint row, ref Http2Connection http2)
    {
        ref Http2Stream stream = ref world.Http2.Stream[row];
        world.Http2.Index.Remove(row);
        if (stream.Previous == Table.NoRow) http2.FirstStream = stream.Next;
        else world.Http2.Stream[stream.Previous].Next = stream.Next;
        if (stream.Next == Table.NoRow) http2.LastStream = stream.Previous;
        else world.Http2.Stream[stream.Next].Previous = stream.Previous;
        http2.Streams--;
        CountHttp2.Of(world, world.Connection[stream.Connection]).OpenStreams--;
        Check.That(http2.Streams >= 0);
        if ((stream.Flags & Http2StreamFlags.Blocked) != 0) BlockedStreams.Remove(world, row, ref http2);
        CountOver(ref http2, ref stream);
        stream.Connection = Table.NoRow;
    }

    /// <summary>The stream no longer counts for the peer: both halves are over (RFC 9113 section 5.1.2).</summary>
    public static void CountOver(ref Http2Connection http2, ref Http2Stream stream)
    {
        if ((stream.Flags & Http2StreamFlags.Over) != 0) return;
        stream.Flags |= Http2StreamFlags.Over;
        http2.OpenStreams--;
    }

    /// <summary>The peer ended the stream, or its connection is gone: whoever works with it is told.</summary>
    public static void Break(World world, uint row)
    {
        ref Connection connection = ref world.Connection[row];
        world.Http2.Stream[row].Flags |= Http2StreamFlags.Reset;
        connection.Flags |= ConnectionFlags.Broken;
        // Nobody works with it yet, or any more. What a client asked for is still told of in the log.
        bool isUntold = (connection.Flags & ConnectionFlags.ServerSide) == 0 && !connection.In.IsEmpty
            && (connection.Flags & ConnectionFlags.CloseWhenSent) == 0;
        bool isOfCheck = (connection.Flags & ConnectionFlags.Check) != 0;
        if (connection.Stream == Table.NoRow && !isUntold && !isOfCheck) CloseConnection.Run(world, row, reset: true);
        else ListConnection.Received(world, row, ref connection);
    }

    private static void Released(World world, uint parent, ref Connection connection, ref Http2Connection http2)
    {
        if (connection.State != ConnectionState.Open) return;
        if ((http2.Flags & Http2Flags.PausedByStreams) != 0) ListConnection.Received(world, parent, ref connection);
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
        {
            ServerConnections.Released(world, parent, ref connection, ref http2);
            return;
        }
        OpenStream.Rest(world, ref world.Client[parent]);
        if (SpreadStop.EndsNow(world) && http2.Streams > 0 && !SpreadStop.EndsAll(world))
            DrainHttp2.Run(world, parent, ref connection);
        if (http2.Streams > 0 || (http2.Flags & Http2Flags.Failed) != 0) return;
        bool ends = ((http2.Flags & Http2Flags.Draining) != 0 && http2.HighestStream >= http2.LastTaken)
            || (connection.Flags & ConnectionFlags.PeerClosed) != 0;
        if (ends) DrainHttp2.End(world, parent, ref connection);
        else if (SpreadStop.EndsNow(world)) DrainHttp2.Run(world, parent, ref connection);
        else GoIdle(world, parent, ref connection);
    }

    private static void GoIdle(World world, uint parent, ref Connection connection)
    {
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
        uint idleMs = SpreadStop.IdleMs(world, frontend.Timeouts.HttpKeepAliveMs);
        SetTimeout.Connection(world, parent, ref connection, idleMs);
    }
}
