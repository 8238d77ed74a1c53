using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Balance;

/// <summary><c>balance leastconn</c>: the server with the fewest streams for its weight; equals take turns.</summary>
public static class LeastConnections
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        int[] servers = backend.Servers;
        uint turn = world.Shared.Proxy(backend.Number).Turn++;
        int best = ChooseServer.Full;
        long bestLoad = long.MaxValue;
        for (int i = 0; i < servers.Length; i++)
        {
            int number = servers[(int)((turn + (uint)i) % (uint)servers.Length)];
            if (!BackupServers.IsEligible(world, backend, world.Configuration.Servers[number])) continue;
            ref SharedServer server = ref world.Shared.Server(number);
            if (ServerSlots.IsFull(world.Shared, number)) continue;
            int weight = Volatile.Read(ref server.Share); // another thread may have set it to 0 since
            if (weight <= 0) continue;
            long load = (long)Volatile.Read(ref server.Served) * 65536 / weight;
            if (load >= bestLoad) continue;
            bestLoad = load;
            best = number;
        }
        return best >= 0 && ServerSlots.TryTake(world.Shared, best) ? best : ChooseServer.Full;
    }
}
