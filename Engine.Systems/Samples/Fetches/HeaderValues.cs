using System;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// Values of header fields: whole fields, or the comma-separated parts of them (quoted text holds together, blanks
/// around a part do not belong to it).
/// </summary>
internal static unsafe class HeaderValues
{
    /// <summary>
    /// Answers the next value when the caller goes through them all, else the one that was asked for: by number, or
    /// the last. Without a list of arguments there is none.
    /// </summary>
    public static bool TryFetch(MessageHead* head, HeaderName name, bool parts, ref Sample sample)
    {
        if (head == null || !name.IsListed) return false;
        if (name.Occurrence != 0 || !sample.Iterates) return TryOccurrence(head, name, parts, ref sample);
        int field = sample.Cursor;
        int offset = sample.CursorOffset;
        if (!TryNext(head, name, parts, ref field, ref offset, out ByteView value)) return false;
        sample.Cursor = field;
        sample.CursorOffset = offset;
        sample.NotLast = true;
        sample.SetString(value);
        return true;
    }

    /// <summary>How many values there are.</summary>
    public static int Count(MessageHead* head, HeaderName name, bool parts)
    {
        int count = 0;
        int field = 0;
        int offset = 0;
        while (TryNext(head, name, parts, ref field, ref offset, out _)) count++;
        return count;
    }

    /// <summary>
    /// Moves a cursor over the values: number of a field, and where in it the next part begins (0: at its start).
    /// </summary>
    public static bool TryNext(
        MessageHead* head, HeaderName name, bool parts, ref int field, ref int offset, out ByteView value)
    {
        Span<HeaderField> fields = MessageHead.Fields(head);
        for (; field < fields.Length; field++, offset = 0)
        {
            ref HeaderField current = ref fields[field];
            if (!name.IsNameOf(in current)) continue;
            if (!parts)
            {
                value = Trim(new ByteView(current.Value, current.ValueLength));
                field++;
                return true;
            }
            if (offset > current.ValueLength) continue;
            value = Part(new ByteView(current.Value, current.ValueLength), ref offset);
            return true;
        }
        value = default;
        return false;
    }

    private static bool TryOccurrence(MessageHead* head, HeaderName name, bool parts, ref Sample sample)
    {
        int wanted = name.Occurrence;
        if (wanted == 0) wanted = -1;
        int number = wanted > 0 ? wanted : 0;
        if (wanted == -1 && !parts) return TryLastField(head, name, ref sample);
        if (wanted < 0) number = Count(head, name, parts) + 1 + wanted;
        if (number <= 0) return false;
        int field = 0;
        int offset = 0;
        while (TryNext(head, name, parts, ref field, ref offset, out ByteView value))
        {
            if (--number > 0) continue;
            sample.SetString(value);
            return true;
        }
        return false;
    }

    private static bool TryLastField(MessageHead* head, HeaderName name, ref Sample sample)
    {
        HeaderField* fields = MessageHead.FieldArray(head);
        for (int i = head->FieldCount - 1; i >= 0; i--)
        {
            if (!name.IsNameOf(in fields[i])) continue;
            sample.SetString(Trim(new ByteView(fields[i].Value, fields[i].ValueLength)));
            return true;
        }
        return false;
    }

    /// <summary>Without blanks around it: received values have none, those that rules made may.</summary>
    private static ByteView Trim(ByteView value)
    {
        int from = 0;
        int end = value.Length;
        while (from < end && value.Start[from] is (byte)' ' or (byte)'\t') from++;
        while (end > from && value.Start[end - 1] is (byte)' ' or (byte)'\t') end--;
        return value.Slice(from, end - from);
    }

    /// <summary>The part that begins at an offset; the offset is left behind its comma, or beyond the end.</summary>
    private static ByteView Part(ByteView value, ref int offset)
    {
        int from = offset;
        int end = PartEnd(value.Span[from..]) + from;
        offset = end + 1;
        while (from < end && value.Start[from] is (byte)' ' or (byte)'\t') from++;
        while (end > from && value.Start[end - 1] is (byte)' ' or (byte)'\t') end--;
        return value.Slice(from, end - from);
    }

    /// <summary>Where the next comma outside quotes stands, or the end.</summary>
    private static int PartEnd(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOfAny((byte)',', (byte)'"');
        if (at < 0) return text.Length;
        bool quoted = false;
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)'\\' when quoted:
                    at++;
                    break;
                case (byte)',' when !quoted:
                    return at;
            }
        }
        return text.Length;
    }
}
