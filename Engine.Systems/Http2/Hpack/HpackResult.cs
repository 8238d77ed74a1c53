namespace Engine.Systems.Http2.Hpack;

/// <summary>
/// What reading a step of a header block came to. Everything from <see cref="Truncated"/> on is the sender's fault and
/// ends the connection: the tables of both ends differ from there on (RFC 9113 section 4.3).
/// </summary>
public enum HpackResult : byte
{
    /// <summary>A field was read.</summary>
    Field = 0,

    /// <summary>The block ends.</summary>
    End,

    /// <summary>The block ends within a field.</summary>
    Truncated,

    /// <summary>An integer beyond what any block can mean (THREATS.md B21).</summary>
    BadInteger,

    /// <summary>Index 0, or one beyond both tables (THREATS.md B1).</summary>
    BadIndex,

    /// <summary>A string that the Huffman code does not know.</summary>
    BadString,

    /// <summary>A size update beyond the limit, or behind a field (RFC 7541 sections 4.2 and 6.3).</summary>
    BadUpdate,

    /// <summary>A list that grows out of few bytes beyond what anyone would read (THREATS.md B19, B20).</summary>
    TooMuch,
}
