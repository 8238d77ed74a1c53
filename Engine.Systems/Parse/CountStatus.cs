using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Health;

namespace Engine.Systems.Parse;

/// <summary>Counts a server's response by its status.</summary>
public static unsafe class CountStatus
{
    public static void OfServer(World world, ref Stream stream, ushort status)
    {
        if (stream.ServerNumber < 0) return;
        int hundreds = status / 100;
        if (hundreds > 5) hundreds = 0;
        world.ServerCounters[stream.ServerNumber].Status[hundreds]++;
        ObserveTraffic.Responded(world, stream.ServerNumber, status);
    }
}
