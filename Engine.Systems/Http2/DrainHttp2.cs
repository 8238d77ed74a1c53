using System;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>
/// Asks the peer to leave (RFC 9113 section 6.8): no stream is opened any more, those that are go on to their ends,
/// and with the last of them the connection closes.
/// </summary>
internal static class DrainHttp2
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">The connection.</param>
    /// <param name="connection">Its component.</param>
    /// <param name="underWay">Streams that are still taken, since the client may have opened them already.</param>
    public static void Run(World world, uint row, ref Connection connection, uint underWay = 0)
    {
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        if (connection.State != ConnectionState.Open || (http2.Flags & Http2Flags.Failed) != 0) return;
        if ((http2.Flags & Http2Flags.GoAwaySent) != 0)
        {
            if (underWay > 0) return;
            http2.LastTaken = Math.Min(http2.LastTaken, http2.HighestStream); // it had its time
            if (http2.Streams == 0) End(world, row, ref connection);
            return;
        }
        http2.Flags |= Http2Flags.GoAwaySent | Http2Flags.Draining;
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        ServerConnections.Delist(world, row, ref connection);
        http2.LastTaken = Math.Min(http2.HighestStream + 2 * underWay, FrameHeader.Bits31);
        WriteFrame.GoAway(world, row, ref connection, isServer ? 0 : http2.LastTaken, Http2Error.None);
        if (http2.Streams == 0 && underWay == 0) End(world, row, ref connection);
    }

    /// <summary>The last stream is gone.</summary>
    public static void End(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0) CloseConnection.Run(world, row);
        else FailHttp2.CloseWhenSent(world, row, ref connection);
    }
}
