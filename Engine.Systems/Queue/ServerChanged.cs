using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>A server's state, weight or limit changed: waiters that may have it now get it, others need not wait for it.</summary>
public static class ServerChanged
{
    /// <summary>Looks at the queues of the server's backend again, for all its servers: a backup may be needed now.</summary>
    /// <returns>Waiters that waited for this server alone and may go to any other now.</returns>
    public static int Run(World world, int server)
    {
        Proxy backend = world.Configuration.Proxies[world.Configuration.Servers[server].Backend];
        ref SharedProxy queue = ref world.Shared.Proxy(backend.Number);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref queue.QueueLength) == 0) return 0;
        int released = Release(world.Shared, ref queue, server);
        foreach (int number in backend.Servers) Dequeue.Run(world, number);
        return released;
    }

    /// <summary>Those who wait for a server that works no more wait for any from now on. Their number bounds the walk.</summary>
    private static int Release(SharedWorld shared, ref SharedProxy queue, int server)
    {
        int released = 0;
        ShortLock.Enter(ref queue.QueueLock);
        // Who holds a slot and found nobody for it, by what was known before, has to look again.
        queue.QueueJoins++;
        uint number = ServerSlots.MayTakeOwn(shared.Server(server)) ? 0 : queue.QueueHead;
        for (; number != 0; number = shared.Waiters[number].Next)
        {
            ref QueueEntry entry = ref shared.Waiters[number];
            if (entry.Server != server) continue;
            entry.Server = -1;
            shared.Server(server).Waiting--;
            released++;
        }
        ShortLock.Exit(ref queue.QueueLock);
        return released;
    }
}
