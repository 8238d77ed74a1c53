using System;
using System.Numerics;
using Engine.Data.Tables;

namespace Engine.Data.Text;

/// <summary>Numbers as ASCII digits. The destination must hold the longest number of its kind.</summary>
public static class WriteNumber
{
    /// <summary>Bytes of the longest decimal number.</summary>
    public const int DecimalMax = 20;

    /// <summary>Bytes of the longest hexadecimal number.</summary>
    public const int HexMax = 16;

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    /// <summary>Writes without leading zeros and answers the bytes written.</summary>
    public static int Decimal(Span<byte> destination, ulong value)
    {
        int digits = DecimalDigits(value);
        Check.That(digits <= destination.Length);
        for (int i = digits - 1; i >= 0; i--)
        {
            (value, ulong digit) = Math.DivRem(value, 10);
            destination[i] = (byte)('0' + digit);
        }
        return digits;
    }

    /// <summary>Writes in lower case without leading zeros and answers the bytes written.</summary>
    public static int Hex(Span<byte> destination, ulong value)
    {
        int digits = Math.Max(1, (67 - BitOperations.LeadingZeroCount(value)) / 4);
        Check.That(digits <= destination.Length);
        for (int i = digits - 1; i >= 0; i--)
        {
            destination[i] = HexDigits[(int)(value & 15)];
            value >>= 4;
        }
        return digits;
    }

    private static int DecimalDigits(ulong value)
    {
        int digits = 1;
        while (value >= 10)
        {
            value /= 10;
            digits++;
        }
        return digits;
    }
}
