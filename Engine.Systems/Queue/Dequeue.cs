using System.Threading;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>Hands the free slots of a server to those who wait for it.</summary>
public static class Dequeue
{
    /// <summary>Waiters served in one pass; the next follows in the thread's next tick.</summary>
    private const int BatchMax = 200;

    /// <summary>Returns how many were handed a slot.</summary>
    public static int Run(World world, int server) => Run<NoSteps>(world, server);

    public static int Run<TSteps>(World world, int server)
        where TSteps : struct, IQueueSteps
    {
        SharedWorld shared = world.Shared;
        ref SharedProxy queue = ref shared.Proxy(shared.Server(server).Backend);
        Interlocked.MemoryBarrier();
        for (int served = 0; ; served++)
        {
            TSteps.Reach(QueueStep.LookForWaiters);
            if (Volatile.Read(ref queue.QueueLength) == 0 || ServerSlots.IsFull(shared, server)) return served;
            if (served >= BatchMax && PostponeRest(world, server)) return served;
            if (!TryHand<TSteps>(world, ref queue, server, out ThreadMessage granted, out int thread))
                return served;
            Deliver(world, thread, granted);
        }
    }

    private static bool PostponeRest(World world, int server)
    {
        ThreadMessage more = new() { Kind = ThreadMessageKind.DequeueMore, Server = server };
        if (!world.Shared.Inboxes[world.Thread].TryPost(more)) return false;
        world.Shared.WakeThread(world.Thread);
        return true;
    }

    /// <summary>
    /// Takes a slot for the next waiter, under the lock: whoever changes the server and then takes the lock knows that
    /// nobody is handed a slot by what was true before.
    /// </summary>
    private static bool TryHand<TSteps>(
        World world, ref SharedProxy queue, int server, out ThreadMessage granted, out int thread)
        where TSteps : struct, IQueueSteps
    {
        SharedWorld shared = world.Shared;
        ref SharedServer row = ref shared.Server(server);
        TSteps.Enter(ref queue.QueueLock);
        bool takesTied = row.QueueRoot != 0 && ServerSlots.MayTake(world, server, isTied: true);
        bool takesAny = queue.QueueRoot != 0 && ServerSlots.MayTake(world, server, isTied: false);
        uint number = ChooseWaiter.Run(shared, server, world.Thread, takesTied, takesAny);
        TSteps.Reach(QueueStep.TakeSlot);
        if (number == 0 || !ServerSlots.TryRaise(shared, server))
        {
            ShortLock.Exit(ref queue.QueueLock);
            granted = default;
            thread = 0;
            return false;
        }
        ref QueueEntry entry = ref shared.Waiters[number];
        LeaveQueue.Unlink(shared, ref queue, number);
        if (entry.Server < 0) queue.QueuePicks++;
        else row.QueuePicks++;
        thread = entry.Thread;
        ChooseWaiter.Count(ref row, world.Thread, thread);
        granted = new ThreadMessage
        {
            Kind = ThreadMessageKind.SlotGranted,
            Server = server,
            Stream = entry.Stream,
            Generation = entry.Generation,
        };
        ShortLock.Exit(ref queue.QueueLock);
        return true;
    }

    private static void Deliver(World world, int thread, in ThreadMessage granted)
    {
        if (thread == world.Thread)
        {
            GrantSlot.Run(world, granted);
            return;
        }
        // An inbox holds as many messages as a thread can have waiters (see SharedWorld).
        bool posted = world.Shared.Inboxes[thread].TryPost(granted);
        Check.That(posted);
        world.Shared.WakeThread(thread);
    }
}
