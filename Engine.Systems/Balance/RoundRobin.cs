using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;

namespace Engine.Systems.Balance;

/// <summary><c>balance roundrobin</c> and <c>static-rr</c>: each server in turn, as often as its weight says.</summary>
public static class RoundRobin
{
    /// <summary>Turns of full or absent servers that are passed over one by one; then a free one is looked for.</summary>
    private const int LooksMax = 64;

    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        int[] turns = Turns(world, backend);
        if (turns.Length == 0) return ChooseServer.Full; // weights of 0 only: AnyFree says None
        int looks = Math.Min(turns.Length, LooksMax);
        ref uint next = ref world.Shared.Proxy(backend.Number).Turn;
        // Who goes elsewhere leaves the turn to the server whose it is.
        for (uint i = 0; stream.FailedServer >= 0 && i < looks; i++)
        {
            int server = turns[(Volatile.Read(ref next) + i) % (uint)turns.Length];
            if (server != stream.FailedServer && ChooseServer.TryTake(world, backend, server)) return server;
        }
        int last = -1;
        for (int i = 0; i < looks; i++)
        {
            uint turn = world.Shared.Threads == 1 ? next++ : Interlocked.Increment(ref next) - 1;
            last = turns[turn % (uint)turns.Length];
            if (ChooseServer.TryTake(world, backend, last)) return last;
        }
        return looks == turns.Length ? ChooseServer.Full : Behind(world, backend, turns, last, ref next);
    }

    /// <summary>The servers whose turns it is now; none where one backup works for all.</summary>
    public static int[] Turns(World world, Proxy backend) =>
        Volatile.Read(ref BackupServers.AnyActive(world, backend) ? ref backend.Turns : ref backend.BackupTurns);

    /// <summary>Many are full in a row: the next free one in the order of the file, and the turn goes on behind it.</summary>
    private static int Behind(World world, Proxy backend, int[] turns, int last, ref uint next)
    {
        int server = FreeServers.TryTake(world, backend, FreeServers.PlaceOf(world, last) + 1, avoid: -1);
        if (server < 0) return ChooseServer.Full;
        int place = FreeServers.PlaceOf(world, server);
        if (place < turns.Length && turns[place] == server) Volatile.Write(ref next, (uint)place + 1);
        return server;
    }
}
