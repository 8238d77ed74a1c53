using System;
using Engine.Data.Time;

namespace Engine.Systems.Samples.Converters;

/// <summary>Dates after a format as the C library's strftime has it, in the C locale, with fractions as <c>%N</c>.</summary>
internal ref struct TimeText
{
    private readonly Span<byte> space;
    private readonly CivilTime time;
    private readonly long second;
    private readonly int offsetSeconds;
    private readonly int microseconds;
    private readonly bool isUtc;
    private bool overflow;

    private TimeText(Span<byte> space, long second, int microseconds, int offsetSeconds, bool isUtc)
    {
        this.space = space;
        this.second = second;
        this.microseconds = microseconds;
        this.offsetSeconds = offsetSeconds;
        this.isUtc = isUtc;
        time = new CivilTime(second + offsetSeconds);
    }

    public int Length { get; private set; }

    private static ReadOnlySpan<byte> Days => "Sunday   Monday   Tuesday  WednesdayThursday Friday   Saturday "u8;

    private static ReadOnlySpan<byte> Months =>
        "January  February March    April    May      June     July     August   SeptemberOctober  November December "u8;

    private readonly int Hour12 => time.Hour % 12 == 0 ? 12 : time.Hour % 12;

    /// <summary>Answers the bytes written; -1 when they do not fit.</summary>
    /// <param name="space">Where the text goes.</param>
    /// <param name="format">The format.</param>
    /// <param name="second">Seconds since 1970.</param>
    /// <param name="microseconds">And a part of one.</param>
    /// <param name="offsetSeconds">The zone's distance from UTC.</param>
    /// <param name="isUtc">Named GMT.</param>
    public static int Run(
        Span<byte> space, ReadOnlySpan<byte> format, long second, int microseconds, int offsetSeconds, bool isUtc)
    {
        TimeText text = new(space, second, microseconds, offsetSeconds, isUtc);
        text.Format(format);
        return text.overflow ? -1 : text.Length;
    }

    private void Format(scoped ReadOnlySpan<byte> format)
    {
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                Append(format.Slice(i, 1));
                continue;
            }
            i++;
            int width = -1;
            if ((uint)(format[i] - '0') <= 9 && i + 1 < format.Length && format[i + 1] == 'N') width = format[i++] - '0';
            Item(format[i], width);
        }
    }

    private void Item(byte letter, int width)
    {
        switch ((char)letter)
        {
            case 'a': Name(Days, time.DayOfWeek, 3); break;
            case 'A': Name(Days, time.DayOfWeek, 9); break;
            case 'b' or 'h': Name(Months, time.Month - 1, 3); break;
            case 'B': Name(Months, time.Month - 1, 9); break;
            case 'c': Format("%a %b %e %H:%M:%S %Y"u8); break;
            case 'C': Number(time.Year / 100, 2); break;
            case 'd': Number(time.Day, 2); break;
            case 'D' or 'x': Format("%m/%d/%y"u8); break;
            case 'e': Number(time.Day, 2, (byte)' '); break;
            case 'F': Format("%Y-%m-%d"u8); break;
            case 'H': Number(time.Hour, 2); break;
            case 'I': Number(Hour12, 2); break;
            case 'j': Number(time.DayOfYear + 1, 3); break;
            case 'k': Number(time.Hour, 2, (byte)' '); break;
            case 'l': Number(Hour12, 2, (byte)' '); break;
            case 'm': Number(time.Month, 2); break;
            case 'M': Number(time.Minute, 2); break;
            case 'n': Append("\n"u8); break;
            case 'N': Fraction(width < 0 ? 9 : width); break;
            case 'p': Append(time.Hour < 12 ? "AM"u8 : "PM"u8); break;
            case 'r': Format("%I:%M:%S %p"u8); break;
            case 'R': Format("%H:%M"u8); break;
            case 's': Number(second, 1); break;
            case 'S': Number(time.Second, 2); break;
            case 't': Append("\t"u8); break;
            case 'T' or 'X': Format("%H:%M:%S"u8); break;
            case 'u': Number(time.DayOfWeek == 0 ? 7 : time.DayOfWeek, 1); break;
            case 'U': Number((time.DayOfYear + 7 - time.DayOfWeek) / 7, 2); break;
            case 'w': Number(time.DayOfWeek, 1); break;
            case 'W': Number((time.DayOfYear + 7 - ((time.DayOfWeek + 6) % 7)) / 7, 2); break;
            case 'y': Number(time.Year % 100, 2); break;
            case 'Y': Number(time.Year, 1); break;
            case 'z': Zone(); break;
            case 'Z' when isUtc: Append("GMT"u8); break;
            case '%': Append("%"u8); break;
            default:
                Append("%"u8);
                Append([letter]);
                break;
        }
    }

    private void Zone()
    {
        Append(offsetSeconds < 0 ? "-"u8 : "+"u8);
        int minutes = Math.Abs(offsetSeconds) / 60;
        Number(minutes / 60, 2);
        Number(minutes % 60, 2);
    }

    private void Name(ReadOnlySpan<byte> names, int index, int length) =>
        Append(names.Slice(index * 9, length).TrimEnd((byte)' '));

    private void Fraction(int digits)
    {
        long nanoseconds = microseconds * 1000L;
        for (int i = digits; i < 9; i++) nanoseconds /= 10;
        if (digits > 0) Number(nanoseconds, digits);
    }

    private void Number(long value, int digits, byte fill = (byte)'0')
    {
        Span<byte> text = stackalloc byte[24];
        int at = text.Length;
        bool negative = value < 0;
        ulong rest = negative ? 0UL - (ulong)value : (ulong)value;
        do
        {
            text[--at] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest > 0);
        while (text.Length - at < digits) text[--at] = fill;
        if (negative) text[--at] = (byte)'-';
        Append(text[at..]);
    }

    private void Append(scoped ReadOnlySpan<byte> text)
    {
        if (!text.TryCopyTo(space[Length..]))
        {
            overflow = true;
            return;
        }
        Length += text.Length;
    }
}
