using Engine.Data.Tables;

namespace Engine.Data.Connections;

/// <summary>
/// Clients whose end is to be noticed while their request is worked on, each with the moment from which that is worth a
/// receive: first come, first due. Bounded; a full queue refuses.
/// </summary>
public sealed unsafe class WatchQueue
{
    /// <summary>Entries at most; what comes on top is watched at once.</summary>
    private const uint Capacity = 4096;

    private readonly Entry* entries = (Entry*)NativeRegion.Reserve(Capacity * (nuint)sizeof(Entry));
    private uint first;
    private uint next;

    public bool IsEmpty => first == next;

    /// <summary>When the oldest is due, monotonic nanoseconds. The queue is not empty.</summary>
    public long NextDue => entries[first % Capacity].Due;

    public bool TryAdd(uint row, uint generation, long due)
    {
        if (next - first == Capacity) return false;
        entries[next++ % Capacity] = new Entry { Row = row, Generation = generation, Due = due };
        return true;
    }

    /// <summary>The oldest entry that is due by now; false when there is none.</summary>
    public bool TryTake(long now, out uint row, out uint generation)
    {
        ref Entry entry = ref entries[first % Capacity];
        (row, generation) = (entry.Row, entry.Generation);
        if (IsEmpty || entry.Due > now) return false;
        first++;
        return true;
    }

    private struct Entry
    {
        public uint Row;
        public uint Generation;

        /// <summary>Monotonic nanoseconds.</summary>
        public long Due;
    }
}
