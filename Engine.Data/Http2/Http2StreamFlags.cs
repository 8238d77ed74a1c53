using System;

namespace Engine.Data.Http2;

/// <summary>Where an HTTP/2 stream stands.</summary>
[Flags]
public enum Http2StreamFlags : uint
{
    None = 0,

    /// <summary>The peer's END_STREAM came.</summary>
    PeerEnded = 1,

    /// <summary>Our END_STREAM was written.</summary>
    Ended = 2,

    /// <summary>A RST_STREAM was sent or received: no frame follows from us.</summary>
    Reset = 4,

    /// <summary>The head of the message that we send was written.</summary>
    HeadSent = 8,

    /// <summary>The head of the message that the peer sends was read (a final one, from servers).</summary>
    HeadRead = 16,

    /// <summary>What is received is passed on in chunks: its length is not known.</summary>
    Chunks = 32,

    /// <summary>What is received must come to <see cref="Http2Stream.ReceiveLeftOfLength"/>.</summary>
    Counted = 64,

    /// <summary>Bytes pass as they are: a tunnel.</summary>
    Tunnel = 128,

    /// <summary>In the list of blocked streams.</summary>
    Blocked = 256,

    /// <summary>Extended CONNECT (RFC 8441): an upgrade on the other side.</summary>
    ExtendedConnect = 512,

    /// <summary>What the server answered was no answer.</summary>
    Malformed = 1024,

    /// <summary>The peer did not process it: the request may go elsewhere.</summary>
    Refused = 2048,

    /// <summary>No longer counted among the streams that are open.</summary>
    Over = 4096,

    /// <summary>The request's scheme is https.</summary>
    Https = 8192,

    /// <summary>The peer's RST_STREAM came: it may send nothing more on it.</summary>
    PeerReset = 16384,
}
