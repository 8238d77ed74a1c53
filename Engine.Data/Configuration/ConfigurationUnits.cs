using System;

namespace Engine.Data.Configuration;

/// <summary>Times and sizes with units (manual sections 2.5 and 2.6), and the forgiving integers of the language.</summary>
public static class ConfigurationUnits
{
    /// <summary>Largest time a timer can be given, milliseconds.</summary>
    public const uint TimerMaxMs = int.MaxValue;

    private const ulong Micro = 1;
    private const ulong Milli = 1000;
    private const ulong Second = 1000 * Milli;

    /// <summary>
    /// Reads a time whose unit is milliseconds when it has none. The result is milliseconds, rounded up. On a fault
    /// <paramref name="bad"/> is the character that was not understood.
    /// </summary>
    public static UnitFault TryTimeMs(ReadOnlySpan<char> text, out uint milliseconds, out char bad) =>
        TryTime(text, Milli, out milliseconds, out bad);

    /// <summary>The same for words whose default unit is the second; the result is seconds, rounded up.</summary>
    public static UnitFault TryTimeSeconds(ReadOnlySpan<char> text, out uint seconds, out char bad) =>
        TryTime(text, Second, out seconds, out bad);

    /// <summary>Reads bytes with k, m or g (powers of 1024).</summary>
    public static UnitFault TrySize(ReadOnlySpan<char> text, out uint bytes, out char bad)
    {
        UnitFault fault = TrySize(text, out bytes, out int badAt);
        bad = badAt < text.Length ? text[badAt] : '\0';
        return fault;
    }

    /// <summary>The same; <paramref name="badAt"/> is where reading stopped on a fault.</summary>
    public static UnitFault TrySize(ReadOnlySpan<char> text, out uint bytes, out int badAt)
    {
        bytes = 0;
        ulong number = 0;
        badAt = 0;
        for (; badAt < text.Length && char.IsAsciiDigit(text[badAt]); badAt++)
        {
            ulong longer = (number * 10) + text[badAt] - '0';
            if (longer > uint.MaxValue) return UnitFault.Overflow;
            number = longer;
        }
        if (badAt == 0) return UnitFault.BadCharacter;
        if (badAt < text.Length)
        {
            int shift = (char)(text[badAt] | 0x20) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => -1 };
            if (shift < 0) return UnitFault.BadCharacter;
            if (number > uint.MaxValue >> shift) return UnitFault.Overflow;
            number <<= shift;
            if (++badAt < text.Length) return UnitFault.BadCharacter;
        }
        bytes = (uint)number;
        return UnitFault.None;
    }

    /// <summary>
    /// An integer as the language reads most of them: blanks, a sign, the leading digits; 0 without digits; what
    /// follows is ignored. Saturates at 64 bits, of which the lower 32 are the result, as in C.
    /// </summary>
    public static int Integer(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        bool negative = text.StartsWith("-");
        if (negative || text.StartsWith("+")) text = text[1..];
        ReadNumber(text, out ulong number, out bool overflows);
        long value = overflows || number > long.MaxValue ? long.MaxValue : (long)number;
        return unchecked((int)(negative ? -value : value));
    }

    /// <summary>The first character that keeps a text from being a whole decimal integer with an optional sign; -1: none.</summary>
    public static int FirstOddCharacter(ReadOnlySpan<char> text)
    {
        int start = text.StartsWith("-") || text.StartsWith("+") ? 1 : 0;
        if (text.Length == start) return text.IsEmpty ? -1 : 0;
        int bad = text[start..].IndexOfAnyExceptInRange('0', '9');
        return bad switch
        {
            < 0 => -1,
            0 => 0, // without digits the sign is no part of a number
            _ => start + bad,
        };
    }

    /// <summary>A whole decimal integer with an optional sign and nothing else.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        bool negative = text.StartsWith("-");
        if (negative || text.StartsWith("+")) text = text[1..];
        int at = ReadNumber(text, out ulong number, out bool overflows);
        if (at == 0 || at < text.Length || overflows || number > long.MaxValue) return false;
        value = negative ? -(long)number : (long)number;
        return true;
    }

    private static UnitFault TryTime(ReadOnlySpan<char> text, ulong resultUnit, out uint value, out char bad)
    {
        value = 0;
        int at = ReadNumber(text, out ulong number, out bool overflows);
        bad = at < text.Length ? text[at] : '\0';
        if (at == 0 && text.Length > 0) return UnitFault.BadCharacter;
        ReadOnlySpan<char> name = text[at..];
        int length = name.StartsWith("us") || name.StartsWith("ms") ? 2 : Math.Min(1, name.Length);
        ulong unit = name[..length] switch
        {
            "" => resultUnit,
            "us" => Micro,
            "ms" => Milli,
            "s" => Second,
            "m" => 60 * Second,
            "h" => 3600 * Second,
            "d" => 86400 * Second,
            _ => 0,
        };
        if (unit == 0) return UnitFault.BadCharacter;
        if (overflows || number > (ulong.MaxValue - resultUnit) / unit) return UnitFault.Overflow;
        ulong result = (number * unit + resultUnit - 1) / resultUnit;
        if (result > uint.MaxValue) return UnitFault.Overflow;
        value = (uint)result;
        if (length == name.Length) return UnitFault.None;
        bad = name[length];
        return UnitFault.Surplus;
    }

    private static int ReadNumber(ReadOnlySpan<char> text, out ulong number, out bool overflows)
    {
        number = 0;
        overflows = false;
        int at = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            overflows |= number > (ulong.MaxValue - 9) / 10;
            number = overflows ? ulong.MaxValue : number * 10 + text[at] - '0';
            at++;
        }
        return at;
    }
}
