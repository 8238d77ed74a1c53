using System.Text;
using BenchmarkDotNet.Attributes;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;

namespace Benchmarks.Micro;

/// <summary>
/// What reading a configuration costs: backends with five servers and five ACLs each, 11 lines a backend.
/// </summary>
[MemoryDiagnoser]
public class ConfigurationBenchmarks
{
    private const int LinesEach = 5;

    private ConfigurationFile[] files = [];

    [Params(10, 5_000)]
    public int Backends { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        WordFiles.Register();
        StringBuilder text = new();
        text.Append("defaults\n mode http\n timeout client 10s\n timeout connect 5s\n timeout server 10s\n");
        for (int i = 0; i < Backends; i++)
        {
            text.Append($"backend b{i}\n");
            string network = $"10.{i >> 8 & 255}.{i & 255}";
            for (int j = 0; j < LinesEach; j++)
                text.Append($"  server s{j} {network}.{j + 1}:8080 weight {j + 1} maxconn 100\n");
            text.Append($"  acl a0 path_beg /app{i}/\n  acl a1 hdr(host) -i host{i}.example.com\n");
            text.Append($"  acl a2 src {network}.0/24\n  acl a3 method GET POST\n  acl a4 path_end .png .jpg .gif\n");
        }
        files = [new ConfigurationFile("f", Encoding.Latin1.GetBytes(text.ToString()))];
    }

    [Benchmark]
    public CompiledConfiguration? ReadAndCompile() =>
        ConfigurationLoader.Run(files, new Options(), new Engine.Data.Configuration.Diagnostics(static _ => { }));
}
