using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>Reads forwards; case counts.</summary>
internal readonly unsafe struct FromFront : IReading
{
    public static byte At(ByteView text, int index) => text.Start[index];

    public static ulong Key(ByteView text, int from)
    {
        int rest = text.Length - from;
        if (rest <= 0) return 0;
        ulong bytes = rest >= 8
            ? Unsafe.ReadUnaligned<ulong>(text.Start + from)
            : AsciiCase.ReadShort(text.Start + from, rest);
        return BinaryPrimitives.ReverseEndianness(bytes);
    }

    public static bool Begins(ByteView text, ByteView pattern) =>
        text.Length >= pattern.Length && text.Slice(0, pattern.Length).Span.SequenceEqual(pattern.Span);
}
