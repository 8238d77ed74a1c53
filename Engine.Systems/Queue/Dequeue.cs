using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Pick;

namespace Engine.Systems.Queue;

/// <summary>Hands the free slots of a server to waiters of its backend, in arrival order.</summary>
public static class Dequeue
{
    /// <summary>Waiters served in one call at most: the rest is served by the streams that end next.</summary>
    private const int BatchMax = 200;

    /// <summary>Entries looked at in one call at most, where many wait for another server.</summary>
    private const int WalkMax = 1000;

    public static void Run(World world, int server)
    {
        Server facts = world.Configuration.Servers[server];
        ref SharedProxy queue = ref world.Shared.Proxy(facts.Backend);
        Interlocked.MemoryBarrier();
        for (int served = 0; served < BatchMax; served++)
        {
            if (Volatile.Read(ref queue.QueueLength) == 0) return;
            bool ownOnly = !BackupServers.MayTakeWaiters(world, facts);
            if (!ServerSlots.TryTakeOwn(world.Shared, server)) return;
            if (!TryPop(world.Shared, ref queue, server, ownOnly, out ThreadMessage granted, out int thread, out uint joins))
            {
                // Nobody for this server. Who joined while the slot was held here found it taken: look again for him.
                Interlocked.Decrement(ref world.Shared.Server(server).Served);
                if (Volatile.Read(ref queue.QueueJoins) == joins) return;
                continue;
            }
            Deliver(world, thread, granted);
        }
    }

    private static bool TryPop(
        SharedWorld shared,
        ref SharedProxy queue,
        int server,
        bool ownOnly,
        out ThreadMessage granted,
        out int thread,
        out uint joins)
    {
        granted = default;
        thread = 0;
        ShortLock.Enter(ref queue.QueueLock);
        joins = queue.QueueJoins;
        uint number = queue.QueueHead;
        for (int walked = 0; number != 0 && walked < WalkMax; walked++)
        {
            ref QueueEntry entry = ref shared.Waiters[number];
            if (entry.Server == server || (entry.Server < 0 && !ownOnly))
            {
                LeaveQueue.Unlink(shared, ref queue, number);
                queue.QueuePicks++;
                granted.Kind = ThreadMessageKind.SlotGranted;
                granted.Server = server;
                granted.Stream = entry.Stream;
                granted.Generation = entry.Generation;
                thread = entry.Thread;
                ShortLock.Exit(ref queue.QueueLock);
                return true;
            }
            number = entry.Next;
        }
        ShortLock.Exit(ref queue.QueueLock);
        return false;
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
