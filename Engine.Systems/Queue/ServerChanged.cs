using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>A server's state, weight or limit changed: waiters that may have it now get it, others need not wait for it.</summary>
public static class ServerChanged
{
    /// <summary>Looks at the queues again.</summary>
    /// <returns>Waiters that waited for this server alone and may go to any other now.</returns>
    public static int Run(World world, int server)
    {
        int released = 0;
        if (!ServerSlots.MayTakeOwn(world.Shared.Server(server))) released = Release(world, server);
        Dequeue.Run(world, server);
        if (released == 0) return 0;
        Proxy backend = world.Configuration.Proxies[world.Configuration.Servers[server].Backend];
        foreach (int other in backend.Servers) Dequeue.Run(world, other);
        return released;
    }

    /// <summary>Those who wait for a server that works no more wait for any from now on. Their number bounds the walk.</summary>
    private static int Release(World world, int server)
    {
        SharedWorld shared = world.Shared;
        ref SharedProxy queue = ref shared.Proxy(world.Configuration.Servers[server].Backend);
        int released = 0;
        ShortLock.Enter(ref queue.QueueLock);
        for (uint number = queue.QueueHead; number != 0; number = shared.Waiters[number].Next)
        {
            if (shared.Waiters[number].Server != server) continue;
            shared.Waiters[number].Server = -1;
            released++;
        }
        ShortLock.Exit(ref queue.QueueLock);
        return released;
    }
}
