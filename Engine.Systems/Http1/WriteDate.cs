using System;
using Engine.Data.Tables;

namespace Engine.Systems.Http1;

/// <summary>
/// IMF-fixdate, the date format of HTTP (RFC 9110 section 5.6.7): <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.
/// </summary>
public static class WriteDate
{
    /// <summary>Bytes of a date.</summary>
    public const int Length = 29;

    /// <summary>31 December 9999, 23:59:59: the last second that four digits of year can say.</summary>
    public const long SecondsMax = 253_402_300_799;

    private const int SecondsPerDay = 86_400;

    private static ReadOnlySpan<byte> Days => "ThuFriSatSunMonTueWed"u8;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Writes the date and answers <see cref="Length"/>.</summary>
    /// <param name="unixSeconds">Seconds since 1970, 0 to <see cref="SecondsMax"/>.</param>
    public static int Run(Span<byte> destination, long unixSeconds)
    {
        Check.That(unixSeconds is >= 0 and <= SecondsMax);
        Check.That(destination.Length >= Length);
        int days = (int)(unixSeconds / SecondsPerDay);
        int second = (int)(unixSeconds % SecondsPerDay);
        (int year, int month, int day) = CivilOf(days);
        Days.Slice(days % 7 * 3, 3).CopyTo(destination);
        destination[3] = (byte)',';
        destination[4] = (byte)' ';
        TwoDigits(destination[5..], day, (byte)' ');
        Months.Slice((month - 1) * 3, 3).CopyTo(destination[8..]);
        destination[11] = (byte)' ';
        TwoDigits(destination[12..], year / 100, 0);
        TwoDigits(destination[14..], year % 100, (byte)' ');
        TwoDigits(destination[17..], second / 3600, (byte)':');
        TwoDigits(destination[20..], second / 60 % 60, (byte)':');
        TwoDigits(destination[23..], second % 60, (byte)' ');
        "GMT"u8.CopyTo(destination[26..]);
        return Length;
    }

    private static void TwoDigits(Span<byte> destination, int value, byte separator)
    {
        destination[0] = (byte)('0' + value / 10);
        destination[1] = (byte)('0' + value % 10);
        destination[2] = separator;
    }

    // Counting years from March puts the leap day last, so that the days before a month are one linear
    // formula; a calendar of 400 years repeats every 146,097 days.
    private static (int Year, int Month, int Day) CivilOf(int daysSince1970)
    {
        const int daysFromYear0 = 719_468;
        int days = daysSince1970 + daysFromYear0;
        int era = days / 146_097;
        int dayOfEra = days % 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return (year, month, day);
    }
}
