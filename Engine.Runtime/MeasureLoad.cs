using System;
using Engine.Data.Shared;

namespace Engine.Runtime;

/// <summary>How busy a thread is: what it took of its processor in half a second, or in longer when it slept longer.</summary>
internal struct MeasureLoad
{
    private const long WindowNanoseconds = 500_000_000;

    private long beganAt;
    private long usedBefore;

    public readonly bool IsDue(long nowNanoseconds) => nowNanoseconds - beganAt >= WindowNanoseconds;

    /// <summary>A window is over.</summary>
    /// <param name="nowNanoseconds">Monotonic clock.</param>
    /// <param name="usedNanoseconds">What the thread took of its processor since it began.</param>
    /// <param name="loads">Where it is told.</param>
    /// <param name="thread">Number of the thread.</param>
    public void Tell(long nowNanoseconds, long usedNanoseconds, ThreadLoads loads, int thread)
    {
        if (beganAt != 0) loads.Tell(thread, (int)Math.Min(100, (usedNanoseconds - usedBefore) * 100 / (nowNanoseconds - beganAt)));
        beganAt = nowNanoseconds;
        usedBefore = usedNanoseconds;
    }
}
