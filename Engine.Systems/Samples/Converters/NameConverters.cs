using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>Texts turned round, coded, cut and chosen from (manual section 7.3.1).</summary>
internal static unsafe class NameConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("reverse", ArgumentSpec.None, SampleType.String, &Reverse);
        Add("reverse_dom", ArgumentSpec.None, SampleType.String, &ReverseDomain);
        Add("cut_crlf", ArgumentSpec.None, SampleType.String, &CutLine);
        ArgumentSpec texts = new(1, ArgumentKind.String, ArgumentKind.String);
        Words.Converters.Add(new("param", texts, SampleType.String, SampleType.String, &Parameter)
        {
            Prepare = &PrepareDelimiter,
        });
        Words.Converters.Add(new("has_ctl", ArgumentSpec.OptionalText, SampleType.Binary, SampleType.Boolean, &HasControl)
        {
            Prepare = &PrepareControl,
        });
        Words.Converters.Add(new("url_enc", ArgumentSpec.OptionalText, SampleType.String, SampleType.String, &EncodeUrl)
        {
            Prepare = &PrepareEncoding,
        });
        Words.Converters.Add(new(
            "language", new ArgumentSpec(1, ArgumentKind.String, ArgumentKind.String), SampleType.String,
            SampleType.String, &Language));
    }

    private static void Add(
        string word, ArgumentSpec arguments, SampleType type,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, arguments, type, type, convert));

    private static bool Reverse(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!scope.Scratch.TryCopy(sample.Bytes.Span, out sample.Bytes)) return false;
        new Span<byte>(sample.Bytes.Start, sample.Bytes.Length).Reverse();
        return true;
    }

    /// <summary>The labels from the last to the first; a dot at the end is left out. Empty labels: no value.</summary>
    private static bool ReverseDomain(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> name = sample.Bytes.Span;
        if (name.EndsWith("."u8)) name = name[..^1];
        Span<byte> free = scope.Scratch.Free;
        if (name.IsEmpty || name.Length > free.Length) return false;
        int length = name.Length;
        int written = 0;
        while (true)
        {
            int dot = name.LastIndexOf((byte)'.');
            ReadOnlySpan<byte> label = name[(dot + 1)..];
            if (label.IsEmpty) return false;
            label.CopyTo(free[written..]);
            written += label.Length;
            if (dot < 0) break;
            free[written++] = (byte)'.';
            name = name[..dot];
        }
        sample.SetString(scope.Scratch.Commit(length));
        return true;
    }

    private static bool CutLine(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int end = sample.Bytes.Span.IndexOfAny((byte)'\r', (byte)'\n');
        if (end >= 0) sample.Bytes = sample.Bytes.Slice(0, end);
        return true;
    }

    /// <summary>A character, or its number in hexadecimal.</summary>
    private static string? PrepareDelimiter(ParsePlace place, Arguments arguments)
    {
        string word = arguments.Text(1).ToString();
        if (word.Length == 0) return null;
        long number = word[0];
        bool isCode = word.Length == 4 && word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number);
        if (word.Length > 1 && !isCode)
            return "Delimiter must be either exactly 1 character, or 0xHH for an ASCII code .";
        arguments.Items[1].Integer = number;
        return null;
    }

    /// <summary>The value of a parameter of a query string; the delimiter is an ampersand or the second argument.</summary>
    private static bool Parameter(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> name = arguments.Text(0).Span;
        byte delimiter = arguments.Has(1) ? (byte)arguments.Items[1].Integer : (byte)'&';
        ByteView text = sample.Bytes;
        for (int at = 0; at <= text.Length;)
        {
            int end = text.Span[at..].IndexOf(delimiter);
            end = end < 0 ? text.Length : at + end;
            ReadOnlySpan<byte> part = text.Span[at..end];
            if (part.StartsWith(name) && (part.Length == name.Length || part[name.Length] == '='))
            {
                int from = Math.Min(end, at + name.Length + 1);
                sample.SetString(text.Slice(from, end - from));
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /// <summary>Which of the first 32 characters, bit 32 being DEL: all but the tabulator, all, what HTTP forbids, a mask.</summary>
    private static string? PrepareControl(ParsePlace place, Arguments arguments)
    {
        string word = arguments.Text(0).ToString();
        long mask = word switch
        {
            "" => 0x1_FFFF_FDFF,
            "any" => 0x1_FFFF_FFFF,
            "http" => 0x2401,
            _ => 0,
        };
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            long.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out mask);
        else if (mask == 0 && !ReadNumber.TryWhole(word, out mask))
            return $"cannot parse value '{word}', problem at position 0; expecting an integer value (decimal or hex with '0x' prefix).\n";
        arguments.Items[0].Integer = mask;
        long excess = mask & ~0x1_FFFF_FFFFL;
        return excess == 0 ? null : $"unsupported excess bits 0x{excess:x} in argument value 0x{mask:x}";
    }

    private static bool HasControl(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        long mask = arguments.Items[0].Integer;
        bool found = false;
        foreach (byte value in sample.Bytes.Span) found |= value is < 32 or 127 && ((mask >> Math.Min(value, (byte)32)) & 1) != 0;
        sample.SetBoolean(found);
        return true;
    }

    private static string? PrepareEncoding(ParsePlace place, Arguments arguments) =>
        arguments.Has(0) && arguments.Text(0).ToString() != "query"
            ? "Unexpected encode type. Allowed value is 'query'"
            : null;

    /// <summary>Everything but the unreserved characters of RFC 3986 section 2.3 is escaped.</summary>
    private static bool EncodeUrl(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        Span<byte> free = scope.Scratch.Free;
        int written = 0;
        foreach (byte value in sample.Bytes.Span)
        {
            if (free.Length - written < 3) return false;
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                free[written++] = value;
                continue;
            }
            free[written++] = (byte)'%';
            free[written++] = digits[value >> 4];
            free[written++] = digits[value & 15];
        }
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    /// <summary>
    /// The language of a list (first argument, semicolons between) that an Accept-Language value likes best; else the
    /// second argument (RFC 9110 section 12.5.4).
    /// </summary>
    private static bool Language(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> accepted = sample.Bytes.Span;
        ByteView best = default;
        int bestQuality = 0;
        while (!accepted.IsEmpty)
        {
            int comma = accepted.IndexOf((byte)',');
            ReadOnlySpan<byte> item = comma < 0 ? accepted : accepted[..comma];
            accepted = comma < 0 ? default : accepted[(comma + 1)..];
            int semicolon = item.IndexOf((byte)';');
            ReadOnlySpan<byte> tag = (semicolon < 0 ? item : item[..semicolon]).Trim(" \t"u8);
            int quality = semicolon < 0 ? 1000 : Quality(item[(semicolon + 1)..]);
            if (quality <= bestQuality || !TryOffered(arguments.Text(0), tag, out ByteView offered)) continue;
            best = offered;
            bestQuality = quality;
        }
        if (bestQuality == 0 && !arguments.Has(1)) return false;
        sample.SetString(bestQuality == 0 ? arguments.Text(1) : best);
        return true;
    }

    /// <summary>Whether the list has the tag, or the language that a tag with a region begins with.</summary>
    private static bool TryOffered(ByteView list, ReadOnlySpan<byte> tag, out ByteView offered)
    {
        for (int at = 0; at <= list.Length && !tag.IsEmpty;)
        {
            int end = list.Span[at..].IndexOf((byte)';');
            end = end < 0 ? list.Length : at + end;
            offered = list.Slice(at, end - at);
            if (AsciiCase.Equals(offered.Span, tag)) return true;
            at = end + 1;
        }
        offered = default;
        return false;
    }

    /// <summary>The weight in thousandths; 0 when there is none that can be read.</summary>
    private static int Quality(ReadOnlySpan<byte> text)
    {
        int equals = text.IndexOf((byte)'=');
        if (equals < 0) return 1000;
        text = text[(equals + 1)..].Trim(" \t"u8);
        int value = 0;
        int digits = -1;
        foreach (byte letter in text)
        {
            if (letter == '.' && digits < 0) digits = 0;
            else if ((uint)(letter - '0') > 9 || digits == 3) break;
            else
            {
                value = (value * 10) + letter - '0';
                if (digits >= 0) digits++;
            }
        }
        for (int i = Math.Max(digits, 0); i < 3; i++) value *= 10;
        return Math.Min(value, 1000);
    }
}
