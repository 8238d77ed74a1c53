using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// The header section of requests, responses and nothing else: indexes the lines up to the empty one (RFC 9112
/// section 5). Lines end in CR LF or, as the reference and section 2.2 allow, in LF alone: a head is always written anew
/// with CR LF, so the next reader cannot see it differently. CR without LF is refused.
/// </summary>
internal static unsafe class ParseFields
{
    private const uint FirstByteOnly = 1;

    /// <param name="at">The first field line's first byte.</param>
    /// <param name="end">End of the input.</param>
    /// <param name="stopped">Ok: behind the empty line. Errors: where.</param>
    public static HeadResult Run(
        byte* at, byte* end, MessageHead* head, in HeadLimits limits, ref HeadReading reading, out byte* stopped)
    {
        HeaderField* fields = MessageHead.FieldArray(head);
        int capacity = Math.Min(limits.FieldsMax - 1, head->FieldCapacity);
        HeadResult result;
        while (true)
        {
            stopped = at;
            if (at >= end) return HeadResult.Incomplete;
            if (*at is (byte)'\r' or (byte)'\n') return ReadEmptyLine(at, end, out stopped);
            if (head->FieldCount >= capacity) return HeadResult.TooManyFields;

            HeaderField* field = fields + head->FieldCount;
            byte* next = ReadPlainLine(at, end, field);
            if (next == null)
            {
                next = at;
                result = ParseFieldLine.Run(ref next, end, field, reading.AcceptUnsafe);
                stopped = next;
                if (result != HeadResult.Ok) return result;
                if (field->NameLength == 0)
                {
                    at = next;
                    continue;
                }
            }
            head->FieldCount++;
            if (ReadField.Concerns(field->Known))
            {
                result = ReadField.Run(head, head->FieldCount - 1, end, ref reading);
                if (result != HeadResult.Ok) return result;
            }
            at = next;
        }
    }

    private static HeadResult ReadEmptyLine(byte* at, byte* end, out byte* stopped)
    {
        stopped = at;
        if (*at == '\r')
        {
            if (end - at < 2) return HeadResult.Incomplete;
            if (at[1] != '\n') return HeadResult.BadLineEnd;
            at++;
        }
        stopped = at + 1;
        return HeadResult.Ok;
    }

    /// <summary>
    /// A line as almost all are: a name of up to 31 token bytes, a value that ends in CR LF and is not folded, 16 bytes
    /// of input at least. Answers the next line, or null when this one needs the slow way; it has changed nothing then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadPlainLine(byte* at, byte* end, HeaderField* field)
    {
        uint other;
        if (end - at >= 32) other = ScanBytes.NotToken32(at);
        else if (end - at >= 16) other = ScanBytes.NotToken16(at);
        else return null;
        if (other == 0 || (other & FirstByteOnly) != 0) return null;
        int length = BitOperations.TrailingZeroCount(other);
        byte* value = at + length;
        if (*value != ':' || end - value < 4) return null;
        value++;
        bool canonical = *value == ' ';
        if (canonical) value++;
        while (*value is (byte)' ' or (byte)'\t')
        {
            canonical = false;
            if (++value == end) return null;
        }

        byte* stop = ScanBytes.LineEnd(value, end);
        if (end - stop < 3 || Unsafe.ReadUnaligned<ushort>(stop) != 0x0A0D) return null;
        byte* next = stop + 2;
        if (*next is (byte)' ' or (byte)'\t') return null;
        int valueLength = (int)(stop - value);
        while (valueLength > 0 && value[valueLength - 1] is (byte)' ' or (byte)'\t')
        {
            canonical = false;
            valueLength--;
        }

        field->Name = at;
        field->Value = value;
        field->ValueLength = valueLength;
        field->NameLength = (ushort)length;
        field->Flags = canonical ? FieldFlags.Canonical : FieldFlags.None;
        field->Known = LowerAndRecognise(at, length);
        return next;
    }

    /// <summary>Makes a name of 1 to 31 bytes lower case in place and recognises it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KnownHeader LowerAndRecognise(byte* name, int length)
    {
        if (length < 8)
        {
            ulong raw = AsciiCase.ReadShort(name, length);
            ulong whole = AsciiCase.Lower(raw);
            if (whole != raw) AsciiCase.LowerInPlace(name, length);
            return KnownHeaders.Find(whole, 0, name, length);
        }
        ulong rawFirst = Unsafe.ReadUnaligned<ulong>(name);
        ulong rawLast = Unsafe.ReadUnaligned<ulong>(name + length - 8);
        ulong first = AsciiCase.Lower(rawFirst);
        ulong last = AsciiCase.Lower(rawLast);
        if (length > 16) AsciiCase.LowerInPlace(name, length);
        else
        {
            // Only what differs: most of a name that comes in lower case is not written at all.
            if (first != rawFirst) Unsafe.WriteUnaligned(name, first);
            if (last != rawLast) Unsafe.WriteUnaligned(name + length - 8, last);
        }
        return KnownHeaders.Find(first, last, name, length);
    }
}
