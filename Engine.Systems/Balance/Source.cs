using System;
using System.Buffers.Binary;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;

namespace Engine.Systems.Balance;

/// <summary>
/// <c>balance source</c>: the client's address chooses, the same address always the same server while the farm stays as
/// it is. A full server keeps its clients waiting rather than scatter them.
/// </summary>
public static class Source
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        ReadOnlySpan<byte> address = world.Client[stream.Client].Source.AddressBytes;
        uint hash = 0;
        for (int i = 0; i + 4 <= address.Length; i += 4) hash ^= BinaryPrimitives.ReadUInt32BigEndian(address[i..]);
        int[] turns = backend.Turns;
        if (turns.Length == 0) return ChooseServer.Full;
        uint start = hash % (uint)turns.Length;
        for (uint i = 0; i < turns.Length; i++)
        {
            int server = turns[(start + i) % (uint)turns.Length];
            if (!BackupServers.IsEligible(world, backend, world.Configuration.Servers[server])) continue;
            return ChooseServer.TryTake(world, backend, server) ? server : ChooseServer.WaitFor(server);
        }
        return ChooseServer.Full;
    }
}
