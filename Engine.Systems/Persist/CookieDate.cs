using System;

namespace Engine.Systems.Persist;

/// <summary>
/// Dates in persistence cookies: a unit of four seconds since 1970, 30 bits as five characters of base64, the first
/// character being the highest.
/// </summary>
public static class CookieDate
{
    public const int Length = 5;

    private static ReadOnlySpan<byte> Digits => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    /// <summary>Writes a time, rounded up, and answers the bytes written.</summary>
    public static int Write(Span<byte> to, uint seconds)
    {
        uint units = (uint)(((ulong)seconds + 3) >> 2);
        for (int i = Length - 1; i >= 0; i--, units >>= 6) to[i] = Digits[(int)(units & 63)];
        return Length;
    }

    /// <summary>Seconds since 1970, whatever stands behind the date; 0 for what is no date.</summary>
    public static uint Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < Length) return 0;
        uint units = 0;
        foreach (byte character in text[..Length])
        {
            int digit = Digits.IndexOf(character);
            if (digit < 0) return 0;
            units = (units << 6) | (uint)digit;
        }
        return units << 2;
    }
}
