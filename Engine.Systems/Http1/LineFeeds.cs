using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Systems.Http1;

/// <summary>
/// Walks the line feeds of an input, 64 bytes at a time. Where a line ends does not depend on what is in it,
/// so the processor can be at the next lines while it still works on this one: that is half of the parser's
/// speed.
/// </summary>
/// <param name="start">The first byte of a line that is not the first of the input.</param>
public unsafe ref struct LineFeeds(byte* start)
{
    private const int BlockSize = 64;

    // A bit for each byte of the block. Odd is all that is not just CR LF: NUL, LF without CR, what follows a
    // lone CR.
    private byte* block = start - BlockSize;
    private ulong feeds;
    private ulong odd;

    /// <summary>Goes on at the first byte of a line.</summary>
    public void Seek(byte* at)
    {
        block = at - BlockSize;
        feeds = 0;
        odd = 0;
    }

    /// <summary>The next LF, or null when there is none before <paramref name="end"/>.</summary>
    /// <param name="end">End of the input.</param>
    /// <param name="plain">The line up to it ends in CR LF and holds no NUL, CR or LF beside.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Next(byte* end, out bool plain)
    {
        ulong spoiled = 0;
        while (feeds == 0)
        {
            spoiled |= odd;
            block += BlockSize;
            if (block >= end)
            {
                plain = false;
                return null;
            }
            Found found =
                end - block >= BlockSize ? ClassifyBlock(block) : ClassifyLess(block, (int)(end - block));
            // A CR may have been the last byte of the block before.
            ulong returnBefore = block[-1] == '\r' ? 1UL : 0;
            feeds = found.Feeds;
            odd = (((found.Returns << 1) | returnBefore) ^ feeds) | found.Zeros;
        }
        ulong line = feeds ^ (feeds - 1);
        plain = (spoiled | (odd & line)) == 0;
        byte* feed = block + BitOperations.TrailingZeroCount(feeds);
        feeds &= feeds - 1;
        odd &= ~line;
        return feed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Found ClassifyBlock(byte* bytes)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> all = Vector512.Load(bytes);
            return new Found(
                Vector512.Equals(all, Vector512.Create((byte)'\n')).ExtractMostSignificantBits(),
                Vector512.Equals(all, Vector512.Create((byte)'\r')).ExtractMostSignificantBits(),
                Vector512.Equals(all, Vector512<byte>.Zero).ExtractMostSignificantBits());
        }
        return Found.Joined(Classify32(bytes), Classify32(bytes + 32), 32);
    }

    // Fewer bytes are left than a block. Two vectors that overlap cover them without reading beyond the end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Found ClassifyLess(byte* bytes, int length)
    {
        if (length >= 32)
        {
            return Found.Joined(Classify32(bytes), Classify32(bytes + length - 32), length - 32);
        }
        if (length >= 16)
        {
            return Found.Joined(Classify16(bytes), Classify16(bytes + length - 16), length - 16);
        }
        ulong feeds = 0;
        ulong returns = 0;
        ulong zeros = 0;
        for (int i = 0; i < length; i++)
        {
            byte value = bytes[i];
            if (value > '\r') continue;
            if (value == '\n') feeds |= 1UL << i;
            if (value == '\r') returns |= 1UL << i;
            if (value == 0) zeros |= 1UL << i;
        }
        return new Found(feeds, returns, zeros);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Found Classify32(byte* bytes)
    {
        Vector256<byte> all = Vector256.Load(bytes);
        return new Found(
            Vector256.Equals(all, Vector256.Create((byte)'\n')).ExtractMostSignificantBits(),
            Vector256.Equals(all, Vector256.Create((byte)'\r')).ExtractMostSignificantBits(),
            Vector256.Equals(all, Vector256<byte>.Zero).ExtractMostSignificantBits());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Found Classify16(byte* bytes)
    {
        Vector128<byte> all = Vector128.Load(bytes);
        return new Found(
            Vector128.Equals(all, Vector128.Create((byte)'\n')).ExtractMostSignificantBits(),
            Vector128.Equals(all, Vector128.Create((byte)'\r')).ExtractMostSignificantBits(),
            Vector128.Equals(all, Vector128<byte>.Zero).ExtractMostSignificantBits());
    }

    /// <summary>A bit for each byte of its kind.</summary>
    private readonly struct Found(ulong feeds, ulong returns, ulong zeros)
    {
        public readonly ulong Feeds = feeds;
        public readonly ulong Returns = returns;
        public readonly ulong Zeros = zeros;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Found Joined(Found low, Found high, int shift) => new(
            low.Feeds | (high.Feeds << shift),
            low.Returns | (high.Returns << shift),
            low.Zeros | (high.Zeros << shift));
    }
}
