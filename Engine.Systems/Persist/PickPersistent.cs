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
        int server = world.Persistence[row].Server;
        if (!ServerSlots.MayTake(world, server, isTied: true))
        {
            Forget(world, row, ref stream);
            return false;
        }
        if (ServerSlots.TryTakeTied(world, server))
        {
            AssignServer.Run(world, row, ref stream, server);
            return true;
        }
        bool redispatches = (world.Configuration.Proxies[stream.Backend].Options & ProxyOptions.Redispatch) != 0;
        if (redispatches && WaitForServer.IsFull(world, server))
        {
            Forget(world, row, ref stream);
            PickAgain.CountRedispatch(world, ref stream, server);
            return false;
        }
        WaitForServer.Run(world, row, ref stream, server);
        return true;
    }

    /// <summary>The client's server is down, or could not be reached: any other will do.</summary>
    public static void Forget(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.Direct) == 0) return;
        stream.Flags &= ~StreamFlags.Direct;
        world.Persistence[row].RequestState = (byte)'D';
    }
}
