namespace Engine.Runtime.Admin;

/// <summary>
/// Figures of the process that <c>show info</c> shows, taken at one moment. What is absent stays 0.
/// </summary>
public record struct ProcessReport
{
    public int Threads { get; set; }

    public long UptimeMs { get; set; }

    /// <summary>Wall clock at the start, microseconds since 1970.</summary>
    public long StartMicroseconds { get; set; }

    /// <summary>From the start until requests could be served, milliseconds.</summary>
    public long BootMs { get; set; }

    /// <summary><c>-m</c>, megabytes; 0: no limit.</summary>
    public int MemoryMaxMegabytes { get; set; }

    /// <summary>Bytes of buffers and tables in use.</summary>
    public long MemoryUsedBytes { get; set; }

    /// <summary>Bytes of buffers and tables held, in use or kept.</summary>
    public long MemoryHeldBytes { get; set; }

    /// <summary>Receives put off for want of a buffer.</summary>
    public ulong BuffersExhausted { get; set; }

    /// <summary>Soft RLIMIT_NOFILE.</summary>
    public long DescriptorLimit { get; set; }

    /// <summary>Descriptors that the configuration may come to need.</summary>
    public long DescriptorsNeeded { get; set; }

    public int MaxConnections { get; set; }

    /// <summary>What <see cref="MaxConnections"/> was at the start.</summary>
    public int MaxConnectionsAtStart { get; set; }

    /// <summary>Client connections now, since the start, and in the last second.</summary>
    public long Connections { get; set; }

    public ulong ConnectionsTotal { get; set; }

    public long ConnectionRate { get; set; }

    public long ConnectionRateMax { get; set; }

    /// <summary><c>maxconnrate</c> and <c>maxsessrate</c> as they are now; 0: no limit.</summary>
    public int ConnectionRateLimit { get; set; }

    public int SessionRateLimit { get; set; }

    public ulong RequestsTotal { get; set; }

    public long Streams { get; set; }

    public ulong StreamsTotal { get; set; }

    public long SessionRate { get; set; }

    public long SessionRateMax { get; set; }

    /// <summary>Accepts put off because the limit was reached.</summary>
    public ulong MaxConnectionsReached { get; set; }

    /// <summary>Listening sockets that accept.</summary>
    public int Listeners { get; set; }

    public bool Stopping { get; set; }

    /// <summary>Share of the last second that threads slept, percent.</summary>
    public int IdlePercent { get; set; }

    public ulong DroppedLogs { get; set; }

    public ulong BytesOut { get; set; }

    public ulong BytesSpliced { get; set; }

    public int PipesMax { get; set; }

    public int PipesUsed { get; set; }

    /// <summary>Pipes that were used and are kept for the next use.</summary>
    public int PipesKept { get; set; }

    public ulong BytesOutRate { get; set; }

    /// <summary>What encrypted connections count.</summary>
    public TlsReport Tls { get; set; }
}
