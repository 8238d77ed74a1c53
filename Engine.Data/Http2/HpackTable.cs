using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Http2;

/// <summary>
/// The dynamic table of an HPACK decoder (RFC 7541 section 2.3.2), in memory that its owner lends. Entries stand one
/// behind the other in twice the room that the table may count, so that the live ones are moved to the front at most
/// once for each filling and every name and value is one run of bytes.
/// </summary>
public unsafe struct HpackTable
{
    /// <summary>What an entry counts beside its name and value, bytes (RFC 7541 section 4.1).</summary>
    public const int EntryOverhead = 32;

    /// <summary>What an encoder starts with before it says otherwise (RFC 9113 section 6.5.2).</summary>
    public const int InitialSize = 4096;

    private byte* bytes;
    private Entry* entries;
    private int slots;
    private int room;

    /// <summary>Bytes the table may count: what we announced (SETTINGS_HEADER_TABLE_SIZE).</summary>
    public int Limit;

    /// <summary>Bytes the table may count now: what the encoder chose, at most <see cref="Limit"/>.</summary>
    public int SizeMax;

    /// <summary>Bytes it counts.</summary>
    public int Size;

    /// <summary>Entries in it.</summary>
    public int Count;

    private int newest;
    private int used;

    private struct Entry
    {
        public int Start;
        public int NameLength;
        public int ValueLength;
    }

    /// <summary>Bytes of memory that a table of so many counted bytes takes.</summary>
    public static int MemoryFor(int limit) =>
        Math.Max(SlotsFor(limit), 1) * sizeof(Entry) + limit * 2;

    private static int SlotsFor(int limit) => limit / EntryOverhead;

    /// <summary>An empty table in <see cref="MemoryFor"/> bytes of memory.</summary>
    public static HpackTable In(byte* memory, int limit) => new()
    {
        entries = (Entry*)memory,
        slots = SlotsFor(limit),
        bytes = memory + Math.Max(SlotsFor(limit), 1) * sizeof(Entry),
        room = limit * 2,
        Limit = limit,
        SizeMax = Math.Min(limit, InitialSize),
    };

    /// <summary>An entry by its place, the newest is 0. Valid until the next <see cref="Add"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Read(int place, out byte* name, out int nameLength, out byte* value, out int valueLength)
    {
        Check.That((uint)place < (uint)Count);
        int slot = newest - place;
        if (slot < 0) slot += slots;
        ref Entry entry = ref entries[slot];
        name = bytes + entry.Start;
        nameLength = entry.NameLength;
        value = name + entry.NameLength;
        valueLength = entry.ValueLength;
    }

    /// <summary>Dynamic Table Size Update (RFC 7541 section 6.3): the caller has checked the limit.</summary>
    public void Resize(int sizeMax)
    {
        Check.That((uint)sizeMax <= (uint)Limit);
        SizeMax = sizeMax;
        Evict(0);
    }

    /// <summary>
    /// Adds an entry in front and drops old ones to make room. One that is larger than the table empties it (RFC 7541
    /// section 4.4). Name and value must not lie in the table.
    /// </summary>
    public void Add(byte* name, int nameLength, byte* value, int valueLength)
    {
        long counted = (long)nameLength + valueLength + EntryOverhead;
        if (counted > SizeMax)
        {
            Count = 0;
            Size = 0;
            used = 0;
            return;
        }
        Evict((int)counted);
        int length = nameLength + valueLength;
        if (room - used < length) MoveToFront();
        Check.That(room - used >= length);
        Check.That(Count < slots);
        if (++newest >= slots) newest = 0;
        entries[newest] = new Entry { Start = used, NameLength = nameLength, ValueLength = valueLength };
        Buffer.MemoryCopy(name, bytes + used, nameLength, nameLength);
        Buffer.MemoryCopy(value, bytes + used + nameLength, valueLength, valueLength);
        used += length;
        Count++;
        Size += (int)counted;
    }

    private void Evict(int needed)
    {
        while (Count > 0 && Size + needed > SizeMax)
        {
            ref Entry oldest = ref entries[SlotOf(Count - 1)];
            Size -= oldest.NameLength + oldest.ValueLength + EntryOverhead;
            Count--;
        }
        if (Count == 0) used = 0;
        Check.That(Size >= 0);
    }

    private readonly int SlotOf(int place)
    {
        int slot = newest - place;
        return slot < 0 ? slot + slots : slot;
    }

    // The entries are contiguous: the oldest begins them, the newest ends them.
    private void MoveToFront()
    {
        if (Count == 0)
        {
            used = 0;
            return;
        }
        int start = entries[SlotOf(Count - 1)].Start;
        Buffer.MemoryCopy(bytes + start, bytes, room, used - start);
        for (int place = 0; place < Count; place++) entries[SlotOf(place)].Start -= start;
        used -= start;
    }
}
