namespace Engine.Data.Profiling;

/// <summary>When a row joined a list, and which phase put it there. 16 bytes.</summary>
public struct WorkDate
{
    /// <summary>Monotonic nanoseconds.</summary>
    public long Nanoseconds;

    public WorkKind By;
}
