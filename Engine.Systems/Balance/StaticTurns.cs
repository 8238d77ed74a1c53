using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Balance;

/// <summary>
/// <c>balance static-rr</c>, and requests without the key of a hash: the slots of the table, or the points of the ring,
/// one behind the other. When the servers change, the turn stays where it was; a table that became shorter begins anew.
/// </summary>
internal static class StaticTurns
{
    /// <summary>Turns of full servers that are passed over one by one; then a free one is looked for.</summary>
    private const uint LooksMax = 256;

    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        if (Volatile.Read(ref backend.TablesAreOld) != 0)
            TurnSequence.RenewTables(world.Configuration, world.Shared, backend);
        return InTable(world, backend, stream.FailedServer);
    }

    /// <summary>The next slot whose server has room; another than the one to avoid, where there is one.</summary>
    public static int InTable(World world, Proxy backend, int avoid)
    {
        int[] slots = Volatile.Read(ref backend.Turns);
        if (slots.Length == 0) return ChooseServer.Full;
        ref SharedProxy row = ref world.Shared.Proxy(backend.Number);
        ShortLock.Enter(ref row.TurnLock);
        uint start = row.Turn < (uint)slots.Length ? row.Turn : 0;
        int server = Next(world, backend, slots, start, avoid, ref row.Turn);
        ShortLock.Exit(ref row.TurnLock);
        return server;
    }

    /// <summary>The next point whose server has room. The turn is what keys begin at that had none yet.</summary>
    public static int OnRing(World world, Proxy backend, ServerRing ring, int avoid)
    {
        ref SharedProxy row = ref world.Shared.Proxy(backend.Number);
        ShortLock.Enter(ref row.TurnLock);
        uint start = (uint)RingPoints.From(ring, row.Turn);
        uint next = 0;
        int server = Next(world, backend, ring.Servers, start, avoid, ref next);
        if (next != 0) row.Turn = ring.Keys[next - 1] + 1;
        ShortLock.Exit(ref row.TurnLock);
        return server;
    }

    /// <summary>
    /// A ring is to be another. Where the point that had the last turn is gone, the one behind it counts as the one that
    /// had it; backups that take over for all others, and who comes when there was none, begin at the first.
    /// </summary>
    public static void KeepTurn(
        CompiledConfiguration configuration, SharedWorld shared, Proxy backend, ServerRing before, ServerRing after)
    {
        ref SharedProxy row = ref shared.Proxy(backend.Number);
        ShortLock.Enter(ref row.TurnLock);
        if (before.Keys.Length == 0 || after.Keys.Length == 0) row.Turn = 0; // a turn may have been taken meanwhile
        if (row.Turn != 0)
        {
            uint last = row.Turn - 1;
            int was = before.Servers[RingPoints.From(before, last)];
            int next = RingPoints.From(after, last);
            int stands = after.Servers[next];
            if (configuration.Servers[was].Backup != configuration.Servers[stands].Backup) row.Turn = 0;
            else if (after.Keys[next] != last || stands != was) row.Turn = after.Keys[next] + 1;
        }
        ShortLock.Exit(ref row.TurnLock);
    }

    /// <param name="world">The thread's world.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="slots">Servers, in the order of their turns.</param>
    /// <param name="start">The first to look at.</param>
    /// <param name="avoid">A server that is taken only if no other has room.</param>
    /// <param name="next">Becomes the place behind the one that was taken; stays when all are full.</param>
    private static int Next(World world, Proxy backend, int[] slots, uint start, int avoid, ref uint next)
    {
        int last = -1;
        int avoided = -1;
        uint looks = Math.Min((uint)slots.Length, LooksMax);
        for (uint i = 0; i < looks; i++)
        {
            uint place = (start + i) % (uint)slots.Length;
            int server = slots[place];
            if (server == avoid) avoided = (int)place;
            if (server == avoid || server == last) continue;
            last = server;
            if (!ChooseServer.TryTake(world, backend, server)) continue;
            next = place + 1;
            return server;
        }
        if (looks < slots.Length)
        {
            int server = Behind(world, backend, slots, last, avoid, ref next);
            if (server >= 0) return server;
            if (avoided < 0) avoided = Array.IndexOf(slots, avoid);
        }
        if (avoided < 0 || !ChooseServer.TryTake(world, backend, avoid)) return ChooseServer.Full;
        next = (uint)avoided + 1;
        return avoid;
    }

    /// <summary>Many are full in a row: the next free one in the order of the file, and the turn goes on behind it.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="slots">Servers, in the order of their turns.</param>
    /// <param name="last">The last that was full; -1 when all that were looked at are the one to avoid.</param>
    /// <param name="avoid">A server that will not do.</param>
    /// <param name="next">Becomes the place behind the one that was taken, where it has one place.</param>
    private static int Behind(World world, Proxy backend, int[] slots, int last, int avoid, ref uint next)
    {
        int start = last < 0 ? 0 : FreeServers.PlaceOf(world, last) + 1;
        int server = FreeServers.TryTake(world, backend, start, avoid);
        if (server < 0) return ChooseServer.Full;
        int place = FreeServers.PlaceOf(world, server);
        if (place < slots.Length && slots[place] == server) next = (uint)place + 1;
        return server;
    }
}
