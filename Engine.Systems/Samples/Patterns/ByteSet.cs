using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Texts to be found whole: a hash table with open addressing, at most half full. A few are compared one after the
/// other instead.
/// </summary>
internal sealed unsafe class ByteSet
{
    /// <summary>Up to so many a comparison of lengths is quicker than a hash.</summary>
    private const int Few = 6;

    private readonly Entry* entries;
    private readonly int count;
    private readonly ulong mask;
    private readonly bool ignoreCase;

    private struct Entry
    {
        public byte* Start;
        public int Length;

        /// <summary>Upper half of the hash: spares most comparisons.</summary>
        public uint Check;
    }

    public ByteSet(ValueList<ByteView> texts, bool ignoreCase)
    {
        this.ignoreCase = ignoreCase;
        count = texts.Count;
        int slots = count <= Few ? count : (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        entries = (Entry*)NativeMemory.AllocZeroed((nuint)slots + 1, (nuint)sizeof(Entry));
        if (count <= Few)
        {
            for (int i = 0; i < count; i++) entries[i] = new Entry { Start = texts[i].Start, Length = texts[i].Length };
            return;
        }
        mask = (ulong)slots - 1;
        foreach (ByteView text in texts) Insert(text);
    }

    public bool Contains(ReadOnlySpan<byte> text) => count <= Few ? ContainsFew(text) : ContainsHashed(text);

    private bool ContainsFew(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < count; i++)
        {
            if (entries[i].Length == text.Length && IsSame(entries + i, text)) return true;
        }
        return false;
    }

    private bool ContainsHashed(ReadOnlySpan<byte> text)
    {
        ulong hash = KeyedHash.Of(text, ignoreCase);
        uint check = (uint)(hash >> 32);
        for (ulong slot = hash & mask; entries[slot].Start != null; slot = (slot + 1) & mask)
        {
            Entry* entry = entries + slot;
            if (entry->Check == check && entry->Length == text.Length && IsSame(entry, text)) return true;
        }
        return false;
    }

    private void Insert(ByteView text)
    {
        ulong hash = KeyedHash.Of(text.Span, ignoreCase);
        ulong slot = hash & mask;
        for (; entries[slot].Start != null; slot = (slot + 1) & mask)
        {
            if (entries[slot].Length == text.Length && IsSame(entries + slot, text.Span)) return;
        }
        entries[slot] = new Entry { Start = text.Start, Length = text.Length, Check = (uint)(hash >> 32) };
    }

    private bool IsSame(Entry* entry, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> mine = new(entry->Start, entry->Length);
        return ignoreCase ? AsciiCase.Equals(mine, text) : mine.SequenceEqual(text);
    }
}
