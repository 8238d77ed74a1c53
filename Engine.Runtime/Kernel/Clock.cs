using System;
using System.Diagnostics;

namespace Engine.Runtime.Kernel;

/// <summary>The machine's clocks, as the two real back ends report them.</summary>
internal static class Clock
{
    /// <summary>CLOCK_MONOTONIC in nanoseconds, which is what a Stopwatch counts in on Linux.</summary>
    public static long MonotonicNanoseconds => Stopwatch.GetTimestamp();

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static long WallMicroseconds =>
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
