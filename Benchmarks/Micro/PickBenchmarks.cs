using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
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
        WordFiles.Register();
        StringBuilder text = new();
        text.Append("defaults\n mode http\n timeout client 1s\n timeout connect 1s\n timeout server 1s\n");
        text.Append(CultureInfo.InvariantCulture, $"frontend fe\n bind 127.0.0.1:8080\n default_backend be\nbackend be\n balance {Algorithm}\n");
        for (int i = 0; i < Servers; i++) text.Append(CultureInfo.InvariantCulture, $" server s{i} 127.0.0.1:8081\n");
        ConfigurationFile[] files = [new ConfigurationFile("f", Encoding.Latin1.GetBytes(text.ToString()))];
        CompiledConfiguration configuration =
            ConfigurationLoader.Run(files, new Options(), new Engine.Data.Configuration.Diagnostics(static _ => { }))!;
        TurnSequence.Prepare(configuration);
        SharedWorld shared = new(configuration, 1, 64);
        world = new World(configuration, shared, 0, WorldSizes.For(64), 1);
        backend = configuration.Proxies[^1];
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
