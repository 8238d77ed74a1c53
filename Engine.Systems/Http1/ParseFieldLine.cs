using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// One header line, whatever it looks like: the end of the input near, folded, ended by LF alone, invalid. A
/// fold (a line end and a blank, RFC 9112 section 5.2) is made blanks in place as the reference does, so it
/// is gone for good.
/// </summary>
internal static unsafe class ParseFieldLine
{
    /// <param name="at">The line's first byte; then the next line's, or where an error is.</param>
    /// <param name="field">Its NameLength is 0 when the line is to be left out.</param>
    public static HeadResult Run(ref byte* at, byte* end, HeaderField* field, bool acceptUnsafe)
    {
        byte* name = at;
        HeadResult result = ReadName(ref at, end, acceptUnsafe, out int nameLength, out bool invalid);
        if (result != HeadResult.Ok) return result;
        byte* value = at + 1;
        byte* stop = value;
        at = value;
        result = ReadValue(ref at, end, acceptUnsafe, ref stop);
        if (result != HeadResult.Ok) return result;

        bool canonical = stop - value > 0 && *value == ' ' && *stop == '\r';
        byte* first = value;
        byte* last = stop;
        while (first < last && *first is (byte)' ' or (byte)'\t') first++;
        while (last > first && last[-1] is (byte)' ' or (byte)'\t') last--;
        field->Name = name;
        field->NameLength = invalid ? (ushort)0 : (ushort)nameLength;
        field->Value = first;
        field->ValueLength = (int)(last - first);
        canonical &= first == value + 1 && last == stop;
        field->Flags = canonical ? FieldFlags.Canonical : FieldFlags.None;
        if (invalid) return HeadResult.Ok;
        AsciiCase.LowerInPlace(name, nameLength);
        field->Known = KnownHeaders.Find(field->NameSpan);
        return HeadResult.Ok;
    }

    private static HeadResult ReadName(
        ref byte* at, byte* end, bool acceptUnsafe, out int length, out bool invalid)
    {
        byte* start = at;
        invalid = false;
        length = 0;
        while (true)
        {
            byte* stop = ScanBytes.TokenEnd(at, end);
            at = stop;
            if (stop - start > HeadLimits.NameBytesMax)
            {
                at = start + HeadLimits.NameBytesMax;
                return HeadResult.NameTooLong;
            }
            if (stop == end) return HeadResult.Incomplete;
            if (*stop == ':') break;
            // No colon: not even the relaxed parser can tell what this line is.
            if (!acceptUnsafe || *stop is (byte)'\r' or (byte)'\n') return HeadResult.BadName;
            invalid = true;
            at++;
        }
        length = (int)(at - start);
        return length == 0 ? HeadResult.BadName : HeadResult.Ok;
    }

    /// <param name="stop">Where the value ends: the CR or LF.</param>
    private static HeadResult ReadValue(ref byte* at, byte* end, bool acceptUnsafe, ref byte* stop)
    {
        while (true)
        {
            stop = ScanBytes.LineEnd(at, end);
            at = stop;
            if (stop == end) return HeadResult.Incomplete;
            if (*stop == 0)
            {
                if (!acceptUnsafe) return HeadResult.BadValue;
                at++;
                continue;
            }
            byte* feed = stop;
            if (*stop == '\r')
            {
                if (end - stop < 2) return HeadResult.Incomplete;
                feed++;
                if (*feed != '\n') return HeadResult.BadLineEnd;
            }
            byte* next = feed + 1;
            if (next == end) return HeadResult.Incomplete;
            at = next;
            if (*next is not ((byte)' ' or (byte)'\t')) return HeadResult.Ok;
            for (byte* blank = stop; blank < next; blank++) *blank = (byte)' ';
        }
    }
}
