using System;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// Reads the three forms of an HTTP date: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>, <c>Sunday, 06-Nov-94 08:49:37 GMT</c>
/// and <c>Sun Nov  6 08:49:37 1994</c> (RFC 9110 section 5.6.7), in their exact letters.
/// </summary>
internal static class ParseDate
{
    private static ReadOnlySpan<byte> Days => "SunMonTueWedThuFriSat"u8;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <param name="text">The date.</param>
    /// <param name="second">Seconds since 1970.</param>
    public static bool TryRun(ReadOnlySpan<byte> text, out long second)
    {
        second = 0;
        int comma = text.IndexOf((byte)',');
        if (comma < 0) return TryAsctime(text, out second);
        if (comma + 2 > text.Length || text[comma + 1] != ' ') return false;
        ReadOnlySpan<byte> day = text[..comma];
        ReadOnlySpan<byte> rest = text[(comma + 2)..];
        if (!rest.EndsWith(" GMT"u8)) return false;
        rest = rest[..^4];
        return comma == 3
            ? IndexOf(Days, day) >= 0 && TryParts(rest, ' ', 4, out second)
            : IsLongDay(day) && TryParts(rest, '-', 2, out second);
    }

    /// <summary><c>06 Nov 1994 08:49:37</c> or <c>06-Nov-94 08:49:37</c>.</summary>
    private static bool TryParts(ReadOnlySpan<byte> text, char separator, int yearDigits, out long second)
    {
        second = 0;
        int timeAt = 7 + yearDigits + 1;
        if (text.Length != timeAt + 8 || text[2] != separator || text[6] != separator || text[timeAt - 1] != ' ') return false;
        int month = IndexOf(Months, text.Slice(3, 3));
        if (month < 0 || !TryNumber(text[..2], out int day) || !TryNumber(text.Slice(7, yearDigits), out int year)) return false;
        if (yearDigits == 2) year += year < 70 ? 2000 : 1900; // as C libraries have it (strptime)
        return TryTime(text[timeAt..], year, month, day, out second);
    }

    /// <summary><c>Sun Nov  6 08:49:37 1994</c>.</summary>
    private static bool TryAsctime(ReadOnlySpan<byte> text, out long second)
    {
        second = 0;
        if (text.Length != 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' || text[19] != ' ') return false;
        int month = IndexOf(Months, text.Slice(4, 3));
        ReadOnlySpan<byte> dayText = text[8] == ' ' ? text.Slice(9, 1) : text.Slice(8, 2);
        return IndexOf(Days, text[..3]) >= 0 && month >= 0 && TryNumber(dayText, out int day)
            && TryNumber(text[20..], out int year) && TryTime(text.Slice(11, 8), year, month, day, out second);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, int year, int month, int day, out long second)
    {
        second = 0;
        if (text[2] != ':' || text[5] != ':') return false;
        if (!TryNumber(text[..2], out int hour) || !TryNumber(text.Slice(3, 2), out int minute)) return false;
        if (!TryNumber(text.Slice(6, 2), out int seconds)) return false;
        if (hour > 23 || minute > 59 || seconds > 60 || day is < 1 or > 31 || year < 1) return false;

        // A day beyond the month's end is one of the next month; so it is with a leap second.
        DateTime first = new(year, month + 1, 1, 0, 0, 0, DateTimeKind.Utc);
        long days = (first.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay + day - 1;
        second = (days * 86_400) + (hour * 3600) + (minute * 60) + seconds;
        return true;
    }

    private static int IndexOf(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i * 3 < names.Length; i++)
        {
            if (names.Slice(i * 3, 3).SequenceEqual(name)) return i;
        }
        return -1;
    }

    private static bool IsLongDay(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("Sunday"u8) || name.SequenceEqual("Monday"u8) || name.SequenceEqual("Tuesday"u8)
        || name.SequenceEqual("Wednesday"u8) || name.SequenceEqual("Thursday"u8) || name.SequenceEqual("Friday"u8)
        || name.SequenceEqual("Saturday"u8);

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if ((uint)(digit - '0') > 9) return false;
            value = (value * 10) + (digit - '0');
        }
        return !digits.IsEmpty;
    }
}
