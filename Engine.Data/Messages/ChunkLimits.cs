namespace Engine.Data.Messages;

/// <summary>What the chunk decoder takes.</summary>
public static class ChunkLimits
{
    /// <summary>Hexadecimal digits of a size, zeros in front among them.</summary>
    public const int SizeDigitsMax = 16;

    /// <summary>
    /// The largest size, 52 bits: no number that a reader might keep as a floating-point one, and rounded, passes.
    /// </summary>
    public const ulong SizeMax = (1UL << 52) - 1;

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
