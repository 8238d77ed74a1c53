using BenchmarkDotNet.Attributes;
using Benchmarks.Load;

namespace Benchmarks.Micro;

/// <summary>
/// What the load programs spend on recording a latency: it is charged to the core that client and origin
/// share, and must stay far below the microseconds that a request takes there.
/// </summary>
[AllocatesNothing]
public class LatencyHistogramBenchmarks
{
    private readonly LatencyHistogram histogram = new();
    private long durationNs = 12_345;

    [Benchmark]
    public void Record()
    {
        durationNs = (durationNs * 1_103_515_245) + 12_345;
        histogram.Record(durationNs & 0xFF_FFFF);
    }

    [Benchmark]
    public long Percentile() => histogram.PercentileNs(0.99);
}
