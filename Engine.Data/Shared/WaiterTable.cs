using Engine.Data.Tables;

namespace Engine.Data.Shared;

/// <summary>The waiters of all queues, shared by all threads; entry 0 is none. The free list has its own spin lock.</summary>
public sealed unsafe class WaiterTable
{
    private readonly QueueEntry* entries;
    private readonly uint capacity;
    private ShortLock freeLock;
    private uint firstFree;
    private uint everUsed = 1;

    public WaiterTable(uint capacity)
    {
        this.capacity = capacity;
        entries = (QueueEntry*)NativeRegion.Reserve((nuint)capacity * (nuint)sizeof(QueueEntry));
    }

    public ref QueueEntry this[uint entry] => ref entries[entry];

    /// <summary>Takes an entry, 0 when there are no more.</summary>
    public uint Take()
    {
        freeLock.Enter();
        uint entry = firstFree;
        if (entry != 0) firstFree = entries[entry].Left;
        else if (everUsed < capacity) entry = everUsed++;
        freeLock.Exit();
        if (entry != 0) entries[entry] = default;
        return entry;
    }

    public void Free(uint entry)
    {
        Check.That(entry != 0);
        Check.That(entries[entry].Linked == 0);
        freeLock.Enter();
        entries[entry].Left = firstFree;
        firstFree = entry;
        freeLock.Exit();
    }
}
