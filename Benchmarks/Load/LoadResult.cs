namespace Benchmarks.Load;

/// <summary>
/// What one load run saw in its measured window. Times are nanoseconds unless named otherwise.
/// </summary>
public sealed record LoadResult
{
    /// <summary>Requests answered with 2xx, whole.</summary>
    public long Requests { get; init; }

    public double Seconds { get; init; }

    public double RequestsPerSecond => Seconds > 0 ? Requests / Seconds : 0;

    public long P50Ns { get; init; }

    public long P99Ns { get; init; }

    public long P999Ns { get; init; }

    public long MaximumNs { get; init; }

    /// <summary>
    /// Connections that the peer closed after an answer it announced so, and that were opened again.
    /// </summary>
    public long Reconnects { get; init; }

    /// <summary>Most requests of an open load that were due and had no connection free.</summary>
    public long BacklogMax { get; init; }

    public LoadErrors Errors { get; init; } = new();

    /// <summary>CPU of the watched process in the window.</summary>
    public CpuTimes ProxyCpu { get; init; }

    public CpuTimes OriginCpu { get; init; }

    /// <summary>CPU of the load program itself in the window.</summary>
    public CpuTimes ClientCpu { get; init; }

    /// <summary>Busy time of the watched CPU in the window, whoever used it.</summary>
    public long CpuBusyNs { get; init; }
}
