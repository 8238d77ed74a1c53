using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Worlds;

namespace Engine.Systems.Http2;

/// <summary>What closing a connection means to HTTP/2: a stream ends on the wire, a connection leaves its streams.</summary>
internal static class CloseHttp2
{
    public static void Run(World world, uint row, ref Connection connection, bool reset)
    {
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0)
        {
            CloseStream.Run(world, row, reset);
            return;
        }
        CountHttp2.Of(world, connection).OpenConnections--;
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        http2.Flags |= Http2Flags.Failed;
        connection.State = ConnectionState.Lingering; // takes no frame any more
        ServerConnections.Delist(world, row, ref connection);
        FailHttp2.BreakStreams(world, ref http2);
        connection.State = ConnectionState.Open;
        if (!http2.Block.IsNone) world.Buffers.Return(http2.Block);
        http2.Block = BufferRef.None;
        world.Http2.Close(row);
    }
}
