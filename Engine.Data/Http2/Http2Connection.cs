using Engine.Data.Buffers;

namespace Engine.Data.Http2;

/// <summary>
/// What a connection has beside <see cref="Connections.Connection"/> while it speaks HTTP/2. Its streams are
/// connections without a socket; they find their way here by their <see cref="Http2Stream"/>. In a column of its own,
/// of which nothing is touched by connections that speak HTTP/1.
/// </summary>
public struct Http2Connection
{
    /// <summary>The decoder's dynamic table.</summary>
    public HpackTable Table;

    /// <summary>Where the table's memory is from.</summary>
    public uint TableSlot;

    public Http2Flags Flags;

    /// <summary>The streams, rows of connections, oldest first.</summary>
    public uint FirstStream;
    public uint LastStream;

    /// <summary>Streams that wait for window or room in the output, in order.</summary>
    public uint FirstBlocked;
    public uint LastBlocked;

    /// <summary>Streams whose rows are live.</summary>
    public int Streams;

    /// <summary>Streams that count for the peer: neither reset nor ended by both.</summary>
    public int OpenStreams;

    /// <summary>Client side: the highest stream the client opened. Server side: the highest that we opened.</summary>
    public uint HighestStream;

    /// <summary>Streams that the client opened, refused ones too.</summary>
    public uint TotalStreams;

    /// <summary>Behind a GOAWAY of ours: the last stream that is still taken.</summary>
    public uint LastTaken;

    /// <summary>Bytes of DATA that the peer lets us send.</summary>
    public int SendWindow;

    /// <summary>Bytes of DATA that the peer may still send.</summary>
    public int ReceiveLeft;

    /// <summary>What the peer's SETTINGS say.</summary>
    public int PeerInitialWindow;
    public int PeerFrameMax;
    public uint PeerStreamsMax;

    /// <summary>A header block that came in several frames, put together.</summary>
    public BufferRef Block;
    public int BlockLength;
    public uint BlockStream;
    public FrameFlags BlockFlags;
    public ushort BlockFragments;

    /// <summary>Odd events (manual: glitches).</summary>
    public uint Glitches;

    /// <summary>Server side: neighbours among its server's connections with room for streams.</summary>
    public uint ServerNext;
    public uint ServerPrevious;

    /// <summary>Streams that we reset lately: what still comes of them crossed the reset.</summary>
    public RecentStreams RecentResets;
    public int NextRecent;
}
