namespace Benchmarks.Load;

/// <summary>How a load program offers requests.</summary>
public enum LoadKind
{
    /// <summary>
    /// Each connection sends its next request when the answer to the one before is complete.
    /// </summary>
    Closed,

    /// <summary>
    /// As <see cref="Closed"/>, but each request asks for close and the next one uses a new connection.
    /// </summary>
    PerRequest,

    /// <summary>
    /// Requests are due at a constant rate whatever the answers do, and their latency counts from when they
    /// were due, so a stall is charged to every request that it delayed.
    /// </summary>
    Open,
}
