namespace Engine.Systems.Http1;

/// <summary>
/// Where the chunk decoder stands, kept in one byte of <see cref="Engine.Data.Messages.BodyState"/>. Values
/// below
/// <see cref="Extension"/> are the number of digits of a size read so far: 0 at the start of a body.
/// </summary>
internal enum ChunkStep : byte
{
    Size = 0,

    /// <summary>Behind the size and a ';', up to the CR.</summary>
    Extension = 17,

    /// <summary>Blanks behind the size: an extension or the CR is due.</summary>
    Blank,

    /// <summary>A CR ended the size; its LF is due.</summary>
    SizeFeed,

    Data,
    DataReturn,
    DataFeed,

    /// <summary>At the first byte of a trailer line or the empty one.</summary>
    TrailerStart,

    TrailerName,
    TrailerValue,
    TrailerFeed,

    /// <summary>The CR of the empty line was read.</summary>
    LastFeed,
}
