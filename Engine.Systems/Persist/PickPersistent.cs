using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Persist;

/// <summary>A client that belongs to a server gets that one, of whatever weight, and waits for no other.</summary>
public static class PickPersistent
{
    /// <summary>False when the server works no more: the client is balanced like any other.</summary>
    public static bool TryRun(World world, uint row, ref Stream stream)
    {
        ref Persistence known = ref world.Persistence[row];
        int server = known.Server;
        if (!MayTake(world, server, known.Override))
        {
            Forget(world, row, ref stream);
            return false;
        }
        bool isForced = (known.Override & PersistenceOverride.Forced) != 0;
        if (isForced ? ServerSlots.TryRaise(world.Shared, server) : ServerSlots.TryTakeTied(world, server))
        {
            AssignServer.Run(world, row, ref stream, server);
            return true;
        }
        bool redispatches = (world.Configuration.Proxies[stream.Backend].Options & ProxyOptions.Redispatch) != 0
            && !isForced;
        if (redispatches && WaitForServer.IsFull(world, server))
        {
            Forget(world, row, ref stream);
            PickAgain.CountRedispatch(world, ref stream, server);
            return false;
        }
        WaitForServer.Run(world, row, ref stream, server);
        return true;
    }

    /// <summary>Whether a server may take a request that belongs to it: <c>force-persist</c> does not ask how it is.</summary>
    public static bool MayTake(World world, int server, PersistenceOverride rules) =>
        (rules & PersistenceOverride.Forced) != 0 || ServerSlots.MayTake(world, server, isTied: true);

    /// <summary>
    /// Whether its server, and no other, is to be tried for as long as the request lives: <c>force-persist</c>, also where
    /// the server was chosen by balancing.
    /// </summary>
    public static bool IsForced(World world, uint row, in Stream stream) =>
        (stream.Flags & StreamFlags.HasPersistence) != 0
        && (world.Persistence[row].Override & PersistenceOverride.Forced) != 0;

    /// <summary>The client's server is down, or could not be reached: any other will do.</summary>
    public static void Forget(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.Direct) == 0) return;
        stream.Flags &= ~StreamFlags.Direct;
        ref Persistence known = ref world.Persistence[row];
        if (known.RequestState == (byte)'V') known.RequestState = (byte)'D'; // else rules had chosen it
    }
}
