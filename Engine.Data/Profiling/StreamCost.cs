namespace Engine.Data.Profiling;

/// <summary>What a stream cost so far (manual section 7.3.2: <c>cpu_calls</c>, <c>cpu_ns_tot</c>, <c>lat_ns_tot</c>). 24 bytes.</summary>
public struct StreamCost
{
    /// <summary>Times a phase worked on it, the present one included.</summary>
    public ulong Calls;

    /// <summary>Nanoseconds of those that are over, measured while profiling is on.</summary>
    public ulong CpuNanoseconds;

    /// <summary>Nanoseconds that it waited for them, measured while profiling is on.</summary>
    public ulong LatencyNanoseconds;
}
