using System;
using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Forward;

/// <summary>
/// How much may be received for an output, so that what a peer does not take stays with its sender and not with us
/// (THREATS.md E13): no more than its socket takes at once, or than the windows of an HTTP/2 stream let through, and
/// about a buffer when that is full. A peer that reads is sent as much at a time as its socket has room for.
/// </summary>
internal static unsafe class OutputRoom
{
    /// <summary>Bytes a connection may have to send while more is still received for it.</summary>
    public const int SoftMax = BufferSlab.LargeSize;

    /// <summary>More may be received for this output.</summary>
    public static bool TakesMore(World world, uint row, in Connection to)
    {
        int most = IsBlocked(world, row, to) ? BufferSlab.SmallSize - 1 : SoftMax;
        return to.Out.Length <= most && (to.Flags & ConnectionFlags.SendsFromPipe) == 0;
    }

    /// <summary>
    /// Bytes to receive at once for an output that takes more, <see cref="SoftMax"/> at most; 0: none before it has
    /// sent something.
    /// </summary>
    public static int Of(World world, uint row, in Connection to)
    {
        if (IsBlocked(world, row, to)) return BufferSlab.SmallSize;
        int room = (to.Flags & ConnectionFlags.Http2Stream) != 0 ? OfStream(world, row) : OfSocket(world, to);
        int least = world.Configuration.Globals.BufferSize;
        return Math.Clamp(Math.Max(room, least) - to.Out.Length, 0, SoftMax);
    }

    /// <summary>The last bytes found no room: the peer has not taken those before them.</summary>
    private static bool IsBlocked(World world, uint row, in Connection to)
    {
        if ((to.Flags & ConnectionFlags.Http2Stream) == 0) return (to.Flags & ConnectionFlags.SendBlocked) != 0;
        ref Http2Stream stream = ref world.Http2.Stream[row];
        if (stream.Connection == Table.NoRow) return false;
        return (world.Connection[stream.Connection].Flags & ConnectionFlags.SendBlocked) != 0
            || Math.Min(stream.SendWindow, world.Http2.Connection[stream.Connection].SendWindow) <= 0;
    }

    /// <summary>Bytes that the socket takes at once.</summary>
    public static int OfSocket(World world, in Connection to)
    {
        if (world.Socket == null) return SoftMax;
        int room = world.Socket->SendRoom(to.Fd);
        return room < 0 ? SoftMax : room;
    }

    /// <summary>A stream's share of what its connection takes.</summary>
    private static int OfStream(World world, uint row)
    {
        ref Http2Stream stream = ref world.Http2.Stream[row];
        if (stream.Connection == Table.NoRow) return SoftMax;
        ref Http2Connection http2 = ref world.Http2.Connection[stream.Connection];
        ref Connection connection = ref world.Connection[stream.Connection];
        int shared = Math.Min(http2.SendWindow, OfSocket(world, connection) - connection.Out.Length);
        return Math.Min(stream.SendWindow, shared / Math.Max(1, http2.Streams));
    }
}
