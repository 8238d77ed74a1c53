using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>Appends to a bounded destination. Once something did not fit, nothing more is written.</summary>
internal unsafe struct HeadWriter(byte* start, int length)
{
    private readonly byte* start = start;
    private readonly byte* end = start + length;
    private byte* at = start;

    /// <summary>Bytes written, or -1 when it did not fit.</summary>
    public readonly int Length => at == null ? -1 : (int)(at - start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte* from, long count)
    {
        if (at == null || end - at < count)
        {
            at = null;
            return;
        }
        Copy(at, from, count);
        at += count;
    }

    public void Append(ByteView text) => Append(text.Start, text.Length);

    public void Append(ReadOnlySpan<byte> text)
    {
        fixed (byte* from = text) Append(from, text.Length);
    }

    // Most pieces are short: two overlapping moves instead of a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* to, byte* from, long count)
    {
        if (count > 32)
        {
            Buffer.MemoryCopy(from, to, count, count);
        }
        else if (count >= 16)
        {
            Vector128<byte> first = Vector128.Load(from);
            Vector128<byte> last = Vector128.Load(from + count - 16);
            first.Store(to);
            last.Store(to + count - 16);
        }
        else if (count >= 8)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(from);
            ulong last = Unsafe.ReadUnaligned<ulong>(from + count - 8);
            Unsafe.WriteUnaligned(to, first);
            Unsafe.WriteUnaligned(to + count - 8, last);
        }
        else if (count >= 4)
        {
            uint first = Unsafe.ReadUnaligned<uint>(from);
            uint last = Unsafe.ReadUnaligned<uint>(from + count - 4);
            Unsafe.WriteUnaligned(to, first);
            Unsafe.WriteUnaligned(to + count - 4, last);
        }
        else
        {
            for (long i = 0; i < count; i++) to[i] = from[i];
        }
    }
}
