using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Pick;

namespace Engine.Systems.Queue;

/// <summary>
/// Slots of servers as tokens: taken here under the limit, given back here, nowhere else. The one place where a limit
/// of 0 means none, and the one function that says whether a server may take a request or a waiter.
/// </summary>
public static class ServerSlots
{
    /// <summary>
    /// Whether a server may take a request, slots aside. Every path asks here: choice, queues, changes of servers.
    /// </summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="server">The server.</param>
    /// <param name="isTied">
    /// The request belongs to this server: neither its weight nor other servers count, nor with <c>option persist</c>
    /// that it is down.
    /// </param>
    public static bool MayTake(World world, int server, bool isTied)
    {
        ref SharedServer row = ref world.Shared.Server(server);
        if (isTied)
        {
            return IsRunning(row)
                || (world.Configuration.Proxies[row.Backend].Options & ProxyOptions.Persist) != 0;
        }
        return MayTake(row)
            && (!world.Configuration.Servers[server].Backup
                || BackupServers.IsTheirTurn(world, world.Configuration.Proxies[row.Backend], server));
    }

    /// <summary>The server takes requests that are not tied to it: running, and of some weight.</summary>
    public static bool MayTake(in SharedServer server) => IsRunning(server) && Volatile.Read(in server.Weight) > 0;

    /// <summary>It is neither down nor in maintenance.</summary>
    public static bool IsRunning(in SharedServer server) => Volatile.Read(in server.Running) != 0;

    /// <summary>Takes a slot unless the server is full or takes no requests.</summary>
    public static bool TryTake(SharedWorld shared, int server) =>
        MayTake(shared.Server(server)) && TryRaise(shared, server);

    /// <summary>Takes a slot for a request that belongs to the server.</summary>
    public static bool TryTakeTied(World world, int server) =>
        MayTake(world, server, isTied: true) && TryRaise(world.Shared, server);

    /// <summary>Takes a slot under the limit, whatever the state of the server.</summary>
    public static bool TryRaise(SharedWorld shared, int server)
    {
        ref SharedServer row = ref shared.Server(server);
        while (true)
        {
            int served = Volatile.Read(ref row.Served);
            int limit = LimitOf(shared, row);
            if (limit != 0 && served >= limit) return false;
            if (Interlocked.CompareExchange(ref row.Served, served + 1, served) == served) return true;
        }
    }

    public static bool IsFull(SharedWorld shared, int server)
    {
        ref SharedServer row = ref shared.Server(server);
        int limit = LimitOf(shared, row);
        return limit != 0 && Volatile.Read(ref row.Served) >= limit;
    }

    /// <summary>Whether requests may have to wait for it.</summary>
    public static bool HasLimit(SharedWorld shared, int server) => Volatile.Read(ref shared.Server(server).Limit) != 0;

    /// <summary>Slots that are not taken, never below 0; -1: there is no limit.</summary>
    public static int Free(SharedWorld shared, int server)
    {
        ref SharedServer row = ref shared.Server(server);
        int limit = LimitOf(shared, row);
        return limit == 0 ? -1 : Math.Max(0, limit - Volatile.Read(ref row.Served));
    }

    /// <summary>
    /// Slots that a server has now, 0 for no limit: its <c>maxconn</c>; with <c>minconn</c> the part of it that the
    /// backend's streams are of <c>fullconn</c>; while it warms up the part that it is given of that, 1 at least.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LimitOf(SharedWorld shared, in SharedServer row)
    {
        int limit = Volatile.Read(in row.Limit);
        return limit == 0 || (row.LimitMin == 0 && row.Warmth == 100) ? limit : Reduced(shared, row, limit);
    }

    private static int Reduced(SharedWorld shared, in SharedServer row, int limit)
    {
        int least = Volatile.Read(in row.LimitMin);
        ref SharedProxy backend = ref shared.Proxy(row.Backend);
        long streams = Volatile.Read(ref backend.BackendConnections);
        if (least != 0 && streams < backend.FullConnections)
            limit = (int)Math.Min(limit, Math.Max(least, streams * limit / backend.FullConnections));
        int warmth = Volatile.Read(in row.Warmth);
        return warmth < 100 ? (int)Math.Max(1, (long)limit * warmth / 100) : limit;
    }

    /// <summary>Gives the slot of a stream back and lets a waiter have it.</summary>
    public static void Release(World world, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.HoldsServerSlot) == 0) return;
        stream.Flags &= ~StreamFlags.HoldsServerSlot;
        GiveBack(world, stream.ServerNumber);
    }

    /// <summary>Gives back a slot that no stream holds any more.</summary>
    public static void GiveBack(World world, int server) => GiveBack<NoSteps>(world, server);

    public static void GiveBack<TSteps>(World world, int server)
        where TSteps : struct, IQueueSteps
    {
        TSteps.Reach(QueueStep.GiveBack);
        int left = Interlocked.Decrement(ref world.Shared.Server(server).Served);
        Check.That(left >= 0);
        FreeServers.Changed(world, server);
        LeastConnections.Changed(world, server);
        if (TSteps.LooksAgain(QueueStep.GaveBack)) Dequeue.Run<TSteps>(world, server);
    }
}
