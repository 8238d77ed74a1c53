using System;
using System.Threading;
using Engine.Data.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>
/// Entries that are tried one after the other, each with what was made of its key. One thread changes it while others
/// read: they take a block and how much of it is filled.
/// </summary>
internal sealed class EntryRow<T>
{
    private Block block = new(4);
    private int gone;

    internal sealed class Block(int capacity)
    {
        public readonly (PatternEntry Entry, T Made)[] Items = new (PatternEntry, T)[capacity];
        public int Count;
    }

    /// <summary>What stands there now; entries among it may be gone.</summary>
    public ReadOnlySpan<(PatternEntry Entry, T Made)> Items
    {
        get
        {
            Block now = Volatile.Read(ref block);
            return now.Items.AsSpan(0, Volatile.Read(ref now.Count));
        }
    }

    public void Add(PatternEntry entry, T made)
    {
        if (block.Count == block.Items.Length) Copy(block.Count * 2);
        block.Items[block.Count] = (entry, made);
        Volatile.Write(ref block.Count, block.Count + 1);
    }

    /// <summary>An entry is gone. It stays until half of them are.</summary>
    public void Removed()
    {
        if (++gone * 2 >= block.Count) Copy(Math.Max(4, block.Count));
    }

    private void Copy(int capacity)
    {
        Block made = new(capacity);
        foreach ((PatternEntry Entry, T Made) item in block.Items.AsSpan(0, block.Count))
            if (!item.Entry.Gone) made.Items[made.Count++] = item;
        gone = 0;
        Volatile.Write(ref block, made);
    }
}
