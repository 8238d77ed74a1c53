using System;

namespace Engine.Systems.Http1;

/// <summary>Writes a path and query in one of the normal forms of RFC 3986 section 6.2.2.</summary>
public static class NormalForm
{
    /// <summary>The text does not fit.</summary>
    public const int TooLong = -1;

    /// <summary>A percent sign is not followed by two hexadecimal digits, and that was not to be let pass.</summary>
    public const int Invalid = -2;

    /// <summary>Bytes written, or one of the two above.</summary>
    /// <param name="form">Which form.</param>
    /// <param name="option"><c>full</c> of dotdot, <c>strict</c> of the percent forms.</param>
    /// <param name="text">Path and query.</param>
    /// <param name="output">Where it goes; three times the text always suffices.</param>
    public static int Write(UriNormalizer form, bool option, ReadOnlySpan<byte> text, Span<byte> output)
    {
        if (output.Length < text.Length) return TooLong;
        int question = text.IndexOf((byte)'?');
        ReadOnlySpan<byte> path = question < 0 ? text : text[..question];
        ReadOnlySpan<byte> query = question < 0 ? default : text[question..];
        int length;
        switch (form)
        {
            case UriNormalizer.FragmentEncode:
                return EncodeFragment(text, output);
            case UriNormalizer.FragmentStrip:
                int hash = text.IndexOf((byte)'#');
                return Append(output, 0, hash < 0 ? text : text[..hash]);
            case UriNormalizer.MergeSlashes:
                length = MergeSlashes(path, output);
                break;
            case UriNormalizer.StripDot:
                length = StripDot(path, output);
                break;
            case UriNormalizer.StripDotDot:
                length = StripDotDot(path, option, output);
                break;
            case UriNormalizer.DecodeUnreserved:
                return Percents(text, option, decodes: true, output);
            case UriNormalizer.ToUppercase:
                return Percents(text, option, decodes: false, output);
            default:
                length = Append(output, 0, path);
                return query.Length > 1 ? SortQuery(query, output, length) : Append(output, length, query);
        }
        return Append(output, length, query);
    }

    private static int Append(Span<byte> output, int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(output[length..]);
        return length + text.Length;
    }

    private static int EncodeFragment(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int length = 0;
        foreach (byte letter in text)
        {
            if (output.Length - length < 3) return TooLong;
            if (letter == '#') length = Append(output, length, "%23"u8);
            else output[length++] = letter;
        }
        return length;
    }

    private static int MergeSlashes(ReadOnlySpan<byte> path, Span<byte> output)
    {
        int length = 0;
        foreach (byte letter in path)
        {
            if (letter == '/' && length > 0 && output[length - 1] == '/') continue;
            output[length++] = letter;
        }
        return length;
    }

    /// <summary>Segments that are one dot go; a last one leaves its slash.</summary>
    private static int StripDot(ReadOnlySpan<byte> path, Span<byte> output)
    {
        int length = 0;
        int at = 0;
        while (at < path.Length)
        {
            bool atSegment = length == 0 || output[length - 1] == '/';
            if (atSegment && path[at] == '.' && (at + 1 == path.Length || path[at + 1] == '/'))
            {
                at += 2; // with the slash behind it
                continue;
            }
            output[length++] = path[at++];
        }
        return length;
    }

    /// <summary>Segments that are two dots take the segment before them along, unless that is two dots itself.</summary>
    private static int StripDotDot(ReadOnlySpan<byte> path, bool full, Span<byte> output)
    {
        int length = 0;
        int at = 0;
        while (at < path.Length)
        {
            int slash = path[at..].IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = slash < 0 ? path[at..] : path.Slice(at, slash);
            int next = at + segment.Length + (slash < 0 ? 0 : 1);
            if (segment.SequenceEqual(".."u8))
            {
                // Written so far ends with a slash, behind the segment before.
                int before = length > 1 ? output[..(length - 1)].LastIndexOf((byte)'/') + 1 : -1;
                bool isParent = before >= 0 && output[before..(length - 1)].SequenceEqual(".."u8);
                if (before > 0 && !isParent)
                {
                    length = before;
                    at = next;
                    continue;
                }
                if (full && before <= 0 && !isParent && length > 0)
                {
                    at = next;
                    continue;
                }
            }
            length = Append(output, length, path[at..next]);
            at = next;
        }
        return length;
    }

    private static int Percents(ReadOnlySpan<byte> text, bool strict, bool decodes, Span<byte> output)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                output[length++] = text[i];
                continue;
            }
            int high = i + 2 < text.Length ? Digit(text[i + 1]) : -1;
            int low = i + 2 < text.Length ? Digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
            {
                if (strict) return Invalid;
                output[length++] = text[i];
                continue;
            }
            byte value = (byte)((high << 4) | low);
            if (decodes && IsUnreserved(value))
            {
                output[length++] = value;
            }
            else
            {
                output[length++] = (byte)'%';
                output[length++] = decodes ? text[i + 1] : Upper(text[i + 1]);
                output[length++] = decodes ? text[i + 2] : Upper(text[i + 2]);
            }
            i += 2;
        }
        return length;
    }

    private static int Digit(byte letter) =>
        letter switch
        {
            >= (byte)'0' and <= (byte)'9' => letter - '0',
            >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
            _ => -1,
        };

    private static byte Upper(byte letter) => letter is >= (byte)'a' and <= (byte)'f' ? (byte)(letter - 32) : letter;

    private static bool IsUnreserved(byte letter) =>
        char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    /// <summary>
    /// Takes the least of those that are left, again and again: equal names keep their order. Bounded by the square of
    /// the number of parameters, which a buffer bounds.
    /// </summary>
    private static int SortQuery(ReadOnlySpan<byte> query, Span<byte> output, int length)
    {
        output[length++] = (byte)'?';
        ReadOnlySpan<byte> all = query[1..];
        ReadOnlySpan<byte> lastName = default;
        int lastAt = -1;
        bool first = true;
        while (TryNext(all, lastName, lastAt, out ReadOnlySpan<byte> parameter, out int at))
        {
            if (!first) output[length++] = (byte)'&';
            first = false;
            length = Append(output, length, parameter);
            lastName = NameOf(parameter);
            lastAt = at;
        }
        return length;
    }

    /// <summary>The least parameter that comes behind another, by name and then by place.</summary>
    private static bool TryNext(
        ReadOnlySpan<byte> all, ReadOnlySpan<byte> name, int place, out ReadOnlySpan<byte> best, out int bestAt)
    {
        best = default;
        bestAt = -1;
        int at = 0;
        while (at <= all.Length)
        {
            int end = all[at..].IndexOf((byte)'&');
            ReadOnlySpan<byte> parameter = end < 0 ? all[at..] : all.Slice(at, end);
            int order = place < 0 ? 1 : NameOf(parameter).SequenceCompareTo(name);
            bool isBehind = order > 0 || (order == 0 && at > place);
            if (isBehind && (bestAt < 0 || NameOf(parameter).SequenceCompareTo(NameOf(best)) < 0))
            {
                best = parameter;
                bestAt = at;
            }
            at += parameter.Length + 1;
        }
        return bestAt >= 0;
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> parameter)
    {
        int equals = parameter.IndexOf((byte)'=');
        return equals < 0 ? parameter : parameter[..equals];
    }
}
