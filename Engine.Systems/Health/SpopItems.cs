using System;

namespace Engine.Systems.Health;

/// <summary>Names and typed values of a frame, one after the other (SPOE.txt section 3.1). What is cut off is none.</summary>
internal ref struct SpopItems(ReadOnlySpan<byte> bytes)
{
    // Types of values, in the low four bits of the byte before them.
    private const int Boolean = 1;
    private const int NumberFirst = 2;
    private const int NumberLast = 5;
    private const int Address4 = 6;
    private const int Address6 = 7;
    private const int String = 8;
    private const int Binary = 9;

    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    public bool TryName(out ReadOnlySpan<byte> name) => TryBytes(out name) && !name.IsEmpty;

    public bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryType(out int type) && type == String && TryBytes(out text);
    }

    public bool TryNumber(out ulong number)
    {
        number = 0;
        return TryType(out int type) && type is >= NumberFirst and <= NumberLast && TryVariable(out number);
    }

    public bool TrySkip()
    {
        if (!TryType(out int type)) return false;
        return type switch
        {
            0 or Boolean => true, // a boolean stands beside its type
            <= NumberLast => TryVariable(out _),
            Address4 => TryTake(4, out _),
            Address6 => TryTake(16, out _),
            String or Binary => TryBytes(out _),
            _ => false,
        };
    }

    private bool TryType(out int type)
    {
        bool isThere = TryTake(1, out ReadOnlySpan<byte> one);
        type = isThere ? one[0] & 0x0F : -1;
        return isThere;
    }

    private bool TryBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryVariable(out ulong length) && TryTake(length, out bytes);
    }

    private bool TryTake(ulong count, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (count > (ulong)rest.Length) return false;
        taken = rest[..(int)count];
        rest = rest[(int)count..];
        return true;
    }

    /// <summary>Below 240 one byte; else four bits in the first and seven in each that follows, the last below 128.</summary>
    private bool TryVariable(out ulong number)
    {
        number = 0;
        if (rest.IsEmpty) return false;
        number = rest[0];
        rest = rest[1..];
        if (number < 240) return true;
        for (int shift = 4; shift < 64 && !rest.IsEmpty; shift += 7)
        {
            byte next = rest[0];
            rest = rest[1..];
            number += (ulong)next << shift;
            if (next < 128) return true;
        }
        return false;
    }
}
