using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>
/// Ends a connection for what its peer did (RFC 9113 section 5.4.1): its streams are over, a GOAWAY says why, and it
/// closes when that was sent and, as far as time allows, read.
/// </summary>
internal static class FailHttp2
{
    public static void Run(World world, uint row, ref Connection connection, Http2Error error)
    {
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        if ((http2.Flags & Http2Flags.Failed) != 0 || connection.State != ConnectionState.Open) return;
        http2.Flags |= Http2Flags.Failed;
        http2.Glitches++;
        CountHttp2.Of(world, connection).ConnectionFaults++;
        connection.In.Clear(world.Buffers);
        ServerConnections.Delist(world, row, ref connection);
        BreakStreams(world, ref http2);
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        WriteFrame.GoAway(world, row, ref connection, isServer ? 0 : http2.HighestStream, error);
        http2.Flags |= Http2Flags.GoAwaySent;
        if ((connection.Flags & ConnectionFlags.Check) != 0) CloseConnection.Run(world, row);
        else CloseWhenSent(world, row, ref connection);
    }

    /// <summary>Nothing is to be said any more but what stands in the output.</summary>
    public static void CloseWhenSent(World world, uint row, ref Connection connection)
    {
        connection.Flags |= ConnectionFlags.CloseWhenSent;
        if ((connection.Flags & ConnectionFlags.Pooled) != 0) ServerPools.Remove(world, row);
        Timers.SetTimeout.Connection(world, row, ref connection, LingerClose.PatienceMs(world.Configuration, connection));
        ListConnection.ToSend(world, row, ref connection);
    }

    /// <summary>Parts a connection from its streams: each finds its connection broken.</summary>
    public static void BreakStreams(World world, ref Http2Connection http2)
    {
        while (http2.FirstStream != Table.NoRow)
        {
            uint stream = http2.FirstStream;
            CloseStream.Unlink(world, stream, ref http2);
            CloseStream.Break(world, stream);
        }
    }
}
