using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;

namespace Engine.Systems.Balance;

/// <summary>
/// <c>balance random(draws)</c>: of so many servers drawn by weight, the one with the fewest streams for
/// its weight.
/// </summary>
public static class Random
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream)
    {
        // A server stands here as often as its weight says. Where one backup works for all, nobody does.
        int[] turns = Volatile.Read(ref BackupServers.AnyActive(world, backend) ? ref backend.Turns : ref backend.BackupTurns);
        if (turns.Length == 0) return ChooseServer.Full;
        int best = ChooseServer.Full;
        long bestLoad = long.MaxValue;
        for (int draw = 0; draw < backend.RandomDraws; draw++)
        {
            int number = turns[(int)(world.NextRandom() % (uint)turns.Length)];
            if (!BackupServers.IsEligible(world, backend, world.Configuration.Servers[number])) continue;
            ref SharedServer server = ref world.Shared.Server(number);
            int weight = Volatile.Read(ref server.Share); // another thread may have set it to 0 since
            if (weight <= 0) continue;
            long load = (long)Volatile.Read(ref server.Served) * 65536 / weight;
            if (load >= bestLoad) continue;
            bestLoad = load;
            best = number;
        }
        return best >= 0 && ChooseServer.TryTake(world, backend, best) ? best : ChooseServer.Full;
    }
}
