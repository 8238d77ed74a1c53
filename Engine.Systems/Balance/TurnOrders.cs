using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary>Keeps the <see cref="TurnOrder"/>s of backends with <c>balance roundrobin</c>.</summary>
public static class TurnOrders
{
    /// <summary>Lays a backend's orders out for the state that its servers begin in.</summary>
    public static void Prepare(CompiledConfiguration configuration, SharedWorld shared, Proxy backend)
    {
        if (backend.Balance != BalanceAlgorithm.RoundRobin) return;
        backend.TurnOrder = Begin(configuration, shared, backend, backups: false);
        if ((backend.Options & ProxyOptions.AllBackups) != 0)
            backend.BackupTurnOrder = Begin(configuration, shared, backend, backups: true);
    }

    /// <summary>A server came while the process runs.</summary>
    public static void Add(Proxy backend, Server server)
    {
        if ((server.Backup ? backend.BackupTurnOrder : backend.TurnOrder) is not { } order) return;
        order.Lock.Enter();
        server.TurnPlace = order.Add(server.Number);
        order.Lock.Exit();
    }

    /// <summary>A server has another weight or state than before, or may have: its row says which.</summary>
    public static void Changed(CompiledConfiguration configuration, SharedWorld shared, int number)
    {
        Server server = configuration.Servers[number];
        Proxy backend = configuration.Proxies[server.Backend];
        if ((server.Backup ? backend.BackupTurnOrder : backend.TurnOrder) is not { } order) return;
        order.Lock.Enter();
        order.SetWeight(server.TurnPlace, WeightOf(shared, number));
        order.Lock.Exit();
    }

    private static int WeightOf(SharedWorld shared, int number) =>
        ServerSlots.MayTake(shared.Server(number)) ? Volatile.Read(ref shared.Server(number).Share) : 0;

    private static TurnOrder Begin(CompiledConfiguration configuration, SharedWorld shared, Proxy backend, bool backups)
    {
        TurnOrder order = new();
        int[] numbers = System.Array.FindAll(backend.Servers, number => configuration.Servers[number].Backup == backups);
        order.Reserve(numbers);
        for (int place = 0; place < numbers.Length; place++)
        {
            configuration.Servers[numbers[place]].TurnPlace = place;
            order.Begin(place, WeightOf(shared, numbers[place]));
        }
        return order;
    }
}
