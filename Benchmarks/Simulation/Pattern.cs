using System;

namespace Benchmarks.Simulation;

/// <summary>
/// The bytes of every body and stream: a function of whose they are and where they stand, so that a byte that is lost,
/// doubled, moved or somebody else's is seen at once.
/// </summary>
internal static class Pattern
{
    /// <summary>Bytes on their way to a server.</summary>
    public const int ToServer = 1;

    /// <summary>Bytes on their way to a client.</summary>
    public const int ToClient = 2;

    public static byte At(int id, int direction, long offset) =>
        (byte)((id * 31) + (direction * 101) + (offset * 7) + ((offset >> 8) * 13) + ((offset >> 16) * 29));

    public static void Fill(Span<byte> target, int id, int direction, long offset)
    {
        for (int i = 0; i < target.Length; i++) target[i] = At(id, direction, offset + i);
    }

    /// <summary>The first byte that is not as it should be, -1 when all are.</summary>
    public static int FirstDifference(ReadOnlySpan<byte> bytes, int id, int direction, long offset)
    {
        for (int i = 0; i < bytes.Length; i++)
            if (bytes[i] != At(id, direction, offset + i)) return i;
        return -1;
    }
}
