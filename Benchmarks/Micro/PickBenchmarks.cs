using BenchmarkDotNet.Attributes;
using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Queue;

namespace Benchmarks.Micro;

/// <summary>What choosing a server costs, its slot taken and given back, by how many servers the backend has.</summary>
[MemoryDiagnoser]
public class PickBenchmarks
{
    private World world = null!;
    private Proxy backend = null!;
    private Stream stream = new() { FailedServer = -1 };

    [Params(10, 1_000, 50_000)]
    public int Servers { get; set; }

    [Params("roundrobin", "leastconn", "random", "static-rr", "first")]
    public string Algorithm { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        world = PickWorld.Of($" balance {Algorithm}", Servers, static _ => "");
        backend = world.Configuration.Proxies[^1];
    }

    [Benchmark]
    [AllocatesNothing]
    public int ChooseAndGiveBack()
    {
        int server = ChooseServer.Run(world, 0, ref stream, backend);
        ServerSlots.GiveBack(world, server);
        return server;
    }
}
