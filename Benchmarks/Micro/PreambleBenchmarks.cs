using System;
using BenchmarkDotNet.Attributes;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Systems.Connect;
using Engine.Systems.Preambles;

namespace Benchmarks.Micro;

/// <summary>What a PROXY header costs a new connection: read in both versions, checked by CRC, and written.</summary>
[MemoryDiagnoser]
[AllocatesNothing]
public class PreambleBenchmarks
{
    private const int LengthMax = 16384;

    private readonly byte[] readable = "PROXY TCP4 192.168.100.200 10.20.30.40 51234 443\r\n"u8.ToArray();
    private readonly byte[] space = new byte[ParseProxyV1.LengthMax];
    private SocketAddress source;
    private SocketAddress destination;

    private readonly byte[] binary = Convert.FromHexString(
        "0d0a0d0a000d0a515549540a211100257f0000017f000001b79c470f"
        + "20000b3132372e302e302e312d78ee000179030004ce934d31");

    [GlobalSetup]
    public void Prepare()
    {
        source = SocketAddress.Inet([192, 168, 100, 200], 51234);
        destination = SocketAddress.Inet([10, 20, 30, 40], 443);
    }

    [Benchmark]
    public bool ReadVersion1()
    {
        PreambleText text = default;
        return ParseProxyV1.TryRun(readable, ref text, out PreambleFault fault) && fault == PreambleFault.None;
    }

    [Benchmark]
    public bool ReadVersion2WithChecksum()
    {
        PreambleText text = default;
        return ParseProxyV2.TryRun(binary, LengthMax, ref text, out PreambleFault fault) && fault == PreambleFault.None;
    }

    [Benchmark]
    public int WriteVersion1() => SendProxyHeader.WriteV1(space, source, destination);
}
