using System;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary><c>json</c> escapes, <c>json_query</c> looks values up (manual section 7.3.1).</summary>
internal static unsafe class JsonConverters
{
    private const int ReplacementMax = 6;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Converters.Add(new("json", ArgumentSpec.OneText, SampleType.String, SampleType.String, &Escape)
        {
            Prepare = &PrepareEscape,
        });
        Words.Converters.Add(new(
            "json_query", new ArgumentSpec(1, ArgumentKind.String, ArgumentKind.String), SampleType.String,
            SampleType.None, &Query)
        {
            Prepare = &PrepareQuery,
        });
    }

    /// <summary>Reads path and output type of the first two arguments. Answers what is wrong, or null.</summary>
    public static string? PrepareQuery(ParsePlace place, Arguments arguments)
    {
        string path = arguments.Text(0).ToString();
        if (path.Length == 0) return "json_path must not be empty";
        if (arguments.Has(1) && arguments.Text(1).ToString() != "int")
            return "output_type only supports \"int\" as argument";
        arguments.Prepared = JsonPath.Parse(path);
        return null;
    }

    /// <summary>The value that the prepared path finds in the sample's text.</summary>
    public static bool Query(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (arguments.Prepared is not JsonPath path || !ScanJson.TryFind(sample.Bytes, path, out ByteView value))
            return false;
        switch (value.Start[0])
        {
            case (byte)'"':
                return TryUnescape(ref scope, value.Slice(1, value.Length - 2), ref sample);
            case (byte)'t' when value.Span.SequenceEqual("true"u8):
                sample.SetBoolean(true);
                return true;
            case (byte)'f' when value.Span.SequenceEqual("false"u8):
                sample.SetBoolean(false);
                return true;
            case (byte)'[':
                sample.SetString(value);
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return TryNumber(ref scope, value, arguments.Has(1), ref sample);
            default:
                return false;
        }
    }

    /// <summary>As an integer, or as C writes numbers with six digits.</summary>
    private static bool TryNumber(ref Evaluation scope, ByteView text, bool asInteger, ref Sample sample)
    {
        if (asInteger)
        {
            ReadNumber.Leading(text.Span, out long integer);
            sample.SetInteger(integer);
            return true;
        }
        Span<byte> free = scope.Scratch.Free;
        if (!Utf8Parser.TryParse(text.Span, out double number, out _)
            || !number.TryFormat(free, out int written, "G6", CultureInfo.InvariantCulture))
        {
            return false;
        }
        int exponent = free[..written].IndexOf((byte)'E');
        if (exponent >= 0) free[exponent] = (byte)'e';
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static bool TryUnescape(ref Evaluation scope, ByteView text, ref Sample sample)
    {
        if (text.Span.IndexOf((byte)'\\') < 0)
        {
            sample.SetString(text);
            return true;
        }
        ReadOnlySpan<byte> bytes = text.Span;
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < bytes.Length) return false;
        int written = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\\')
            {
                free[written++] = bytes[i];
                continue;
            }
            if (++i == bytes.Length) return false;
            if (bytes[i] == 'u')
            {
                if (!TryCodePoint(bytes, ref i, out Rune rune)) return false;
                written += rune.EncodeToUtf8(free[written..]);
                continue;
            }
            byte plain = bytes[i] switch
            {
                (byte)'b' => 8,
                (byte)'f' => 12,
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                byte other => other,
            };
            free[written++] = plain;
        }
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    /// <summary>Four digits behind the letter, or two times four for what lies beyond 16 bits.</summary>
    private static bool TryCodePoint(ReadOnlySpan<byte> text, ref int at, out Rune rune)
    {
        rune = Rune.ReplacementChar;
        if (!TryUnit(text, at + 1, out int unit)) return false;
        at += 4;
        if (char.IsHighSurrogate((char)unit) && at + 2 < text.Length && text[at + 1] == '\\' && text[at + 2] == 'u'
            && TryUnit(text, at + 3, out int low) && char.IsLowSurrogate((char)low))
        {
            at += 6;
            rune = new Rune((char)unit, (char)low);
            return true;
        }
        if (Rune.IsValid(unit)) rune = new Rune(unit);
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<byte> text, int at, out int unit)
    {
        unit = 0;
        if (at + 4 > text.Length) return false;
        for (int i = at; i < at + 4; i++)
        {
            int digit = HexDigit.Value(text[i]);
            if (digit < 0) return false;
            unit = (unit << 4) | digit;
        }
        return true;
    }

    private static string? PrepareEscape(ParsePlace place, Arguments arguments)
    {
        long coding = arguments.Text(0).ToString() switch
        {
            "" or "ascii" => (long)JsonCoding.Ascii,
            "utf8" => (long)JsonCoding.Utf8,
            "utf8s" => (long)(JsonCoding.Utf8 | JsonCoding.Silent),
            "utf8p" => (long)(JsonCoding.Utf8 | JsonCoding.Permissive),
            "utf8ps" => (long)(JsonCoding.Utf8 | JsonCoding.Permissive | JsonCoding.Silent),
            _ => -1,
        };
        if (coding < 0)
        {
            return "Unexpected input code type. Allowed value are 'ascii', 'utf8', 'utf8s', 'utf8p' and 'utf8ps'";
        }
        arguments.Items[0].Integer = coding;
        return null;
    }

    private static bool Escape(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        JsonCoding coding = (JsonCoding)arguments.Items[0].Integer;
        ReadOnlySpan<byte> rest = sample.Bytes.Span;
        Span<byte> free = scope.Scratch.Free;
        int written = 0;
        while (!rest.IsEmpty)
        {
            if (free.Length - written < ReplacementMax) return false;
            int value = rest[0];
            int length = 1;
            bool isWrong = value > 127 && (coding & JsonCoding.Utf8) != 0 && !TryDecode(rest, coding, out value, out length);
            rest = rest[length..];
            if (!isWrong) WriteCharacter(free, ref written, value);
            else if ((coding & JsonCoding.Silent) == 0) return false;
        }
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private static void WriteCharacter(Span<byte> space, ref int written, int value)
    {
        byte letter = value switch
        {
            '"' or '\\' or '/' => (byte)value,
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            _ => 0,
        };
        if (letter == 0 && value is >= ' ' and <= '~')
        {
            space[written++] = (byte)value;
            return;
        }
        space[written++] = (byte)'\\';
        if (letter != 0)
        {
            space[written++] = letter;
            return;
        }
        space[written++] = (byte)'u';
        for (int shift = 12; shift >= 0; shift -= 4)
            space[written++] = "0123456789abcdef"u8[(value >> shift) & 15];
    }

    /// <summary>
    /// One character of UTF-8 that four hexadecimal digits can say. Permissive, one that was written longer than needed
    /// is one, too. When it is wrong, the length is that of what is left out.
    /// </summary>
    private static bool TryDecode(ReadOnlySpan<byte> text, JsonCoding coding, out int value, out int length)
    {
        int expected = text[0] switch { >= 0xF0 and < 0xF8 => 4, >= 0xE0 and < 0xF0 => 3, >= 0xC0 and < 0xE0 => 2, _ => 0 };
        value = expected == 0 ? 0 : text[0] & (0x7F >> expected);
        length = 1;
        if (expected == 0) return false;
        while (length < expected && length < text.Length && (text[length] & 0xC0) == 0x80)
            value = (value << 6) | (text[length++] & 0x3F);
        if (length < expected || value > 0xFFFF || value is >= 0xD800 and <= 0xDFFF) return false;
        int least = expected == 2 ? 0x80 : expected == 3 ? 0x800 : 0x1_0000;
        return value >= least || (coding & JsonCoding.Permissive) != 0;
    }
}
