using System;
using System.Diagnostics;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel;

/// <summary>The machine's clocks, as the two real back ends report them.</summary>
internal static class Clock
{
    /// <summary>CLOCK_MONOTONIC in nanoseconds.</summary>
    public static long MonotonicNanoseconds
    {
        get
        {
            Check.That(Stopwatch.Frequency == 1_000_000_000);
            return Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static long WallMicroseconds =>
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
