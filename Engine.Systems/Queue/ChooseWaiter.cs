using Engine.Data.Shared;

namespace Engine.Systems.Queue;

/// <summary>
/// Who is next for a server: the lowest class, and in it the waiter that came first of the thread that dequeues; each
/// tenth pick goes to another thread, in turn, so that each is served. The caller holds the queue's lock.
/// </summary>
public static class ChooseWaiter
{
    /// <summary>Picks of own waiters in a row while others wait. A waiter of one's own costs no message.</summary>
    private const int OwnInRowMax = 9;

    /// <param name="shared">The shared world.</param>
    /// <param name="server">The server that has a slot.</param>
    /// <param name="thread">The thread that asks.</param>
    /// <param name="takesTied">Those that wait for this server alone count.</param>
    /// <param name="takesAny">Those that wait for any count.</param>
    /// <returns>An entry, 0 for none.</returns>
    public static uint Run(SharedWorld shared, int server, int thread, bool takesTied, bool takesAny)
    {
        ref SharedServer row = ref shared.Server(server);
        uint tied = takesTied ? Of(shared, row.QueueRoot, row, thread) : 0;
        uint any = takesAny ? Of(shared, shared.Proxy(row.Backend).QueueRoot, row, thread) : 0;
        if (tied == 0 || any == 0) return tied | any;
        ref QueueEntry one = ref shared.Waiters[tied];
        ref QueueEntry other = ref shared.Waiters[any];
        bool tiedFirst = one.Class != other.Class ? one.Class < other.Class : one.DueMs <= other.DueMs;
        return tiedFirst ? tied : any;
    }

    /// <summary>Remembers whose turn it was.</summary>
    public static void Count(ref SharedServer row, int thread, int picked)
    {
        if (picked == thread)
        {
            if (row.OwnInRow < OwnInRowMax) row.OwnInRow++;
            return;
        }
        row.OwnInRow = 0;
        row.LastOther = picked;
    }

    private static uint Of(SharedWorld shared, uint root, in SharedServer row, int thread)
    {
        WaiterTable table = shared.Waiters;
        uint first = WaiterTree.First(table, root);
        if (first == 0 || shared.Threads == 1) return first;
        int best = table[first].Class;
        uint own = WaiterTree.FirstOf(table, root, best, thread);
        if (own != 0 && table[own].Thread != thread) own = 0;
        if (own != 0 && row.OwnInRow < OwnInRowMax) return own;
        uint other = OtherFrom(table, root, best, row.LastOther + 1, thread);
        if (other == 0) other = OtherFrom(table, root, best, 0, thread);
        return other != 0 ? other : own;
    }

    private static uint OtherFrom(WaiterTable table, uint root, int wantedClass, int from, int thread)
    {
        uint found = WaiterTree.FirstOf(table, root, wantedClass, from);
        return found != 0 && table[found].Thread == thread
            ? WaiterTree.FirstOf(table, root, wantedClass, thread + 1)
            : found;
    }
}
