using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary><c>balance leastconn</c>: the server with the fewest streams for its weight; equals take turns.</summary>
public static class LeastConnections
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        int chosen = backend.Loads is { } tree ? ByTree(world.Shared, tree) : ChooseServer.Full;
        return chosen >= 0 ? chosen : ByLook(world, backend);
    }

    /// <summary>
    /// A server changed in a way that may make it more attractive: a slot was given back, or its state, weight or limit
    /// is another one. What makes it less so is found out when it is about to be chosen.
    /// </summary>
    public static void Changed(World world, int number)
    {
        Server server = world.Configuration.Servers[number];
        Proxy backend = world.Configuration.Proxies[server.Backend];
        if (backend.Loads is not { } tree || server.Backup) return;
        tree.Lock.Enter();
        tree.Set(server.LoadIndex, Load(world.Shared, number));
        tree.Lock.Exit();
    }

    /// <summary>The tree of a backend: all its active servers, nothing known of them yet. Null: it needs none.</summary>
    public static LoadTree? Prepare(CompiledConfiguration configuration, Proxy backend)
    {
        if (backend.Balance != BalanceAlgorithm.LeastConnections || backend.Servers.Length < LoadTree.WorthFrom) return null;
        return Build(configuration, backend.Servers);
    }

    /// <summary>A server came while the process runs: the others keep their places.</summary>
    public static void Add(CompiledConfiguration configuration, Proxy backend, int number)
    {
        if (backend.Loads is { } tree) backend.Loads = Build(configuration, [.. tree.Servers, number]);
    }

    private static LoadTree Build(CompiledConfiguration configuration, int[] servers)
    {
        LoadTree tree = new(servers);
        for (int i = 0; i < servers.Length; i++)
        {
            Server server = configuration.Servers[servers[i]];
            server.LoadIndex = i;
            if (server.Backup) tree.Set(i, LoadTree.None);
        }
        return tree;
    }

    /// <summary>
    /// What the tree knows is never more than what a server carries, but for moments: the winner is looked at, and where
    /// the tree is wrong about it, it is told and asked again.
    /// </summary>
    private static int ByTree(SharedWorld shared, LoadTree tree)
    {
        int chosen = ChooseServer.Full;
        tree.Lock.Enter();
        for (int tries = 0; tries <= tree.Servers.Length; tries++)
        {
            int index = tree.Best;
            long known = tree.Load(index);
            if (known == LoadTree.None) break;
            int number = tree.Servers[index];
            long load = Load(shared, number);
            if (load == known && ServerSlots.TryTake(shared, number))
            {
                tree.Choose(index, Load(shared, number));
                chosen = number;
                break;
            }
            tree.Set(index, load);
        }
        tree.Lock.Exit();
        return chosen;
    }

    /// <summary>Few servers, or backups.</summary>
    private static int ByLook(World world, Proxy backend)
    {
        int[] servers = backend.Servers;
        uint turn = world.Shared.Proxy(backend.Number).Turn++;
        int best = ChooseServer.Full;
        long bestLoad = LoadTree.None;
        for (int i = 0; i < servers.Length; i++)
        {
            int number = servers[(int)((turn + (uint)i) % (uint)servers.Length)];
            if (!BackupServers.IsEligible(world, backend, world.Configuration.Servers[number])) continue;
            long load = Load(world.Shared, number);
            if (load >= bestLoad) continue;
            bestLoad = load;
            best = number;
        }
        return best >= 0 && ServerSlots.TryTake(world.Shared, best) ? best : ChooseServer.Full;
    }

    /// <summary>Streams for its weight; <see cref="LoadTree.None"/> when it is full or takes no requests.</summary>
    private static long Load(SharedWorld shared, int number)
    {
        ref SharedServer server = ref shared.Server(number);
        int weight = Volatile.Read(ref server.Share); // another thread may have set it to 0 since
        if (weight <= 0 || !ServerSlots.MayTake(server) || ServerSlots.IsFull(shared, number)) return LoadTree.None;
        return (long)Volatile.Read(ref server.Served) * 65536 / weight;
    }
}
