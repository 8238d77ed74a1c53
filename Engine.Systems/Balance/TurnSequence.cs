using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary>Lays out the turns of a backend's servers by weight, evenly mixed. Runs at start, not per request.</summary>
public static class TurnSequence
{
    /// <summary>Held while tables are laid out: the last change must be the one that is seen.</summary>
    private static readonly Lock Laying = new();

    /// <summary>Fills <see cref="Proxy.Turns"/> and <see cref="Proxy.ServersById"/> of every backend.</summary>
    public static void Prepare(CompiledConfiguration configuration)
    {
        foreach (Proxy proxy in configuration.Proxies)
        {
            int[] byId = (int[])proxy.Servers.Clone();
            Array.Sort(byId, (a, b) => configuration.Servers[a].Id.CompareTo(configuration.Servers[b].Id));
            proxy.ServersById = byId;
            FreeServers.Prepare(configuration, proxy);
            LeastConnections.Prepare(configuration, proxy);
            if (ChooseServer.Hashes(proxy.Balance))
            {
                proxy.TablesAreOld = 1;
                continue;
            }
            proxy.Turns = AtStart(configuration, proxy, backups: false);
            if ((proxy.Options & ProxyOptions.AllBackups) != 0) proxy.BackupTurns = AtStart(configuration, proxy, backups: true);
        }
    }

    private static int[] AtStart(CompiledConfiguration configuration, Proxy proxy, bool backups)
    {
        ValueList<WeightedServer> servers = new();
        foreach (int number in proxy.Servers)
        {
            Server server = configuration.Servers[number];
            if (server.Backup == backups && server.Weight > 0) servers.Add(new WeightedServer(number, server.Weight));
        }
        return proxy.Balance == BalanceAlgorithm.StaticRoundRobin ? SlotTable.Build(servers) : Build(servers);
    }

    /// <summary>
    /// Lays a backend's turns out anew by the weights that its servers have now, warming ones by what they are given of
    /// theirs. <c>static-rr</c> keeps its (manual section 4.2, <c>balance</c>); leastconn reads weights as they are.
    /// </summary>
    public static void Renew(CompiledConfiguration configuration, SharedWorld shared, Proxy backend)
    {
        if (ChooseServer.Hashes(backend.Balance)) Volatile.Write(ref backend.TablesAreOld, 1);
        if (backend.Balance is not (BalanceAlgorithm.RoundRobin or BalanceAlgorithm.Random)) return;
        Volatile.Write(ref backend.Turns, Build(ByWeight(configuration, shared, backend, backups: false)));
        if ((backend.Options & ProxyOptions.AllBackups) != 0)
            Volatile.Write(ref backend.BackupTurns, Build(ByWeight(configuration, shared, backend, backups: true)));
    }

    private static ValueList<WeightedServer> ByWeight(
        CompiledConfiguration configuration, SharedWorld shared, Proxy backend, bool backups)
    {
        ValueList<WeightedServer> servers = new();
        foreach (int number in backend.Servers)
        {
            int weight = shared.Health(number).UserWeight * shared.Health(number).Sixteenths;
            if (configuration.Servers[number].Backup == backups && weight > 0) servers.Add(new WeightedServer(number, weight));
        }
        return servers;
    }

    /// <summary>
    /// Lays the tables of hashes out, once for however many servers have changed: those that work now, backups only while
    /// no other does, and of them the first or all (<c>option allbackups</c>).
    /// </summary>
    public static void RenewHashed(CompiledConfiguration configuration, SharedWorld shared, Proxy backend)
    {
        using Lock.Scope scope = Laying.EnterScope();
        if (Interlocked.Exchange(ref backend.TablesAreOld, 0) == 0) return;
        ValueList<WeightedServer> working = Working(configuration, shared, backend, backups: false);
        if (working.Count == 0) working = Working(configuration, shared, backend, backups: true);
        if (backend.Hash.Consistent) Volatile.Write(ref backend.Ring, RingPoints.Build(configuration, working));
        else Volatile.Write(ref backend.Turns, SlotTable.Build(working));
    }

    /// <summary>Points of the ring follow how warm a server is, slots of the table do not.</summary>
    private static ValueList<WeightedServer> Working(
        CompiledConfiguration configuration, SharedWorld shared, Proxy backend, bool backups)
    {
        ValueList<WeightedServer> working = new();
        bool onlyFirst = backups && (backend.Options & ProxyOptions.AllBackups) == 0;
        foreach (int number in backend.Servers)
        {
            ref SharedServer row = ref shared.Server(number);
            if (configuration.Servers[number].Backup != backups || !ServerSlots.MayTake(row)) continue;
            int weight = backend.Hash.Consistent ? Volatile.Read(ref row.Share) : Volatile.Read(ref row.Weight);
            if (weight <= 0) continue; // another thread has just set it to 0
            working.Add(new WeightedServer(number, weight));
            if (onlyFirst) break;
        }
        return working;
    }

    /// <summary>
    /// A sequence in which each server stands weight/gcd times. Each turn goes to the server that is furthest behind its
    /// share, so that a heavy server's turns do not come in a row.
    /// </summary>
    public static int[] Build(ValueList<WeightedServer> servers)
    {
        int total = 0;
        int divisor = 0;
        foreach ((_, int weight) in servers) divisor = GreatestCommonDivisor(weight, divisor);
        if (divisor == 0) return [];
        foreach ((_, int weight) in servers) total += weight / divisor;
        if (total == servers.Count)
        {
            int[] plain = new int[total];
            for (int i = 0; i < total; i++) plain[i] = servers[i].Server;
            return plain;
        }
        int[] turns = new int[total];
        PriorityQueue<int, (double Due, int Index)> next = new();
        int[] given = new int[servers.Count];
        for (int i = 0; i < servers.Count; i++) next.Enqueue(i, (Due(servers[i].Weight / divisor, 0), i));
        for (int turn = 0; turn < total; turn++)
        {
            int index = next.Dequeue();
            turns[turn] = servers[index].Server;
            int weight = servers[index].Weight / divisor;
            if (++given[index] < weight) next.Enqueue(index, (Due(weight, given[index]), index));
        }
        return turns;
    }

    /// <summary>When the n-th turn of a server with a weight is due, in rounds: the middle of its n-th part.</summary>
    private static double Due(int weight, int given) => (given + 0.5) / weight;

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
