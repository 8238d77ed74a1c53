using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary><c>balance leastconn</c>: the server with the fewest streams for its weight; equals take turns.</summary>
public static class LeastConnections
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        LoadTree? tree = backend.Loads;
        if (!BackupServers.AnyActive(world, backend))
        {
            // One backup for all needs no choice: AnyFree finds it.
            if ((backend.Options & ProxyOptions.AllBackups) == 0) return ChooseServer.Full;
            tree = backend.BackupLoads;
        }
        return tree is null ? ByLook(world, backend) : ByTree(world.Shared, tree);
    }

    /// <summary>
    /// A server changed in a way that may make it more attractive: a slot was given back, or its state, weight or limit
    /// is another one. What makes it less so is found out when it is about to be chosen.
    /// </summary>
    public static void Changed(World world, int number)
    {
        Server server = world.Configuration.Servers[number];
        Proxy backend = world.Configuration.Proxies[server.Backend];
        // The tree first: its places are never newer than those of the servers.
        if (Volatile.Read(ref server.Backup ? ref backend.BackupLoads : ref backend.Loads) is not { } tree) return;
        int index = Volatile.Read(ref server.LoadIndex);
        if (index >= tree.Servers.Length) return;
        tree.Lock.Enter();
        tree.Set(index, Load(world.Shared, number));
        tree.Lock.Exit();
    }

    /// <summary>Lays out the trees of a backend with many servers, nothing known of them yet: the others need none.</summary>
    public static void Prepare(CompiledConfiguration configuration, Proxy backend)
    {
        if (backend.Balance != BalanceAlgorithm.LeastConnections || backend.Servers.Length < LoadTree.WorthFrom) return;
        Volatile.Write(ref backend.Loads, Build(configuration, backend.Servers, backups: false));
        Volatile.Write(ref backend.BackupLoads, Build(configuration, backend.Servers, backups: true));
    }

    /// <summary>Servers came while the process runs: those of the backend now, nothing known of them.</summary>
    public static void Renew(CompiledConfiguration configuration, Proxy backend)
    {
        if (backend.Loads is not null || backend.BackupLoads is not null) Prepare(configuration, backend);
    }

    /// <summary>Null where there is no server of the kind.</summary>
    private static LoadTree? Build(CompiledConfiguration configuration, int[] servers, bool backups)
    {
        ValueList<int> found = new();
        foreach (int number in servers)
            if (configuration.Servers[number].Backup == backups) found.Add(number);
        if (found.Count == 0) return null;
        int[] numbers = new int[found.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = found[i];
            configuration.Servers[found[i]].LoadIndex = i;
        }
        return new LoadTree(numbers);
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

    /// <summary>Few servers.</summary>
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

    /// <summary>
    /// Streams for its weight, with this one: idle ones are equals whatever they weigh. <see cref="LoadTree.None"/> when
    /// it is full or takes no requests.
    /// </summary>
    private static long Load(SharedWorld shared, int number)
    {
        ref SharedServer server = ref shared.Server(number);
        int weight = Volatile.Read(ref server.Share); // another thread may have set it to 0 since
        if (weight <= 0 || !ServerSlots.MayTake(server) || ServerSlots.IsFull(shared, number)) return LoadTree.None;
        long served = Volatile.Read(ref server.Served);
        return served == 0 ? 0 : (served + 1) * 65536 / weight;
    }
}
