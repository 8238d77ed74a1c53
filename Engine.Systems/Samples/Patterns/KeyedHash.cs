using System;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// A quick hash of bytes under a key drawn at start, so that nobody can prepare values that collide (THREATS.md E12).
/// It is never stored or sent: another run hashes otherwise.
/// </summary>
internal static unsafe class KeyedHash
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private static readonly ulong First = Draw();
    private static readonly ulong Second = Draw() | 1;

    public static ulong Of(ReadOnlySpan<byte> bytes, bool ignoreCase)
    {
        fixed (byte* start = bytes)
        {
            return ignoreCase ? Folded(start, bytes.Length) : Exact(start, bytes.Length);
        }
    }

    private static ulong Exact(byte* at, int length)
    {
        ulong hash = First ^ ((ulong)length * Multiplier);
        for (; length >= 8; at += 8, length -= 8) hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(at));
        return length > 0 ? Mix(hash ^ AsciiCase.ReadShort(at, length)) : hash;
    }

    private static ulong Folded(byte* at, int length)
    {
        ulong hash = First ^ ((ulong)length * Multiplier);
        for (; length >= 8; at += 8, length -= 8)
        {
            hash = Mix(hash ^ AsciiCase.Lower(Unsafe.ReadUnaligned<ulong>(at)));
        }
        return length > 0 ? Mix(hash ^ AsciiCase.Lower(AsciiCase.ReadShort(at, length))) : hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value ^ Second, Multiplier ^ First, out ulong low);
        return high ^ low;
    }

    private static ulong Draw() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
}
