using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>Streams whose output waits for window or room of their connection: who waits longest goes first.</summary>
internal static class BlockedStreams
{
    public static void Add(World world, uint row, ref Http2Stream stream, ref Http2Connection http2)
    {
        if ((stream.Flags & Http2StreamFlags.Blocked) != 0) return;
        stream.Flags |= Http2StreamFlags.Blocked;
        stream.NextBlocked = Table.NoRow;
        if (http2.LastBlocked == Table.NoRow) http2.FirstBlocked = row;
        else world.Http2.Stream[http2.LastBlocked].NextBlocked = row;
        http2.LastBlocked = row;
    }

    /// <summary>Lists all of them for sending, in order.</summary>
    public static void Resume(World world, ref Http2Connection http2)
    {
        for (uint row = http2.FirstBlocked; row != Table.NoRow;)
        {
            ref Http2Stream stream = ref world.Http2.Stream[row];
            stream.Flags &= ~Http2StreamFlags.Blocked;
            ListConnection.ToSend(world, row, ref world.Connection[row]);
            row = stream.NextBlocked;
        }
        http2.FirstBlocked = Table.NoRow;
        http2.LastBlocked = Table.NoRow;
    }

    public static void Remove(World world, uint row, ref Http2Connection http2)
    {
        uint previous = Table.NoRow;
        uint at = http2.FirstBlocked;
        for (; at != row; at = world.Http2.Stream[at].NextBlocked) previous = at;
        ref Http2Stream stream = ref world.Http2.Stream[row];
        if (previous == Table.NoRow) http2.FirstBlocked = stream.NextBlocked;
        else world.Http2.Stream[previous].NextBlocked = stream.NextBlocked;
        if (http2.LastBlocked == row) http2.LastBlocked = previous;
        stream.Flags &= ~Http2StreamFlags.Blocked;
    }
}
