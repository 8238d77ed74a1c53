using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>Counts a request of which no head could be read: it was one all the same, and failed.</summary>
internal static unsafe class CountFailedRequest
{
    public static void Run(World world, in Stream stream) =>
        Run(world, stream.Frontend, world.Connection[stream.Client].Owner);

    public static void Run(World world, int frontend, int listener)
    {
        world.ProxyCounters[frontend].Requests++;
        world.ProxyCounters[frontend].FailedRequests++;
        world.ListenerCounters[listener].FailedRequests++;
        world.Counters->Requests++;
        if (world.Configuration.Globals.CountsRates) world.Shared.Proxy(frontend).RequestRate.Add(world.NowMs);
    }
}
