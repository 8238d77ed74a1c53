using System;

namespace Engine.Data.Http2;

/// <summary>Flags of frames; a bit means what its frame type says it means.</summary>
[Flags]
public enum FrameFlags : byte
{
    None = 0,

    /// <summary>DATA, HEADERS: the sender's half of the stream ends.</summary>
    EndStream = 1,

    /// <summary>SETTINGS, PING: answers one of ours.</summary>
    Ack = 1,

    /// <summary>HEADERS, CONTINUATION: the header block ends.</summary>
    EndHeaders = 4,

    /// <summary>DATA, HEADERS: a length of padding stands in front.</summary>
    Padded = 8,

    /// <summary>HEADERS: five bytes of priority stand in front.</summary>
    Priority = 32,
}
