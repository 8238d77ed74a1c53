using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>The kernel took output of an HTTP/2 connection: its streams go on writing, and its frames are read again.</summary>
internal static class RoomAppeared
{
    public static void Run(World world, uint row, ref Connection connection)
    {
        if (connection.Out.Length > DemuxFrames.OutputMax / 4) return;
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        BlockedStreams.Resume(world, ref http2);
        if ((http2.Flags & Http2Flags.PausedByOutput) != 0) ListConnection.Received(world, row, ref connection);
    }
}
