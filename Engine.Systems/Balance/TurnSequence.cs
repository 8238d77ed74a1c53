using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;

namespace Engine.Systems.Balance;

/// <summary>Lays out the turns of a backend's servers by weight, evenly mixed. Runs at start, not per request.</summary>
public static class TurnSequence
{
    /// <summary>Fills <see cref="Proxy.Turns"/> and <see cref="Proxy.ServersById"/> of every backend.</summary>
    public static void Prepare(CompiledConfiguration configuration)
    {
        foreach (Proxy proxy in configuration.Proxies)
        {
            int[] byId = (int[])proxy.Servers.Clone();
            Array.Sort(byId, (a, b) => configuration.Servers[a].Id.CompareTo(configuration.Servers[b].Id));
            proxy.ServersById = byId;
            ValueList<WeightedServer> active = new();
            foreach (int number in proxy.Servers)
            {
                Server server = configuration.Servers[number];
                if (!server.Backup && server.Weight > 0) active.Add(new WeightedServer(number, server.Weight));
            }
            proxy.Turns = Build(active);
        }
    }

    /// <summary>
    /// Lays a backend's turns out anew by the weights that its servers have now. <c>static-rr</c> and hashes keep theirs
    /// (manual section 4.2, <c>balance</c>); leastconn reads weights as they are.
    /// </summary>
    public static void Renew(CompiledConfiguration configuration, SharedWorld shared, Proxy backend)
    {
        if (backend.Balance is not (BalanceAlgorithm.RoundRobin or BalanceAlgorithm.Random)) return;
        ValueList<WeightedServer> active = new();
        foreach (int number in backend.Servers)
        {
            int weight = shared.Health(number).UserWeight * shared.Health(number).Sixteenths;
            if (!configuration.Servers[number].Backup && weight > 0) active.Add(new WeightedServer(number, weight));
        }
        Volatile.Write(ref backend.Turns, Build(active));
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
