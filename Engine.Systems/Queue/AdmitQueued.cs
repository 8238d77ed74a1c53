using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Queue;

/// <summary>Puts a stream in its backend's queue, then looks once more whether a slot came free meanwhile.</summary>
public static unsafe class AdmitQueued
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="onlyServer">The one server it may go to, -1 for any.</param>
    public static void Run(World world, uint row, ref Stream stream, int onlyServer) =>
        Run<NoSteps>(world, row, ref stream, onlyServer);

    public static void Run<TSteps>(World world, uint row, ref Stream stream, int onlyServer)
        where TSteps : struct, IQueueSteps
    {
        SharedWorld shared = world.Shared;
        uint number = shared.Waiters.Take();
        if (number == 0)
        {
            FailStream.Run(world, row, ref stream, 503, 'R', 'Q');
            return;
        }
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        ref QueueEntry entry = ref shared.Waiters[number];
        entry.Thread = world.Thread;
        entry.Stream = row;
        entry.Generation = world.Streams.Generation(row);
        entry.Server = onlyServer;
        entry.Class = world.Log[row].PriorityClass;
        entry.DueMs = (world.NowNanoseconds / 1_000_000) + world.Log[row].PriorityOffset;
        stream.State = StreamState.Queued;
        stream.QueueEntry = number;
        SetTimeout.Stream(world, row, ref stream, StreamTimeouts.Queue(world, ref stream));
        TSteps.Reach(QueueStep.Join);
        Join<TSteps>(world, number, ref entry, stream.Backend);
        // Publish, fence, look again: the stream that held the last slot may have ended before it could see us here.
        Interlocked.MemoryBarrier();
        TSteps.Reach(QueueStep.Joined);
        if (!TSteps.LooksAgain(QueueStep.Joined)) return;
        if (onlyServer < 0) ServeWaiters.Run<TSteps>(world, backend);
        else if (ServerSlots.MayTake(world, onlyServer, isTied: true)) Dequeue.Run<TSteps>(world, onlyServer);
        // Its server may have gone down before it stood in the queue: whoever looked then did not see it.
        else ServerChanged.Run<TSteps>(world, onlyServer);
    }

    private static void Join<TSteps>(World world, uint number, ref QueueEntry entry, int backend)
        where TSteps : struct, IQueueSteps
    {
        SharedWorld shared = world.Shared;
        ref SharedProxy queue = ref shared.Proxy(backend);
        TSteps.Enter(ref queue.QueueLock);
        entry.Sequence = queue.QueueJoins++;
        entry.Linked = 1;
        queue.QueueLength++;
        if (entry.Server < 0)
        {
            entry.PicksAtJoin = queue.QueuePicks;
            WaiterTree.Add(shared.Waiters, ref queue.QueueRoot, number);
            ref int most = ref world.ProxyCounters[backend].QueueMax;
            if (++queue.AnyLength > most) most = queue.AnyLength;
        }
        else
        {
            ref SharedServer server = ref shared.Server(entry.Server);
            entry.PicksAtJoin = server.QueuePicks;
            WaiterTree.Add(shared.Waiters, ref server.QueueRoot, number);
            ref int most = ref world.ServerCounters[entry.Server].QueueMax;
            if (++server.Waiting > most) most = server.Waiting;
        }
        ShortLock.Exit(ref queue.QueueLock);
    }
}
