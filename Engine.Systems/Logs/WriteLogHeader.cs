using System;
using Engine.Data.Logs;
using Engine.Data.Messages;

namespace Engine.Systems.Logs;

/// <summary>
/// Writes what stands before the text of a line, in the dress that its target asks for (manual section 4.2,
/// <c>log</c>; RFC 3164 section 4.1, RFC 5424 section 6.2).
/// </summary>
public static class WriteLogHeader
{
    /// <param name="target">Where the line goes.</param>
    /// <param name="level">0 (emerg) to 7 (debug).</param>
    /// <param name="wallMicroseconds">Now, since 1970.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="dates">The thread's dates.</param>
    /// <param name="line">Where to write.</param>
    /// <param name="profile">Whose tag counts instead of the sender's; null: the target's own profile.</param>
    /// <returns>The bytes written; the header is cut where the span ends.</returns>
    public static int Run(
        LogTarget target, int level, long wallMicroseconds, LogSender sender, LogDates dates, Span<byte> line,
        LogProfile? profile = null)
    {
        Cursor cursor = new(line);
        profile ??= target.Profile;
        ByteView tag = profile is null || profile.Tag.IsEmpty ? sender.Tag : profile.Tag;
        switch (target.Format)
        {
            case LogLineFormat.Local:
            case LogLineFormat.Rfc3164:
                cursor.Priority((target.Facility * 8) + level);
                cursor.Date(dates, DateForm.Header, wallMicroseconds);
                cursor.Text(" "u8);
                if (target.Format == LogLineFormat.Rfc3164) cursor.Field(sender.Hostname, "localhost"u8);
                cursor.Text(tag.Span);
                cursor.Text("["u8);
                cursor.Text(sender.Pid.Span);
                cursor.Text("]: "u8);
                break;
            case LogLineFormat.Rfc5424:
                cursor.Priority((target.Facility * 8) + level);
                cursor.Text("1 "u8);
                cursor.IsoDate(dates, wallMicroseconds);
                cursor.Field(sender.Hostname, "-"u8);
                cursor.Field(tag, "-"u8);
                cursor.Text(sender.Pid.Span);
                cursor.Text(" - - "u8);
                break;
            case LogLineFormat.Priority:
                cursor.Priority((target.Facility * 8) + level);
                break;
            case LogLineFormat.Short:
                cursor.Priority(level);
                break;
            case LogLineFormat.Timed:
                cursor.Priority(level);
                cursor.IsoDate(dates, wallMicroseconds);
                break;
            case LogLineFormat.Iso:
                cursor.IsoDate(dates, wallMicroseconds);
                break;
            default:
                break;
        }
        return cursor.At;
    }

    private ref struct Cursor(Span<byte> line)
    {
        private readonly Span<byte> line = line;

        public int At { get; private set; }

        public void Text(scoped ReadOnlySpan<byte> text)
        {
            int written = LogText.Copy(line[At..], text);
            At += written < 0 ? ~written : written;
        }

        /// <summary>A text, or what stands for it when it is empty, and a space.</summary>
        public void Field(ByteView text, ReadOnlySpan<byte> otherwise)
        {
            Text(text.IsEmpty ? otherwise : text.Span);
            Text(" "u8);
        }

        public void Priority(int value)
        {
            Text("<"u8);
            int written = LogText.Number(line[At..], value);
            At += written < 0 ? ~written : written;
            Text(">"u8);
        }

        public void Date(LogDates dates, DateForm form, long microseconds) =>
            Text(WriteLogDate.Text(dates, form, WriteLogDate.FloorToSecond(microseconds)));

        /// <summary><c>2026-11-20T15:14:36.386962+01:00 </c>.</summary>
        public void IsoDate(LogDates dates, long microseconds)
        {
            Date(dates, DateForm.Iso, microseconds);
            Span<byte> fraction = stackalloc byte[7];
            fraction[0] = (byte)'.';
            long ofSecond = microseconds - (WriteLogDate.FloorToSecond(microseconds) * 1_000_000);
            WriteLogDate.Digits(fraction[1..], (int)ofSecond);
            Text(fraction);
            Date(dates, DateForm.IsoZone, microseconds);
            Text(" "u8);
        }
    }
}
