namespace Benchmarks.EndToEnd;

/// <summary>A number that a round measures and that a limit or a comparison may judge.</summary>
public enum Metric
{
    /// <summary>CPU time of the proxy per request, microseconds.</summary>
    CpuPerRequest,

    /// <summary>Requests per second; the only one of which more is better.</summary>
    RequestsPerSecond,

    /// <summary>99th percentile of the latency, microseconds.</summary>
    P99,

    /// <summary>User memory per idle keep-alive connection, bytes.</summary>
    MemoryPerConnection,

    /// <summary>Time from starting the process to the end of its first answer, milliseconds.</summary>
    StartTime,

    /// <summary>Bytes allocated on the managed heap per request; measured for sluice alone.</summary>
    AllocatedPerRequest,
}
