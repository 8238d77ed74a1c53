using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>Takes a stream that gives up waiting out of its queue.</summary>
public static class LeaveQueue
{
    public static void Run(World world, uint row, ref Stream stream) => Run<NoSteps>(world, row, ref stream);

    public static void Run<TSteps>(World world, uint row, ref Stream stream)
        where TSteps : struct, IQueueSteps
    {
        uint number = stream.QueueEntry;
        if (number == 0) return;
        SharedWorld shared = world.Shared;
        ref SharedProxy queue = ref shared.Proxy(stream.Backend);
        TSteps.Reach(QueueStep.Leave);
        TSteps.Enter(ref queue.QueueLock);
        if (shared.Waiters[number].Linked != 0) Unlink(shared, ref queue, number);
        ShortLock.Exit(ref queue.QueueLock);
        // Picked already: the grant is on its way and finds the stream gone, then gives the slot back.
        Finish(world, row, ref stream);
    }

    /// <summary>A stream whose entry is out of the queue: its place goes to the log, the entry to the next.</summary>
    public static void Finish(World world, uint row, ref Stream stream)
    {
        ref QueueEntry entry = ref world.Shared.Waiters[stream.QueueEntry];
        if (entry.Server < 0) world.Log[row].BackendQueue += entry.Position;
        else world.Log[row].ServerQueue += entry.Position;
        world.Shared.Waiters.Free(stream.QueueEntry);
        stream.QueueEntry = 0;
    }

    /// <summary>Unlinks an entry; the caller holds the queue's lock.</summary>
    public static void Unlink(SharedWorld shared, ref SharedProxy queue, uint number)
    {
        ref QueueEntry entry = ref shared.Waiters[number];
        if (entry.Server < 0)
        {
            WaiterTree.Remove(shared.Waiters, ref queue.QueueRoot, number);
            entry.Position = (int)(queue.QueuePicks - entry.PicksAtJoin) + 1;
            queue.AnyLength--;
        }
        else
        {
            ref SharedServer server = ref shared.Server(entry.Server);
            WaiterTree.Remove(shared.Waiters, ref server.QueueRoot, number);
            entry.Position = (int)(server.QueuePicks - entry.PicksAtJoin) + 1;
            server.Waiting--;
        }
        entry.Linked = 0;
        queue.QueueLength--;
    }
}
