using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary><c>balance roundrobin</c>: each server in turn, as often as its weight says (<see cref="TurnOrder"/>).</summary>
public static class RoundRobin
{
    /// <summary>Turns of full servers that are passed over one by one; then a free one is looked for.</summary>
    private const int LooksMax = 64;

    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        TurnOrder? order = backend.TurnOrder;
        if (!BackupServers.AnyActive(world, backend))
        {
            // One backup for all needs no turns: AnyFree finds it.
            if ((backend.Options & ProxyOptions.AllBackups) == 0) return ChooseServer.Full;
            order = backend.BackupTurnOrder;
        }
        if (order is null) return ChooseServer.Full;
        order.Lock.Enter();
        bool roundEnded = false;
        int place = order.Take(ref roundEnded);
        int server = ChooseServer.Full;
        if (place >= 0)
        {
            if (IsTaken(world, order, place, stream.FailedServer))
            {
                server = order.Servers[place];
                order.PutBack(place);
            }
            else
            {
                server = PassOver(world, backend, order, place, roundEnded, stream.FailedServer);
            }
        }
        order.Lock.Exit();
        return server;
    }

    private static bool IsTaken(World world, TurnOrder order, int place, int avoid) =>
        order.Servers[place] != avoid && ServerSlots.TryTake(world.Shared, order.Servers[place]);

    /// <summary>
    /// The first in turn will not do: the next that will, of all but the one to avoid. Those passed over have had their
    /// turns; in a round that began meanwhile they wait for their first.
    /// </summary>
    private static int PassOver(World world, Proxy backend, TurnOrder order, int place, bool roundEnded, int avoid)
    {
        Span<int> passed = stackalloc int[LooksMax];
        int count = 0;
        int avoided = -1;
        do
        {
            if (order.Servers[place] == avoid) avoided = place;
            passed[count++] = place;
            place = count < LooksMax ? order.Take(ref roundEnded) : -1;
        }
        while (place >= 0 && !IsTaken(world, order, place, avoid));
        if (place < 0 && avoided >= 0 && ServerSlots.TryTake(world.Shared, avoid)) place = avoided;
        if (place >= 0) order.PutBack(place);
        for (int i = count - 1; i >= 0; i--)
        {
            if (passed[i] == place) continue;
            if (roundEnded) order.PutBackWaiting(passed[i]);
            else order.PutBack(passed[i]);
        }
        if (place >= 0) return order.Servers[place];
        return count == LooksMax ? LookAround(world, backend, order, avoid) : ChooseServer.Full;
    }

    /// <summary>Many are full: the next free one in the order of the file, behind the one found so before.</summary>
    private static int LookAround(World world, Proxy backend, TurnOrder order, int avoid)
    {
        int server = FreeServers.TryTake(world, backend, order.LookFrom, avoid);
        if (server >= 0) order.LookFrom = FreeServers.PlaceOf(world, server) + 1;
        return server;
    }
}
