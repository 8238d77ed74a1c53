using System;
using System.Runtime.CompilerServices;
using Engine.Data.Http2;
using Engine.Data.Messages;

namespace Engine.Systems.Http2.Hpack;

/// <summary>
/// Reads the fields of one header block, as RFC 7541 section 6 has them, in place where they stand as they are. Each step takes
/// at least one byte of the block, so that the work is bounded by it.
/// </summary>
/// <param name="start">First byte of the block.</param>
/// <param name="length">Bytes of the block.</param>
/// <param name="scratch">Where names and values are decoded to: room for the largest field.</param>
/// <param name="scratchSize">Bytes of it.</param>
public unsafe struct HpackReader(byte* start, int length, byte* scratch, int scratchSize)
{
    /// <summary>Integers are taken up to this: no block, table or index is larger.</summary>
    private const uint IntegerMax = 1 << 24;

    /// <summary>A list may be so many times the largest field: who reads it says that it is too large long before.</summary>
    private const int ListToField = 8;

    /// <summary>Bytes that a field counts for beside its name and value (RFC 9113 section 6.5.2).</summary>
    private const int FieldOverhead = 32;

    private byte* at = start;
    private readonly byte* end = start + length;
    private readonly byte* scratch = scratch;
    private readonly int scratchSize = scratchSize;
    private bool anyField = false;
    private long left = (long)scratchSize * ListToField;

    /// <summary>Reads the next field; changes the table as the block says.</summary>
    public HpackResult Next(ref HpackTable table, out HpackField field)
    {
        field = default;
        while (at < end)
        {
            byte first = *at;
            HpackResult result;
            if (first >= 0x80) result = ReadIndexed(ref table, ref field);
            else if (first >= 0x40) result = ReadLiteral(ref table, ref field, 6, adds: true);
            else if (first < 0x20) result = ReadLiteral(ref table, ref field, 4, adds: false);
            else
            {
                result = ReadUpdate(ref table);
                if (result == HpackResult.Field) continue;
                return result;
            }
            anyField = true;
            left -= FieldOverhead + field.NameLength + field.ValueLength;
            return left < 0 && result == HpackResult.Field ? HpackResult.TooMuch : result;
        }
        return HpackResult.End;
    }

    private HpackResult ReadIndexed(ref HpackTable table, ref HpackField field)
    {
        HpackResult result = ReadInteger(7, out uint index);
        return result != HpackResult.Field ? result : Look(ref table, index, ref field);
    }

    private HpackResult ReadLiteral(ref HpackTable table, ref HpackField field, int prefix, bool adds)
    {
        HpackResult result = ReadInteger(prefix, out uint index);
        if (result != HpackResult.Field) return result;
        byte* free = scratch;
        int room = scratchSize;
        if (index == 0)
        {
            result = ReadString(ref free, ref room, out field.Name, out field.NameLength);
        }
        else
        {
            result = Look(ref table, index, ref field);
            bool moves = adds && index > StaticTable.Count;
            if (result == HpackResult.Field && moves) result = Keep(ref free, ref room, ref field);
        }
        if (result != HpackResult.Field) return result;
        result = ReadString(ref free, ref room, out field.Value, out field.ValueLength);
        if (result == HpackResult.Field && adds) table.Add(field.Name, field.NameLength, field.Value, field.ValueLength);
        return result;
    }

    /// <summary>The entry that gave the name may have to go for the one that is made of it.</summary>
    private static HpackResult Keep(ref byte* free, ref int room, ref HpackField field)
    {
        if (room < field.NameLength) return HpackResult.BadString;
        Buffer.MemoryCopy(field.Name, free, room, field.NameLength);
        field.Name = free;
        free += field.NameLength;
        room -= field.NameLength;
        return HpackResult.Field;
    }

    private static HpackResult Look(ref HpackTable table, uint index, ref HpackField field)
    {
        if (index == 0) return HpackResult.BadIndex;
        if (index <= StaticTable.Count)
        {
            ByteView name = StaticTable.Name((int)index);
            ByteView value = StaticTable.Value((int)index);
            field.Name = name.Start;
            field.NameLength = name.Length;
            field.Value = value.Start;
            field.ValueLength = value.Length;
            field.StaticName = (int)index;
            return HpackResult.Field;
        }
        index -= StaticTable.Count + 1;
        if (index >= (uint)table.Count) return HpackResult.BadIndex;
        table.Read((int)index, out field.Name, out field.NameLength, out field.Value, out field.ValueLength);
        return HpackResult.Field;
    }

    private HpackResult ReadUpdate(ref HpackTable table)
    {
        HpackResult result = ReadInteger(5, out uint size);
        if (result != HpackResult.Field) return result;
        if (anyField || size > (uint)table.Limit) return HpackResult.BadUpdate;
        table.Resize((int)size);
        return HpackResult.Field;
    }

    private HpackResult ReadString(ref byte* free, ref int room, out byte* text, out int length)
    {
        text = null;
        length = 0;
        if (at == end) return HpackResult.Truncated;
        bool coded = *at >= 0x80;
        HpackResult result = ReadInteger(7, out uint bytes);
        if (result != HpackResult.Field) return result;
        if (bytes > (uint)(end - at)) return HpackResult.Truncated;
        if (!coded)
        {
            text = at;
            length = (int)bytes;
            at += bytes;
            return HpackResult.Field;
        }
        length = Huffman.Decode(at, (int)bytes, free, room);
        if (length < 0) return HpackResult.BadString;
        text = free;
        free += length;
        room -= length;
        at += bytes;
        return HpackResult.Field;
    }

    /// <summary>RFC 7541 section 5.1. At least one byte is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HpackResult ReadInteger(int prefix, out uint value)
    {
        uint mask = (1u << prefix) - 1;
        value = *at++ & mask;
        return value < mask ? HpackResult.Field : ReadLongInteger(ref value);
    }

    private HpackResult ReadLongInteger(ref uint value)
    {
        // Four bytes of seven bits hold all that is taken; leading zeros may not go on for ever.
        for (int shift = 0; shift <= 28; shift += 7)
        {
            if (at == end) return HpackResult.Truncated;
            uint part = *at++;
            ulong sum = value + ((ulong)(part & 0x7F) << shift);
            if (sum > IntegerMax) return HpackResult.BadInteger;
            value = (uint)sum;
            if (part < 0x80) return HpackResult.Field;
        }
        return HpackResult.BadInteger;
    }
}
