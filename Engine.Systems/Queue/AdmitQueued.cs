using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Queue;

/// <summary>Puts a stream in its backend's queue, then looks once more whether a slot came free meanwhile.</summary>
public static class AdmitQueued
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="onlyServer">The one server it may go to, -1 for any.</param>
    public static void Run(World world, uint row, ref Stream stream, int onlyServer)
    {
        SharedWorld shared = world.Shared;
        uint number = shared.Waiters.Take();
        if (number == 0)
        {
            FailStream.Run(world, row, ref stream, 503, 'R', 'Q');
            return;
        }
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        ref SharedProxy queue = ref shared.Proxy(stream.Backend);
        ref QueueEntry entry = ref shared.Waiters[number];
        entry.Thread = world.Thread;
        entry.Stream = row;
        entry.Generation = world.Streams.Generation(row);
        entry.Server = onlyServer;
        stream.State = StreamState.Queued;
        stream.QueueEntry = number;
        SetTimeout.Stream(world, row, ref stream, backend.Timeouts.QueueMs);
        ShortLock.Enter(ref queue.QueueLock);
        entry.PicksAtJoin = queue.QueuePicks;
        if (onlyServer < 0) world.Log[row].BackendQueue = queue.QueueLength + 1;
        else world.Log[row].ServerQueue = ++shared.Server(onlyServer).Waiting;
        entry.Previous = queue.QueueTail;
        if (queue.QueueTail == 0) queue.QueueHead = number;
        else shared.Waiters[queue.QueueTail].Next = number;
        queue.QueueTail = number;
        entry.Linked = 1;
        queue.QueueLength++;
        queue.QueueJoins++;
        ShortLock.Exit(ref queue.QueueLock);
        // Publish, fence, look again: the stream that held the last slot may have ended before it could see us here.
        Interlocked.MemoryBarrier();
        foreach (int server in backend.Servers) Dequeue.Run(world, server);
        // Its server may have gone down before it stood in the queue: whoever looked then did not see it.
        if (onlyServer >= 0 && !ServerSlots.MayTakeOwn(shared.Server(onlyServer))) ServerChanged.Run(world, onlyServer);
    }
}
