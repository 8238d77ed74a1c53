using System;
using Engine.Data.Logs;
using Engine.Data.Time;

namespace Engine.Systems.Logs;

/// <summary>
/// Dates of log lines. The text of a second is made once and then copied: consecutive lines share it.
/// </summary>
public static unsafe class WriteLogDate
{
    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Writes a second since 1970; answers the bytes written, or the complement of those that fit.</summary>
    public static int Run(LogDates dates, DateForm form, long second, Span<byte> line) =>
        LogText.Copy(line, Text(dates, form, second));

    /// <summary>The text, valid until another second is asked for.</summary>
    public static ReadOnlySpan<byte> Text(LogDates dates, DateForm form, long second)
    {
        DateText* cached = dates.Find(form, second);
        if (cached->Second != second) Make(dates.Zone, form, second, cached);
        return cached->Text;
    }

    /// <summary>Writes a second and its three digits of milliseconds: <c>20/Nov/2026:15:14:36.386</c>.</summary>
    public static int WithMilliseconds(LogDates dates, long microseconds, Span<byte> line)
    {
        long second = FloorToSecond(microseconds);
        ReadOnlySpan<byte> text = Text(dates, DateForm.Local, second);
        if (line.Length < text.Length + 4) return LogText.Copy(line, text) is < 0 and int cut ? cut : ~text.Length;
        text.CopyTo(line);
        line[text.Length] = (byte)'.';
        Digits(line.Slice(text.Length + 1, 3), (int)((microseconds - (second * 1_000_000)) / 1000));
        return text.Length + 4;
    }

    /// <summary>Whole seconds, downwards also before 1970.</summary>
    public static long FloorToSecond(long microseconds)
    {
        long second = microseconds / 1_000_000;
        return microseconds < second * 1_000_000 ? second - 1 : second;
    }

    /// <summary>A number filled up with zeros to the length of the span.</summary>
    public static void Digits(Span<byte> place, int value)
    {
        for (int i = place.Length - 1; i >= 0; i--)
        {
            place[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }

    private static void Make(TimeZoneInfo zone, DateForm form, long second, DateText* text)
    {
        int offsetSeconds = form == DateForm.UtcZone ? 0 : OffsetSeconds(zone, second);
        CivilTime civil = new(second + offsetSeconds);
        Span<byte> place = text->Bytes;
        text->Second = second;
        text->Length = form switch
        {
            DateForm.Local => Slashed(place, civil),
            DateForm.LocalZone or DateForm.UtcZone => SlashedWithZone(place, civil, offsetSeconds),
            DateForm.Header => Header(place, civil),
            DateForm.Iso => Iso(place, civil),
            _ => Zone(place, offsetSeconds, colon: true),
        };
    }

    private static int OffsetSeconds(TimeZoneInfo zone, long second)
    {
        // Beyond the years 1 to 9999 a clock is wrong anyway: UTC will do.
        if (second is < -62_135_596_800 or > 253_402_300_799) return 0;
        return (int)zone.GetUtcOffset(DateTime.UnixEpoch.AddSeconds(second)).TotalSeconds;
    }

    private static int Slashed(Span<byte> place, in CivilTime civil)
    {
        Digits(place[..2], civil.Day);
        place[2] = (byte)'/';
        Months.Slice((civil.Month - 1) * 3, 3).CopyTo(place[3..]);
        place[6] = (byte)'/';
        Digits(place.Slice(7, 4), civil.Year);
        place[11] = (byte)':';
        Clock(place[12..], civil);
        return 20;
    }

    private static int SlashedWithZone(Span<byte> place, in CivilTime civil, int offsetSeconds)
    {
        int length = Slashed(place, civil);
        place[length++] = (byte)' ';
        return length + Zone(place[length..], offsetSeconds, colon: false);
    }

    private static int Header(Span<byte> place, in CivilTime civil)
    {
        Months.Slice((civil.Month - 1) * 3, 3).CopyTo(place);
        place[3] = (byte)' ';
        Digits(place.Slice(4, 2), civil.Day);

        // RFC 3164 section 4.1.2: a day below ten has a space before it.
        if (civil.Day < 10) place[4] = (byte)' ';
        place[6] = (byte)' ';
        Clock(place[7..], civil);
        return 15;
    }

    private static int Iso(Span<byte> place, in CivilTime civil)
    {
        Digits(place[..4], civil.Year);
        place[4] = (byte)'-';
        Digits(place.Slice(5, 2), civil.Month);
        place[7] = (byte)'-';
        Digits(place.Slice(8, 2), civil.Day);
        place[10] = (byte)'T';
        Clock(place[11..], civil);
        return 19;
    }

    private static void Clock(Span<byte> place, in CivilTime civil)
    {
        Digits(place[..2], civil.Hour);
        place[2] = (byte)':';
        Digits(place.Slice(3, 2), civil.Minute);
        place[5] = (byte)':';
        Digits(place.Slice(6, 2), civil.Second);
    }

    private static int Zone(Span<byte> place, int offsetSeconds, bool colon)
    {
        int minutes = Math.Abs(offsetSeconds) / 60;
        place[0] = offsetSeconds < 0 ? (byte)'-' : (byte)'+';
        Digits(place.Slice(1, 2), minutes / 60);
        if (!colon)
        {
            Digits(place.Slice(3, 2), minutes % 60);
            return 5;
        }
        place[3] = (byte)':';
        Digits(place.Slice(4, 2), minutes % 60);
        return 6;
    }
}
