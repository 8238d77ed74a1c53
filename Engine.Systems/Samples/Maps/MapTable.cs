using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Maps;

/// <summary>
/// From texts to numbers: a hash table with open addressing, at most half full. The first of equal texts stays.
/// </summary>
internal sealed unsafe class MapTable
{
    private readonly Slot* slots;
    private readonly ulong mask;

    private struct Slot
    {
        public byte* Start;
        public int Length;

        /// <summary>Upper half of the hash: spares most comparisons.</summary>
        public uint Check;
        public int Number;
    }

    public MapTable(int capacity)
    {
        uint count = BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1) * 2);
        slots = (Slot*)NativeMemory.AllocZeroed(count, (nuint)sizeof(Slot));
        mask = count - 1;
    }

    ~MapTable() => NativeMemory.Free(slots);

    public void Add(ByteView text, int number)
    {
        ulong hash = KeyedHash.Of(text.Span, ignoreCase: false);
        ulong at = hash & mask;
        for (; slots[at].Start != null; at = (at + 1) & mask)
        {
            if (new ReadOnlySpan<byte>(slots[at].Start, slots[at].Length).SequenceEqual(text.Span)) return;
        }
        slots[at] = new Slot
        {
            Start = text.Start,
            Length = text.Length,
            Check = (uint)(hash >> 32),
            Number = number,
        };
    }

    /// <summary>-1 when it is not there.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        ulong hash = KeyedHash.Of(text, ignoreCase: false);
        uint check = (uint)(hash >> 32);
        for (ulong at = hash & mask; slots[at].Start != null; at = (at + 1) & mask)
        {
            Slot* slot = slots + at;
            if (slot->Check == check && slot->Length == text.Length
                && new ReadOnlySpan<byte>(slot->Start, slot->Length).SequenceEqual(text))
            {
                return slot->Number;
            }
        }
        return -1;
    }
}
