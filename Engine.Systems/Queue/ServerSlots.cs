using System.Threading;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>
/// Slots of servers as tokens: taken here under the limit, given back here, nowhere else. The one place where a limit
/// of 0 means none, and the one function that says whether a server may take a waiter.
/// </summary>
public static class ServerSlots
{
    /// <summary>Takes a slot unless the server is full or takes no requests.</summary>
    public static bool TryTake(SharedWorld shared, int server)
    {
        return MayTake(shared.Server(server)) && TryRaise(ref shared.Server(server));
    }

    /// <summary>The same for a client that belongs to the server: its weight does not count.</summary>
    public static bool TryTakeOwn(SharedWorld shared, int server) =>
        MayTakeOwn(shared.Server(server)) && TryRaise(ref shared.Server(server));

    private static bool TryRaise(ref SharedServer row)
    {
        while (true)
        {
            int served = Volatile.Read(ref row.Served);
            int limit = Volatile.Read(ref row.Limit);
            if (limit != 0 && served >= limit) return false;
            if (Interlocked.CompareExchange(ref row.Served, served + 1, served) == served) return true;
        }
    }

    /// <summary>The server takes new requests at all: running, and of some weight.</summary>
    public static bool MayTake(in SharedServer server) =>
        Volatile.Read(in server.Running) != 0 && Volatile.Read(in server.Weight) > 0;

    /// <summary>The server takes requests of clients that belong to it: running.</summary>
    public static bool MayTakeOwn(in SharedServer server) => Volatile.Read(in server.Running) != 0;

    public static bool IsFull(in SharedServer server)
    {
        int limit = Volatile.Read(in server.Limit);
        return limit != 0 && Volatile.Read(in server.Served) >= limit;
    }

    /// <summary>Gives the slot of a stream back and lets a waiter have it.</summary>
    public static void Release(World world, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.HoldsServerSlot) == 0) return;
        stream.Flags &= ~StreamFlags.HoldsServerSlot;
        GiveBack(world, stream.ServerNumber);
    }

    /// <summary>Gives back a slot that no stream holds any more.</summary>
    public static void GiveBack(World world, int server)
    {
        int left = Interlocked.Decrement(ref world.Shared.Server(server).Served);
        Check.That(left >= 0);
        Dequeue.Run(world, server);
    }
}
