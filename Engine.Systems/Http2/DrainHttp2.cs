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
    public static void Run(World world, uint row, ref Connection connection)
    {
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        if ((http2.Flags & Http2Flags.GoAwaySent) != 0 || connection.State != ConnectionState.Open) return;
        http2.Flags |= Http2Flags.GoAwaySent | Http2Flags.Draining;
        bool isServer = (connection.Flags & ConnectionFlags.ServerSide) != 0;
        ServerConnections.Delist(world, row, ref connection);
        WriteFrame.GoAway(world, row, ref connection, isServer ? 0 : http2.HighestStream, Http2Error.None);
        if (http2.Streams == 0) End(world, row, ref connection);
    }

    /// <summary>The last stream is gone.</summary>
    public static void End(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0) CloseConnection.Run(world, row);
        else FailHttp2.CloseWhenSent(world, row, ref connection);
    }
}
