using Engine.Data.Tables;

namespace Engine.Data.Health;

/// <summary>
/// When the checks of one thread are due: a binary heap by time. A check stands in the heap of one thread at most, and a
/// column of places, so that it can be taken out at any time.
/// </summary>
public sealed unsafe class CheckSchedule
{
    private readonly Entry* heap;
    private readonly int* places;
    private readonly int capacity;

    /// <param name="capacity">Checks of the process at most: one thread may come to have them all.</param>
    public CheckSchedule(int capacity)
    {
        this.capacity = capacity;
        heap = (Entry*)NativeRegion.Reserve((nuint)sizeof(Entry) * (nuint)(capacity + 1));
        places = (int*)NativeRegion.Reserve(sizeof(int) * (nuint)(capacity + 1));
    }

    public int Count { get; private set; }

    /// <summary>The first times were given out; everything was given up.</summary>
    public bool Begun { get; set; }

    public bool Ended { get; set; }

    /// <summary>Monotonic milliseconds at which the first one is due; there must be one.</summary>
    public long NextDueMs => heap[1].DueMs;

    /// <summary>The check that is due first; there must be one.</summary>
    public int Next => heap[1].Check;

    /// <summary>Whether a check waits here.</summary>
    public bool Has(int check) => places[check] != 0;

    /// <summary>Enters a check, or moves it to another time.</summary>
    public void Set(int check, long dueMs)
    {
        Check.That((uint)check < (uint)capacity);
        int place = places[check];
        if (place == 0) place = ++Count;
        long before = place == Count ? long.MaxValue : heap[place].DueMs;
        Put(place, new Entry { DueMs = dueMs, Check = check });
        if (dueMs <= before) Raise(place);
        else Sink(place);
    }

    /// <summary>Moves a check that waits here to an earlier time; a later one changes nothing.</summary>
    public void Hasten(int check, long dueMs)
    {
        int place = places[check];
        if (place != 0 && heap[place].DueMs > dueMs) Set(check, dueMs);
    }

    /// <summary>Takes a check out; one that is not there may be.</summary>
    public void Remove(int check)
    {
        int place = places[check];
        if (place == 0) return;
        places[check] = 0;
        Entry last = heap[Count--];
        if (last.Check == check) return;
        Put(place, last);
        Raise(place);
        Sink(places[last.Check]);
    }

    private void Put(int place, Entry entry)
    {
        heap[place] = entry;
        places[entry.Check] = place;
    }

    private void Raise(int place)
    {
        Entry entry = heap[place];
        while (place > 1 && heap[place >> 1].DueMs > entry.DueMs)
        {
            Put(place, heap[place >> 1]);
            place >>= 1;
        }
        Put(place, entry);
    }

    private void Sink(int place)
    {
        Entry entry = heap[place];
        while (true)
        {
            int child = place << 1;
            if (child > Count) break;
            if (child < Count && heap[child + 1].DueMs < heap[child].DueMs) child++;
            if (heap[child].DueMs >= entry.DueMs) break;
            Put(place, heap[child]);
            place = child;
        }
        Put(place, entry);
    }

    private struct Entry
    {
        public long DueMs;
        public int Check;
    }
}
