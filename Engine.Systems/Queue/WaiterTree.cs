using Engine.Data.Shared;

namespace Engine.Systems.Queue;

/// <summary>
/// Waiters ordered by class, thread, time and arrival, as a treap over the entries of the table: joining, leaving and
/// finding take about two steps for each bit of the number of waiters. The caller holds the queue's lock.
/// </summary>
public static class WaiterTree
{
    public static void Add(WaiterTable table, ref uint root, uint entry)
    {
        ref QueueEntry own = ref table[entry];
        own.Rank = Scatter(own.Sequence);
        ref uint link = ref root;
        while (link != 0 && table[link].Rank >= own.Rank)
            link = ref IsBefore(own, table[link]) ? ref table[link].Left : ref table[link].Right;
        // What was below the place is parted into those before and those behind the new entry.
        uint node = link;
        link = entry;
        ref uint before = ref own.Left;
        ref uint behind = ref own.Right;
        while (node != 0)
        {
            if (IsBefore(own, table[node]))
            {
                behind = node;
                behind = ref table[node].Left;
                node = behind;
            }
            else
            {
                before = node;
                before = ref table[node].Right;
                node = before;
            }
        }
        before = 0;
        behind = 0;
    }

    public static void Remove(WaiterTable table, ref uint root, uint entry)
    {
        ref QueueEntry own = ref table[entry];
        ref uint link = ref root;
        while (link != entry)
            link = ref IsBefore(own, table[link]) ? ref table[link].Left : ref table[link].Right;
        uint before = own.Left;
        uint behind = own.Right;
        while (before != 0 && behind != 0)
        {
            if (table[before].Rank >= table[behind].Rank)
            {
                link = before;
                link = ref table[before].Right;
                before = link;
            }
            else
            {
                link = behind;
                link = ref table[behind].Left;
                behind = link;
            }
        }
        link = before | behind;
    }

    /// <summary>The first of all, 0 for none.</summary>
    public static uint First(WaiterTable table, uint root)
    {
        uint first = root;
        while (first != 0 && table[first].Left != 0) first = table[first].Left;
        return first;
    }

    /// <summary>The first waiter of a class whose thread has at least this number, 0 for none.</summary>
    public static uint FirstOf(WaiterTable table, uint root, int wantedClass, int thread)
    {
        uint found = 0;
        for (uint node = root; node != 0;)
        {
            ref QueueEntry entry = ref table[node];
            bool isBelow = entry.Class < wantedClass || (entry.Class == wantedClass && entry.Thread < thread);
            if (!isBelow) found = node;
            node = isBelow ? entry.Right : entry.Left;
        }
        return found != 0 && table[found].Class == wantedClass ? found : 0;
    }

    private static bool IsBefore(in QueueEntry one, in QueueEntry other)
    {
        if (one.Class != other.Class) return one.Class < other.Class;
        if (one.Thread != other.Thread) return one.Thread < other.Thread;
        if (one.DueMs != other.DueMs) return one.DueMs < other.DueMs;
        return (int)(one.Sequence - other.Sequence) < 0;
    }

    /// <summary>A number whose bits depend on all bits of another.</summary>
    private static uint Scatter(uint number)
    {
        number = (number ^ (number >> 16)) * 0x7feb352d;
        number = (number ^ (number >> 15)) * 0x846ca68b;
        return number ^ (number >> 16);
    }
}
