using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>Reads backwards from the end; case counts.</summary>
internal readonly unsafe struct FromBack : IReading
{
    public static byte At(ByteView text, int index) => text.Start[text.Length - 1 - index];

    public static ulong Key(ByteView text, int from)
    {
        int rest = text.Length - from;
        if (rest <= 0) return 0;

        // The last byte in memory is the highest of a little-endian word already.
        return rest >= 8
            ? Unsafe.ReadUnaligned<ulong>(text.Start + rest - 8)
            : AsciiCase.ReadShort(text.Start, rest) << ((8 - rest) * 8);
    }

    public static bool Begins(ByteView text, ByteView pattern)
    {
        int from = text.Length - pattern.Length;
        return from >= 0 && text.Slice(from, pattern.Length).Span.SequenceEqual(pattern.Span);
    }
}
