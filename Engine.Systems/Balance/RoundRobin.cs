using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Balance;

/// <summary><c>balance roundrobin</c> and <c>static-rr</c>: each server in turn, as often as its weight says.</summary>
public static class RoundRobin
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        int[] turns = backend.Turns;
        if (turns.Length == 0) return ChooseServer.Full; // weights of 0 only: AnyFree says None
        // Two rounds at most: a full or absent server's turn passes to the next.
        ref uint next = ref world.Shared.Proxy(backend.Number).Turn;
        // Who goes elsewhere leaves the turn to the server whose it is.
        for (uint i = 0; stream.FailedServer >= 0 && i < turns.Length; i++)
        {
            int server = turns[(Volatile.Read(ref next) + i) % (uint)turns.Length];
            if (server != stream.FailedServer && ChooseServer.TryTake(world, backend, server)) return server;
        }
        for (int i = 0; i < turns.Length; i++)
        {
            uint turn = world.Shared.Threads == 1 ? next++ : Interlocked.Increment(ref next) - 1;
            int server = turns[turn % (uint)turns.Length];
            if (ChooseServer.TryTake(world, backend, server)) return server;
        }
        return ChooseServer.Full;
    }
}
