namespace Engine.Data.Messages;

/// <summary>
/// What a piece of a chunked body came to. Everything from <see cref="BadSize"/> on is the sender's fault.
/// </summary>
public enum ChunkResult : byte
{
    /// <summary>The body goes on.</summary>
    More = 0,

    /// <summary>The last byte of the body was seen.</summary>
    Done,

    /// <summary>
    /// No digit, another byte than a hexadecimal digit, or more than 16 of them (THREATS.md A15).
    /// </summary>
    BadSize,

    /// <summary>
    /// A line that does not end in CR and LF, or data longer than its size (THREATS.md A11, A12).
    /// </summary>
    BadLineEnd,

    /// <summary>A control byte in a chunk extension.</summary>
    BadExtension,

    /// <summary>More bytes of extensions than payload outweighs (THREATS.md A14).</summary>
    ExtensionsTooLong,

    /// <summary>A trailer line that is no header field.</summary>
    BadTrailer,

    /// <summary>A trailer field about framing, routing or the connection (RFC 9110 section 6.5.1).</summary>
    ForbiddenTrailer,

    /// <summary>More than <see cref="ChunkLimits.TrailerBytesMax"/>.</summary>
    TrailersTooLong,
}
