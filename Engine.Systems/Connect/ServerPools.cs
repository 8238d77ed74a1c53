using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Timers;

namespace Engine.Systems.Connect;

/// <summary>Idle server connections of a thread, by server, newest first: the warmest serves the next request.</summary>
public static class ServerPools
{
    public static void Add(World world, uint row, ref Connection connection, Server server)
    {
        ref ServerPool pool = ref world.Pools[(uint)server.Number];
        ref ServerLink link = ref world.Link[row];
        link.IdleSinceNanoseconds = world.NowNanoseconds;
        link.PoolPrevious = Table.NoRow;
        link.PoolNext = pool.Newest;
        if (pool.Newest == Table.NoRow) pool.Oldest = row;
        else world.Link[pool.Newest].PoolPrevious = row;
        pool.Newest = row;
        pool.Count++;
        connection.Flags |= ConnectionFlags.Pooled;
        world.IdleServerConnections++;
        SetTimeout.Connection(world, row, ref connection, 0);
    }

    public static void Remove(World world, uint row)
    {
        ref Connection connection = ref world.Connection[row];
        Check.That((connection.Flags & ConnectionFlags.Pooled) != 0);
        ref ServerPool pool = ref world.Pools[(uint)connection.Owner];
        ref ServerLink link = ref world.Link[row];
        if (link.PoolPrevious == Table.NoRow) pool.Newest = link.PoolNext;
        else world.Link[link.PoolPrevious].PoolNext = link.PoolNext;
        if (link.PoolNext == Table.NoRow) pool.Oldest = link.PoolPrevious;
        else world.Link[link.PoolNext].PoolPrevious = link.PoolPrevious;
        pool.Count--;
        connection.Flags &= ~ConnectionFlags.Pooled;
        world.IdleServerConnections--;
    }

    /// <summary>Closes those that are kept for a server.</summary>
    public static void CloseIdle(World world, int server)
    {
        ref ServerPool pool = ref world.Pools[(uint)server];
        while (pool.Newest != Table.NoRow) CloseConnection.Run(world, pool.Newest); // each turn takes one out
    }

    /// <summary>A connection begins to work for a stream.</summary>
    public static void Use(World world, int server)
    {
        ref ServerPool pool = ref world.Pools[(uint)server];
        pool.Used++;
        if (pool.Used > pool.Needed) pool.Needed = pool.Used;
    }

    /// <summary>A connection ends to work for a stream, whether it is kept or closed.</summary>
    public static void Unuse(World world, int server)
    {
        ref ServerPool pool = ref world.Pools[(uint)server];
        pool.Used--;
        Check.That(pool.Used >= 0);
    }

    /// <summary>
    /// Whether one more idle connection is worth keeping: no more than were lately in use at once, so that clients that
    /// each bring a connection of their own do not pile them up.
    /// </summary>
    public static bool Wants(World world, Server server)
    {
        ref ServerPool pool = ref world.Pools[(uint)server.Number];
        if (server.PoolPurgeDelayMs == 0 || world.IdleServerConnections >= world.IdleServerConnectionsMax) return false;
        if (world.Connections.Count > world.PoolingConnectionsMax || IsInMaintenance(world, server)) return false;
        if (server.PoolMaxConnections >= 0)
        {
            int share = (server.PoolMaxConnections + world.Shared.Threads - 1) / world.Shared.Threads;
            if (pool.Count >= share) return false;
        }
        return pool.Used + pool.Count < pool.Needed + server.PoolLowConnections;
    }

    /// <summary>Takes the newest idle connection of a server, or none.</summary>
    public static uint Take(World world, int server)
    {
        uint row = world.Pools[(uint)server].Newest;
        if (row != Table.NoRow) Remove(world, row);
        return row;
    }

    /// <summary>An administrator has taken it out of use: what is kept of it only hinders its removal.</summary>
    private static bool IsInMaintenance(World world, Server server) =>
        (world.Shared.Health(server.Number).Admin & ServerAdmin.Maintenance) != 0;

    /// <summary>
    /// Closes, of each server's connections that were idle for its <c>pool-purge-delay</c>, the older half (manual
    /// section 5.2), and all of those in maintenance. Runs at most once every 500 ms.
    /// </summary>
    public static void Purge(World world)
    {
        if (world.NowNanoseconds < world.NextPurgeNanoseconds) return;
        world.NextPurgeNanoseconds = world.NowNanoseconds + 500_000_000;
        if (world.IdleServerConnections == 0) return;
        foreach (Server server in world.Configuration.Servers)
        {
            ref ServerPool pool = ref world.Pools[(uint)server.Number];
            pool.Needed = System.Math.Max(pool.Used, pool.Needed - ((pool.Needed - pool.Used) / 8));
            if (pool.Count > 0 && IsInMaintenance(world, server))
            {
                while (pool.Newest != Table.NoRow) CloseConnection.Run(world, pool.Newest);
                continue;
            }
            if (pool.Count <= server.PoolLowConnections) continue;
            long before = world.NowNanoseconds - server.PoolPurgeDelayMs * 1_000_000L;
            int expired = 0;
            for (uint row = pool.Oldest; row != Table.NoRow; row = world.Link[row].PoolPrevious)
            {
                if (world.Link[row].IdleSinceNanoseconds > before) break;
                expired++;
            }
            for (int closing = (expired + 1) / 2; closing > 0; closing--) CloseConnection.Run(world, pool.Oldest);
        }
    }
}
