using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary>
/// The algorithms that hash something of the request: the same key gets the same server while the farm stays as it is.
/// A full server keeps its clients waiting rather than scatter them, unless <c>hash-preserve-affinity</c> says otherwise;
/// a request without the key takes its turn.
/// </summary>
internal static class Hashed
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        if (Volatile.Read(ref backend.TablesAreOld) != 0)
            TurnSequence.RenewTables(world.Configuration, world.Shared, backend);
        bool hasKey = KeyHash.TryFind(world, backend, row, ref stream, out uint hash);
        if (!backend.Hash.Consistent)
            return hasKey ? InTable(world, backend, hash) : StaticTurns.InTable(world, backend, stream.FailedServer);
        if (Volatile.Read(ref backend.Ring) is not { Keys.Length: > 0 } ring) return ChooseServer.Full;
        return hasKey
            ? From(world, backend, ring, RingPoints.Nearest(ring, hash))
            : StaticTurns.OnRing(world, backend, ring, stream.FailedServer);
    }

    private static int InTable(World world, Proxy backend, uint hash)
    {
        int[] slots = Volatile.Read(ref backend.Turns);
        if (slots.Length == 0) return ChooseServer.Full;
        uint start = hash % (uint)slots.Length;
        // The table holds those that worked when it was made: the first try nearly always is the last.
        for (uint i = 0; i < slots.Length; i++)
        {
            int server = slots[(start + i) % (uint)slots.Length];
            if (BackupServers.IsEligible(world, backend, world.Configuration.Servers[server]))
                return Take(world, backend, server);
        }
        return ChooseServer.Full;
    }

    /// <summary>The first server that will do, from a point of the ring on.</summary>
    private static int From(World world, Proxy backend, ServerRing ring, int point)
    {
        int[] servers = ring.Servers;
        int last = -1;
        for (int i = 0; i < servers.Length; i++)
        {
            int server = servers[(int)(((uint)point + (uint)i) % (uint)servers.Length)];
            if (server == last) continue;
            last = server;
            if (!BackupServers.IsEligible(world, backend, world.Configuration.Servers[server])) continue;
            if (backend.Hash.LoadFactor == 0 || HasRoom(world, backend, server)) return Take(world, backend, server);
        }
        return ChooseServer.Full;
    }

    private static int Take(World world, Proxy backend, int server)
    {
        if (ChooseServer.TryTake(world, backend, server)) return server;
        bool waits = backend.Hash.Affinity switch
        {
            HashAffinity.MaxConnections => false,
            HashAffinity.MaxQueue => !WaitForServer.IsFull(world, server),
            _ => true,
        };
        return waits ? ChooseServer.WaitFor(server) : ChooseServer.Full;
    }

    /// <summary>
    /// <c>hash-balance-factor</c>: with one request more, the server would still have no more than so many percent of
    /// its share of all that the backend has. One request it may always have.
    /// </summary>
    private static bool HasRoom(World world, Proxy backend, int server)
    {
        ref BackendHealth health = ref world.Shared.Backend(backend.Number);
        long served = Volatile.Read(ref world.Shared.Proxy(backend.Number).BackendConnections);
        long weights = health.Active > 0 ? health.ActiveWeight : health.BackupWeight;
        if (weights <= 0) return true;
        long allowed = ((served * backend.Hash.LoadFactor) + 99) / 100;
        ref SharedServer row = ref world.Shared.Server(server);
        long share = ((allowed * Volatile.Read(ref row.Weight)) + weights - 1) / weights;
        return Volatile.Read(ref row.Served) < share;
    }
}
