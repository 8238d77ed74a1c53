using System;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// Finding and changing the fields of an indexed head. Names compare without regard to case; removed fields
/// are not there. Views that are handed in must live until the head is written.
/// </summary>
public static unsafe class EditFields
{
    /// <summary>Index of the first such field from <paramref name="from"/> on, or -1.</summary>
    public static int Find(MessageHead* head, KnownHeader known, int from = 0)
    {
        HeaderField* fields = MessageHead.FieldArray(head);
        for (int i = from; i < head->FieldCount; i++)
        {
            if (fields[i].Known == known && !fields[i].Removed) return i;
        }
        return -1;
    }

    /// <inheritdoc cref="Find(MessageHead*, KnownHeader, int)"/>
    public static int Find(MessageHead* head, ReadOnlySpan<byte> name, int from = 0)
    {
        HeaderField* fields = MessageHead.FieldArray(head);
        for (int i = from; i < head->FieldCount; i++)
        {
            if (fields[i].Removed || fields[i].NameLength != name.Length) continue;
            if (NameEquals(fields[i].NameSpan, name)) return i;
        }
        return -1;
    }

    public static void RemoveAt(MessageHead* head, int index)
    {
        Check.That((uint)index < (uint)head->FieldCount);
        MessageHead.FieldArray(head)[index].Removed = true;
    }

    /// <summary>Removes all such fields and answers how many there were.</summary>
    public static int Remove(MessageHead* head, KnownHeader known)
    {
        int removed = 0;
        for (int i = Find(head, known); i >= 0; i = Find(head, known, i + 1))
        {
            RemoveAt(head, i);
            removed++;
        }
        return removed;
    }

    /// <inheritdoc cref="Remove(MessageHead*, KnownHeader)"/>
    public static int Remove(MessageHead* head, ReadOnlySpan<byte> name)
    {
        int removed = 0;
        for (int i = Find(head, name); i >= 0; i = Find(head, name, i + 1))
        {
            RemoveAt(head, i);
            removed++;
        }
        return removed;
    }

    /// <summary>Adds a field behind the others. False, and nothing done, when the slot is full.</summary>
    /// <param name="name">1 to 65535 bytes, written as given.</param>
    public static bool Add(MessageHead* head, ByteView name, ByteView value)
    {
        if (head->FieldCount >= head->FieldCapacity) return false;
        Fill(MessageHead.FieldArray(head) + head->FieldCount, name, value);
        head->FieldCount++;
        return true;
    }

    /// <summary>
    /// Adds a field in front of the others. False, and nothing done, when the slot is full.
    /// </summary>
    public static bool AddFirst(MessageHead* head, ByteView name, ByteView value)
    {
        if (head->FieldCount >= head->FieldCapacity) return false;
        HeaderField* fields = MessageHead.FieldArray(head);
        head->FieldCount++;
        MessageHead.Fields(head)[..^1].CopyTo(MessageHead.Fields(head)[1..]);
        Fill(fields, name, value);
        return true;
    }

    /// <summary>Gives a field another value.</summary>
    public static void SetValue(MessageHead* head, int index, ByteView value)
    {
        Check.That((uint)index < (uint)head->FieldCount);
        HeaderField* field = MessageHead.FieldArray(head) + index;
        field->Value = value.Start;
        field->ValueLength = value.Length;
        field->Flags &= ~FieldFlags.Canonical;
    }

    public static bool NameEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        AsciiCase.Equals(left, right);

    private static void Fill(HeaderField* field, ByteView name, ByteView value)
    {
        Check.That(name.Length is > 0 and <= ushort.MaxValue);
        field->Name = name.Start;
        field->NameLength = (ushort)name.Length;
        field->Value = value.Start;
        field->ValueLength = value.Length;
        field->Flags = FieldFlags.None;
        field->Known = KnownHeaders.Find(name.Span);
    }
}
