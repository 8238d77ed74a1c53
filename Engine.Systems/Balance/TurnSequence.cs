using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary>
/// Lays out what algorithms choose from: tables of hashes and <c>static-rr</c>, rings, the sequence that <c>random</c>
/// draws from, in which each server stands as often as its weight says. Not per request.
/// </summary>
public static class TurnSequence
{
    /// <summary>Held while tables are laid out: the last change must be the one that is seen.</summary>
    private static readonly Lock Laying = new();

    /// <summary>Does so for every backend, for the state that its servers begin in.</summary>
    public static void Prepare(CompiledConfiguration configuration, SharedWorld shared)
    {
        foreach (Proxy proxy in configuration.Proxies) Prepare(configuration, shared, proxy);
    }

    /// <summary>The same for one backend, which may have come while the process runs.</summary>
    public static void Prepare(CompiledConfiguration configuration, SharedWorld shared, Proxy proxy)
    {
        int[] byId = (int[])proxy.Servers.Clone();
        Array.Sort(byId, (a, b) => configuration.Servers[a].Id.CompareTo(configuration.Servers[b].Id));
        proxy.ServersById = byId;
        FreeServers.Prepare(configuration, proxy);
        LeastConnections.Prepare(configuration, proxy);
        TurnOrders.Prepare(configuration, shared, proxy);
        Renew(configuration, shared, proxy);
    }

    /// <summary>
    /// Lays a backend's tables out anew by the weights that its servers have now, warming ones by what they are given of
    /// theirs; those that the next request needs, by the next request. Other algorithms read weights as they are.
    /// </summary>
    public static void Renew(CompiledConfiguration configuration, SharedWorld shared, Proxy backend)
    {
        if (ChooseServer.HasTable(backend.Balance)) Volatile.Write(ref backend.TablesAreOld, 1);
        if (backend.Balance != BalanceAlgorithm.Random) return;
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
    /// Lays the table or ring out, once for however many servers have changed: those that work now, backups only while
    /// no other does, and of them the first or all (<c>option allbackups</c>).
    /// </summary>
    public static void RenewTables(CompiledConfiguration configuration, SharedWorld shared, Proxy backend)
    {
        using Lock.Scope scope = Laying.EnterScope();
        if (Interlocked.Exchange(ref backend.TablesAreOld, 0) == 0) return;
        ValueList<WeightedServer> working = Working(configuration, shared, backend, backups: false);
        if (working.Count == 0) working = Working(configuration, shared, backend, backups: true);
        if (ChooseServer.HasRing(backend))
        {
            ServerRing ring = RingPoints.Build(configuration, working);
            if (backend.Ring is { } before) StaticTurns.KeepTurn(configuration, shared, backend, before, ring);
            Volatile.Write(ref backend.Ring, ring);
        }
        else Volatile.Write(ref backend.Turns, SlotTable.Build(working));
    }

    /// <summary>Points of the ring follow how warm a server is, slots of the table do not.</summary>
    private static ValueList<WeightedServer> Working(
        CompiledConfiguration configuration, SharedWorld shared, Proxy backend, bool backups)
    {
        ValueList<WeightedServer> working = new();
        bool onlyFirst = backups && (backend.Options & ProxyOptions.AllBackups) == 0;
        int divisor = ChooseServer.HasRing(backend) ? 1 : Divisor(configuration, backend);
        foreach (int number in backend.Servers)
        {
            ref SharedServer row = ref shared.Server(number);
            if (configuration.Servers[number].Backup != backups || !ServerSlots.MayTake(row)) continue;
            int weight = ChooseServer.HasRing(backend) ? Volatile.Read(ref row.Share) : Volatile.Read(ref row.Weight);
            if (weight <= 0) continue; // another thread has just set it to 0
            working.Add(new WeightedServer(number, (weight + divisor - 1) / divisor));
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

    /// <summary>What the weights of the file have in common: the table is so many times shorter.</summary>
    private static int Divisor(CompiledConfiguration configuration, Proxy backend)
    {
        int divisor = 0;
        foreach (int number in backend.Servers)
            divisor = GreatestCommonDivisor(configuration.Servers[number].Weight, divisor);
        return Math.Max(1, divisor);
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
