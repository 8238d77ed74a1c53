using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>Takes a stream that gives up waiting out of its queue.</summary>
public static class LeaveQueue
{
    public static void Run(World world, ref Stream stream)
    {
        uint number = stream.QueueEntry;
        if (number == 0) return;
        stream.QueueEntry = 0;
        SharedWorld shared = world.Shared;
        ref SharedProxy queue = ref shared.Proxy(stream.Backend);
        ShortLock.Enter(ref queue.QueueLock);
        if (shared.Waiters[number].Linked != 0) Unlink(shared, ref queue, number);
        ShortLock.Exit(ref queue.QueueLock);
        // Picked already: the grant is on its way and finds the stream gone, then gives the slot back.
        shared.Waiters.Free(number);
    }

    /// <summary>Unlinks an entry; the caller holds the queue's lock.</summary>
    public static void Unlink(SharedWorld shared, ref SharedProxy queue, uint number)
    {
        ref QueueEntry entry = ref shared.Waiters[number];
        if (entry.Previous == 0) queue.QueueHead = entry.Next;
        else shared.Waiters[entry.Previous].Next = entry.Next;
        if (entry.Next == 0) queue.QueueTail = entry.Previous;
        else shared.Waiters[entry.Next].Previous = entry.Previous;
        entry.Linked = 0;
        if (entry.Server >= 0) shared.Server(entry.Server).Waiting--;
        queue.QueueLength--;
    }
}
