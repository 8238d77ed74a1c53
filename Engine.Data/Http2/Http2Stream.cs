using Engine.Data.Messages;

namespace Engine.Data.Http2;

/// <summary>
/// What a connection row without a socket has beside <see cref="Connections.Connection"/>: the stream of an HTTP/2
/// connection that it stands for. Its input and output hold the message in HTTP/1's form. 60 bytes.
/// </summary>
public struct Http2Stream
{
    /// <summary>Row of the connection it is on; <see cref="Tables.Table.NoRow"/> when that is gone.</summary>
    public uint Connection;

    /// <summary>Its number there.</summary>
    public uint Id;

    public Http2StreamFlags Flags;

    /// <summary>Neighbours among the streams of the connection.</summary>
    public uint Next;
    public uint Previous;

    /// <summary>The next with the same place in <see cref="StreamIndex"/>.</summary>
    public uint HashNext;

    /// <summary>The next blocked stream.</summary>
    public uint NextBlocked;

    /// <summary>Bytes of DATA that the peer lets us send on it; may be negative (RFC 9113 section 6.9.2).</summary>
    public int SendWindow;

    /// <summary>Bytes of DATA that the peer may still send.</summary>
    public int ReceiveLeft;

    /// <summary>How the end of what we send is known, and where in a chunked body the writer stands.</summary>
    public BodyKind SendKind;
    public byte ChunkStep;

    /// <summary>Method of the request.</summary>
    public Method Method;

    /// <summary>Code of the peer's RST_STREAM.</summary>
    public uint ResetCode;

    /// <summary>Bytes still to be sent of the body or of the chunk.</summary>
    public ulong SendLeft;

    /// <summary>Bytes still to come of the length that the peer's head told.</summary>
    public ulong ReceiveLeftOfLength;
}
