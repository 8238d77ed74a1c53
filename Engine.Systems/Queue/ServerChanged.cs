using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>A server's state, weight or limit changed: waiters that may have it now get it, others need not wait for it.</summary>
public static class ServerChanged
{
    /// <summary>Looks at the queues of the server's backend again, for all its servers: a backup may be needed now.</summary>
    /// <returns>Waiters that it took or, where it works no more, that waited for it alone and may go to any other now.</returns>
    public static int Run(World world, int server) => Run<NoSteps>(world, server);

    public static int Run<TSteps>(World world, int server)
        where TSteps : struct, IQueueSteps
    {
        Proxy backend = world.Configuration.Proxies[world.Configuration.Servers[server].Backend];
        ref SharedProxy queue = ref world.Shared.Proxy(backend.Number);
        Interlocked.MemoryBarrier();
        TSteps.Reach(QueueStep.Changed);
        if (Volatile.Read(ref queue.QueueLength) == 0) return 0;
        int moved = KeepsWaiters(world, backend, server)
            ? Dequeue.Run<TSteps>(world, server)
            : ServeWaiters.SendOn<TSteps>(world, ref queue, ref world.Shared.Server(server).QueueRoot);
        ServeWaiters.Run<TSteps>(world, backend);
        return moved;
    }

    /// <summary>Those who wait for it alone go on: it runs, or is only down and <c>option persist</c> keeps them.</summary>
    private static bool KeepsWaiters(World world, Proxy backend, int server)
    {
        if (ServerSlots.IsRunning(world.Shared.Server(server))) return true;
        bool inMaintenance = (world.Shared.Health(server).Admin & ServerAdmin.Maintenance) != 0;
        return (backend.Options & ProxyOptions.Persist) != 0 && !inMaintenance;
    }
}
