using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Http2;

/// <summary>
/// Lets the peer send more on a stream, when whoever works with it would receive more of a socket. What may be on its
/// way and what waits here never come to more than the stream's share of the connection's buffer: the window follows
/// the number of streams.
/// </summary>
public static class GrantWindow
{
    /// <summary>Bytes that padding and its length may take of a frame (RFC 9113 section 6.1).</summary>
    private const int PaddingMax = 256;

    public static void Run(World world, uint row, ref Connection own)
    {
        ref Http2Stream stream = ref world.Http2.Stream[row];
        const Http2StreamFlags over = Http2StreamFlags.PeerEnded | Http2StreamFlags.Reset;
        if ((stream.Flags & over) != 0 || stream.Connection == Table.NoRow) return;
        // What is still to come has room already, and padding of a frame.
        bool fits = (stream.Flags & Http2StreamFlags.Counted) != 0
            && stream.ReceiveLeftOfLength + PaddingMax <= (ulong)Math.Max(0, stream.ReceiveLeft);
        if (fits) return;
        bool isServer = (own.Flags & ConnectionFlags.ServerSide) != 0;
        if (isServer && (stream.Flags & Http2StreamFlags.HeadSent) == 0) return; // it does not exist for the peer yet
        ref Connection connection = ref world.Connection[stream.Connection];
        Globals globals = world.Configuration.Globals;
        Http2Side side = isServer ? globals.Http2.Backend : globals.Http2.Frontend;
        int streams = Math.Max(1, world.Http2.Connection[stream.Connection].Streams);
        int share = globals.Http2.ReceiveBufferOf(side, globals.BufferSize) / streams;
        int window = Math.Max(share, globals.Http2.WindowOf(side, globals.BufferSize));
        int granted = window - stream.ReceiveLeft - own.In.Length;
        if (granted < window / 2) return;
        stream.ReceiveLeft += granted;
        WriteFrame.WindowUpdate(world, stream.Connection, ref connection, stream.Id, granted);
    }
}
