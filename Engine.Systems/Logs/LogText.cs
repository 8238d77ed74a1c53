using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using Engine.Data.Logs;
using Engine.Data.Text;

namespace Engine.Systems.Logs;

/// <summary>
/// How items put their values into a line. Each answers the bytes written; when they do not fit, as many as do are
/// written and the complement of their number (a negative one) is answered.
/// </summary>
internal static class LogText
{
    /// <summary>Room that any number, timer or address needs at most.</summary>
    public const int ShortMax = 48;

    private static ReadOnlySpan<byte> UpperHex => "0123456789ABCDEF"u8;

    /// <summary>Manual section 8.6: what is not printable, and what delimits fields, is written as #XX.</summary>
    private static readonly SearchValues<byte> UnsafeInLogs = SearchValues.Create(UnsafeBytes("\"#"u8));

    /// <summary>In captured fields those that delimit them, too.</summary>
    private static readonly SearchValues<byte> UnsafeInFields = SearchValues.Create(UnsafeBytes("\"#{|}"u8));

    private static readonly SearchValues<byte> Controls = SearchValues.Create(ControlBytes());

    public static int Copy(Span<byte> line, ReadOnlySpan<byte> text)
    {
        if (text.Length <= line.Length)
        {
            text.CopyTo(line);
            return text.Length;
        }
        text[..line.Length].CopyTo(line);
        return ~line.Length;
    }

    /// <summary>A name of the configuration, or a value already safe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Name(Span<byte> line, ReadOnlySpan<byte> text, LogStepFlags flags) =>
        (flags & (LogStepFlags.Quote | LogStepFlags.Escape)) == 0 ? Copy(line, text) : Dress(line, text, flags);

    /// <summary>Text of a peer: made safe, then dressed.</summary>
    public static int Foreign(Span<byte> line, ReadOnlySpan<byte> text, LogStepFlags flags)
    {
        if (text.IndexOfAny(UnsafeInLogs) < 0) return Name(line, text, flags);
        return Encode(line, text, flags, UnsafeInLogs, (byte)'#');
    }

    /// <summary>A captured field.</summary>
    public static int Field(Span<byte> line, ReadOnlySpan<byte> text, LogStepFlags flags)
    {
        if (text.IndexOfAny(UnsafeInFields) < 0) return Name(line, text, flags);
        return Encode(line, text, flags, UnsafeInFields, (byte)'#');
    }

    /// <summary>
    /// A sample's text. In a log line control bytes are written as #XX, so that nothing a peer sends can end the line
    /// or drive a terminal (THREATS.md E9); in a header as %XX.
    /// </summary>
    public static int Sample(Span<byte> line, ReadOnlySpan<byte> text, LogStepFlags flags)
    {
        bool log = (flags & LogStepFlags.Log) != 0;
        if (!log) flags &= ~LogStepFlags.Quote;
        if ((flags & (LogStepFlags.Raw | LogStepFlags.Plain)) != 0 || text.IndexOfAny(Controls) < 0) return Name(line, text, flags);
        return Encode(line, text, flags, Controls, log ? (byte)'#' : (byte)'%');
    }

    /// <summary>A value that is not there.</summary>
    public static int Missing(Span<byte> line, LogStepFlags flags)
    {
        if ((flags & LogStepFlags.Quote) != 0) return Copy(line, "\"\""u8);
        return (flags & LogStepFlags.Log) != 0 ? Copy(line, "-"u8) : 0;
    }

    public static int Number(Span<byte> line, long value)
    {
        if (line.Length < ShortMax) return NumberInShort(line, value);
        if (value >= 0) return WriteNumber.Decimal(line, (ulong)value);
        line[0] = (byte)'-';
        return 1 + WriteNumber.Decimal(line[1..], 0UL - (ulong)value);
    }

    /// <summary>A number that may not be final: <c>option logasap</c> puts a plus before it.</summary>
    public static int Number(Span<byte> line, long value, bool plus)
    {
        if (!plus) return Number(line, value);
        if (line.IsEmpty) return ~0;
        line[0] = (byte)'+';
        int written = Number(line[1..], value);
        return written < 0 ? written - 1 : written + 1;
    }

    /// <summary>Upper-case hexadecimal, filled up with zeros to so many digits.</summary>
    public static int Hex(Span<byte> line, ulong value, int digitsMin)
    {
        Span<byte> digits = stackalloc byte[16];
        int at = 16;
        do
        {
            digits[--at] = UpperHex[(int)(value & 15)];
            value >>= 4;
        }
        while (value != 0 || 16 - at < digitsMin);
        return Copy(line, digits[at..]);
    }

    /// <summary>Bytes as two upper-case hexadecimal digits each.</summary>
    public static int HexBytes(Span<byte> line, ReadOnlySpan<byte> bytes)
    {
        int room = Math.Min(bytes.Length, line.Length / 2);
        for (int i = 0; i < room; i++)
        {
            line[i * 2] = UpperHex[bytes[i] >> 4];
            line[(i * 2) + 1] = UpperHex[bytes[i] & 15];
        }
        return room == bytes.Length ? room * 2 : ~(room * 2);
    }

    private static int NumberInShort(Span<byte> line, long value)
    {
        Span<byte> digits = stackalloc byte[ShortMax];
        return Copy(line, digits[..Number(digits, value)]);
    }

    private static int Dress(Span<byte> line, ReadOnlySpan<byte> text, LogStepFlags flags) =>
        Encode(line, text, flags, null, 0);

    /// <summary>Byte by byte: <paramref name="unsafeBytes"/> as a mark and two digits, the escapes of +E, the quotes of +Q.</summary>
    private static int Encode(
        Span<byte> line, ReadOnlySpan<byte> text, LogStepFlags flags, SearchValues<byte>? unsafeBytes, byte mark)
    {
        bool quote = (flags & LogStepFlags.Quote) != 0;
        bool escape = (flags & LogStepFlags.Escape) != 0;
        int at = 0;
        if (quote)
        {
            if (line.IsEmpty) return ~0;
            line[at++] = (byte)'"';
        }
        foreach (byte value in text)
        {
            if (unsafeBytes is not null && unsafeBytes.Contains(value))
            {
                if (line.Length - at < 3) return ~at;
                line[at] = mark;
                line[at + 1] = UpperHex[value >> 4];
                line[at + 2] = UpperHex[value & 15];
                at += 3;
                continue;
            }
            if (escape && (value is (byte)'"' or (byte)'\\' or (byte)']'))
            {
                if (line.Length - at < 2) return ~at;
                line[at++] = (byte)'\\';
            }
            if (at == line.Length) return ~at;
            line[at++] = value;
        }
        if (!quote) return at;
        if (at == line.Length) return ~at;
        line[at++] = (byte)'"';
        return at;
    }

    private static byte[] UnsafeBytes(ReadOnlySpan<byte> delimiters)
    {
        byte[] bytes = new byte[32 + 129 + delimiters.Length];
        int at = 0;
        for (int i = 0; i < 256; i++)
        {
            if (i is < 32 or > 126) bytes[at++] = (byte)i;
        }
        delimiters.CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>All control bytes but the tab.</summary>
    private static byte[] ControlBytes()
    {
        byte[] bytes = new byte[32];
        int at = 0;
        for (int i = 0; i < 32; i++)
        {
            if (i != '\t') bytes[at++] = (byte)i;
        }
        bytes[at] = 127;
        return bytes;
    }
}
