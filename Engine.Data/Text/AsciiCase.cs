using System;
using System.Runtime.CompilerServices;

namespace Engine.Data.Text;

/// <summary>
/// ASCII letters without regard to case, eight bytes at a time. Bytes above 127 are themselves.
/// </summary>
public static unsafe class AsciiCase
{
    private const ulong EveryByte = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x80 * EveryByte;

    /// <summary>Eight bytes with their upper-case letters made lower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Lower(ulong bytes)
    {
        // Adding to the low seven bits of each byte never carries into the next; the sums' high bits are
        // comparisons.
        ulong low = bytes & ~HighBits;
        ulong fromA = low + (0x80 - 'A') * EveryByte;
        ulong beyondZ = low + (0x7F - 'Z') * EveryByte;
        ulong upper = fromA & ~beyondZ & ~bytes & HighBits;
        return bytes | (upper >> 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Lower(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;

    /// <summary>
    /// The first <paramref name="length"/> bytes, 1 to 7, as a word with zeros behind; reads no other byte.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadShort(byte* from, int length)
    {
        if (length >= 4)
        {
            uint first = Unsafe.ReadUnaligned<uint>(from);
            uint last = Unsafe.ReadUnaligned<uint>(from + length - 4);
            return first | ((ulong)last << ((length - 4) * 8));
        }
        return from[0]
            | ((ulong)from[length >> 1] << ((length >> 1) * 8))
            | ((ulong)from[length - 1] << ((length - 1) * 8));
    }

    /// <summary>Writes the low 1 to 7 bytes of a word and no other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteShort(byte* to, ulong word, int length)
    {
        if (length >= 4)
        {
            Unsafe.WriteUnaligned(to, (uint)word);
            Unsafe.WriteUnaligned(to + length - 4, (uint)(word >> ((length - 4) * 8)));
            return;
        }
        to[0] = (byte)word;
        to[length >> 1] = (byte)(word >> ((length >> 1) * 8));
        to[length - 1] = (byte)(word >> ((length - 1) * 8));
    }

    public static bool Equals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length) return false;
        fixed (byte* l = left)
        fixed (byte* r = right)
        {
            return Equals(l, r, left.Length);
        }
    }

    public static bool Equals(byte* left, byte* right, int length)
    {
        if (length < 8)
        {
            return length == 0 || Lower(ReadShort(left, length)) == Lower(ReadShort(right, length));
        }
        int last = length - 8;
        for (int i = 0; i < last; i += 8)
        {
            if (Lower(Unsafe.ReadUnaligned<ulong>(left + i)) != Lower(Unsafe.ReadUnaligned<ulong>(right + i)))
            {
                return false;
            }
        }
        ulong leftLast = Lower(Unsafe.ReadUnaligned<ulong>(left + last));
        return leftLast == Lower(Unsafe.ReadUnaligned<ulong>(right + last));
    }

    /// <summary>Makes the bytes lower case where they stand.</summary>
    public static void LowerInPlace(byte* from, int length)
    {
        if (length < 8)
        {
            for (int i = 0; i < length; i++) from[i] = Lower(from[i]);
            return;
        }
        int last = length - 8;
        for (int i = 0; i < last; i += 8)
        {
            Unsafe.WriteUnaligned(from + i, Lower(Unsafe.ReadUnaligned<ulong>(from + i)));
        }
        Unsafe.WriteUnaligned(from + last, Lower(Unsafe.ReadUnaligned<ulong>(from + last)));
    }
}
