namespace Engine.Data.Messages;

/// <summary>What the chunk decoder takes.</summary>
public static class ChunkLimits
{
    /// <summary>Hexadecimal digits of a size: 64 bits.</summary>
    public const int SizeDigitsMax = 16;

    /// <summary>
    /// Bytes of extensions that no payload outweighs: each payload byte pays for one. A long upload whose
    /// client signs every chunk passes; a body that is all extension ends here.
    /// </summary>
    public const int ExtensionBytesMax = 4096;

    /// <summary>
    /// Bytes of the trailer section with its empty line: as a head (tune.bufsize less tune.maxrewrite).
    /// </summary>
    public const int TrailerBytesMax = 15360;
}
