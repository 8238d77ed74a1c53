using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// The header section of requests, responses and nothing else: indexes the lines up to the empty one (RFC
/// 9112 section 5). Lines end in CR LF or, as the reference and section 2.2 allow, in LF alone: a head is
/// always written anew with CR LF, so the next reader cannot see it differently. CR without LF is refused.
/// </summary>
internal static unsafe class ParseFields
{
    private const uint FirstByteOnly = 1;

    /// <param name="at">The first field line's first byte.</param>
    /// <param name="end">End of the input.</param>
    /// <param name="stopped">Ok: behind the empty line. Errors: where.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static HeadResult Run(
        byte* at,
        byte* end,
        MessageHead* head,
        in HeadLimits limits,
        ref HeadReading reading,
        out byte* stopped)
    {
        HeaderField* field = MessageHead.FieldArray(head);
        HeaderField* last = field + Math.Min(limits.FieldsMax - 1, head->FieldCapacity);
        LineFeeds feeds = new(at);
        HeadResult result = HeadResult.Incomplete;
        while (at < end)
        {
            if (*at is (byte)'\r' or (byte)'\n')
            {
                // By way of a copy: a local that is handed out by reference would never be in a register.
                byte* empty = at;
                result = ReadEmptyLine(ref empty, end);
                at = empty;
                break;
            }
            if (field >= last)
            {
                result = HeadResult.TooManyFields;
                break;
            }
            byte* feed = feeds.Next(end, out bool plain);
            if (plain && ReadPlainLine(at, feed, end, field, out KnownHeader known)) at = feed + 1;
            else
            {
                byte* line = at;
                result = ParseFieldLine.Run(ref line, end, field, reading.AcceptUnsafe);
                at = line;
                if (result != HeadResult.Ok) break;
                result = HeadResult.Incomplete;
                feeds.Seek(at);
                if (field->NameLength == 0) continue;
                known = field->Known;
            }
            if (ReadField.Concerns(known))
            {
                int index = (int)(field - MessageHead.FieldArray(head));
                result = ReadField.Run(head, index, end, ref reading);
                if (result != HeadResult.Ok)
                {
                    at = field->Value;
                    break;
                }
                result = HeadResult.Incomplete;
            }
            field++;
        }
        head->FieldCount = (int)(field - MessageHead.FieldArray(head));
        stopped = at;
        return result;
    }

    private static HeadResult ReadEmptyLine(ref byte* at, byte* end)
    {
        int length = *at == '\r' ? 2 : 1;
        if (end - at < length) return HeadResult.Incomplete;
        if (at[length - 1] != '\n') return HeadResult.BadLineEnd;
        at += length;
        return HeadResult.Ok;
    }

    /// <summary>
    /// A line as almost all are: a name of up to 31 token bytes, not folded, 16 bytes of input at least.
    /// False when it needs the slow way; nothing is changed then.
    /// </summary>
    /// <param name="feed">The LF behind the line's CR.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ReadPlainLine(
        byte* at, byte* feed, byte* end, HeaderField* field, out KnownHeader known)
    {
        known = KnownHeader.None;
        uint other;
        if (end - at >= 32) other = ScanBytes.NotToken32(at);
        else if (end - at >= 16) other = ScanBytes.NotToken16(at);
        else return false;
        if (other == 0 || (other & FirstByteOnly) != 0) return false;
        int length = BitOperations.TrailingZeroCount(other);
        byte* value = at + length;
        byte* next = feed + 1;
        if (*value != ':' || next == end || *next is (byte)' ' or (byte)'\t') return false;

        // The CR stops the first loop, the colon the second.
        bool canonical = *++value == ' ';
        if (canonical) value++;
        for (; *value is (byte)' ' or (byte)'\t'; value++) canonical = false;
        byte* stop = feed - 1;
        for (; stop > value && stop[-1] is (byte)' ' or (byte)'\t'; stop--) canonical = false;

        field->Name = at;
        field->Value = value;
        field->ValueLength = (int)(stop - value);
        field->NameLength = (ushort)length;
        field->Flags = canonical ? FieldFlags.Canonical : FieldFlags.None;
        known = LowerAndRecognise(at, length);
        field->Known = known;
        return true;
    }

    /// <summary>Makes a name of 1 to 31 bytes lower case in place and recognises it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KnownHeader LowerAndRecognise(byte* name, int length)
    {
        if (length < 8)
        {
            ulong raw = AsciiCase.ReadShort(name, length);
            ulong whole = AsciiCase.Lower(raw);
            if (whole != raw) AsciiCase.WriteShort(name, whole, length);
            return KnownHeaders.Find(whole, 0, name, length);
        }
        ulong rawFirst = Unsafe.ReadUnaligned<ulong>(name);
        ulong rawLast = Unsafe.ReadUnaligned<ulong>(name + length - 8);
        ulong first = AsciiCase.Lower(rawFirst);
        ulong last = AsciiCase.Lower(rawLast);
        // All words are read before one is written: reading across a fresh write would stall.
        if (length > 16)
        {
            ulong second = AsciiCase.Lower(Unsafe.ReadUnaligned<ulong>(name + 8));
            if (length > 24)
            {
                ulong third = AsciiCase.Lower(Unsafe.ReadUnaligned<ulong>(name + 16));
                Unsafe.WriteUnaligned(name + 16, third);
            }
            Unsafe.WriteUnaligned(name + 8, second);
        }
        // Only what differs: most of a name that comes in lower case is not written at all.
        if (first != rawFirst) Unsafe.WriteUnaligned(name, first);
        if (last != rawLast) Unsafe.WriteUnaligned(name + length - 8, last);
        return KnownHeaders.Find(first, last, name, length);
    }
}
