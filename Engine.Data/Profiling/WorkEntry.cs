namespace Engine.Data.Profiling;

/// <summary>What one kind of work cost since profiling began, by what had listed it. 24 bytes.</summary>
public struct WorkEntry
{
    /// <summary>Rows worked on.</summary>
    public ulong Calls;

    /// <summary>Time spent on them, nanoseconds.</summary>
    public ulong CpuNanoseconds;

    /// <summary>From when they were listed to when their turn came, nanoseconds.</summary>
    public ulong LatencyNanoseconds;
}
