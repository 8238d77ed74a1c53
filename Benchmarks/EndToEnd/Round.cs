using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// What one subject did in one round of one scenario. Numbers that the scenario does not measure are null.
/// </summary>
public sealed record Round
{
    /// <summary>Number of the round, from 0; rounds of the same number ran next to each other.</summary>
    public int Number { get; init; }

    public long? Requests { get; init; }

    public double? RequestsPerSecond { get; init; }

    /// <summary>CPU of the proxy per request, microseconds.</summary>
    public double? CpuUs { get; init; }

    public double? UserUs { get; init; }

    public double? SystemUs { get; init; }

    public double? P50Us { get; init; }

    public double? P99Us { get; init; }

    public double? P999Us { get; init; }

    public double? MaximumUs { get; init; }

    /// <summary>Resident memory of the proxy after the round, bytes.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>CPU of the origin per request, microseconds.</summary>
    public double? OriginUs { get; init; }

    /// <summary>CPU of the client per request, microseconds.</summary>
    public double? ClientUs { get; init; }

    /// <summary>Share of the proxy's CPUs that was busy, percent.</summary>
    public double? BusyPercent { get; init; }

    /// <summary>
    /// Share of the proxy's CPUs that others than the proxy used, percent: above 2 the round was disturbed.
    /// </summary>
    public double? ForeignPercent { get; init; }

    /// <summary>Log lines that reached the sink, per request.</summary>
    public double? LogLinesPerRequest { get; init; }

    public long? Reconnects { get; init; }

    public long? BacklogMax { get; init; }

    /// <summary>User memory (PSS) per idle connection, bytes.</summary>
    public double? MemoryPerConnection { get; init; }

    /// <summary>From start to the end of the first answer, milliseconds.</summary>
    public double? StartMs { get; init; }

    /// <summary>Managed heap per request, bytes.</summary>
    public double? AllocatedPerRequest { get; init; }

    /// <summary>Requests that failed, by kind; null when none did.</summary>
    public LoadErrors? Errors { get; init; }

    /// <summary>The value of a metric, null when the round did not measure it.</summary>
    public double? ValueOf(Metric metric) => metric switch
    {
        Metric.CpuPerRequest => CpuUs,
        Metric.RequestsPerSecond => RequestsPerSecond,
        Metric.P99 => P99Us,
        Metric.MemoryPerConnection => MemoryPerConnection,
        Metric.StartTime => StartMs,
        Metric.AllocatedPerRequest => AllocatedPerRequest,
        _ => null,
    };
}
