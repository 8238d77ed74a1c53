using System;

namespace Engine.Systems.Samples.Converters;

/// <summary>Plain hashes of 32 bits and the mixing that spreads them, as converters and fetches share them.</summary>
internal static class MixHash
{
    /// <summary>The hash of sdbm, a public-domain database.</summary>
    public static uint Sdbm(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        foreach (byte value in bytes) hash = value + (hash << 6) + (hash << 16) - hash;
        return hash;
    }

    /// <summary>Bob Jenkins' mixing of 32 bits in six steps, and a product that spreads the low bits to the top.</summary>
    public static uint Avalanche(uint hash)
    {
        hash = hash + 0x7ED5_5D16 + (hash << 12);
        hash = (hash ^ 0xC761_C23C) ^ (hash >> 19);
        hash = hash + 0x1656_67B1 + (hash << 5);
        hash = (hash + 0xD3A2_646C) ^ (hash << 9);
        hash = hash + 0xFD70_46C5 + (hash << 3);
        return ((hash ^ 0xB55A_4F09) ^ (hash >> 16)) * 0xC000_0001;
    }
}
