using System;
using System.Diagnostics;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel;

/// <summary>The machine's clocks, as the two real back ends report them.</summary>
internal static class Clock
{
    /// <summary>CLOCK_MONOTONIC in nanoseconds, which is what a Stopwatch counts in on Linux.</summary>
    public static long MonotonicNanoseconds => Stopwatch.GetTimestamp();

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static long WallMicroseconds =>
        (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>CLOCK_THREAD_CPUTIME_ID of the calling thread, nanoseconds; 0 where there is no such clock.</summary>
    public static unsafe long ThreadNanoseconds
    {
        get
        {
            const int threadClock = 3;
            long* time = stackalloc long[2]; // seconds and nanoseconds
            return Libc.ClockGetTime(threadClock, time) < 0 ? 0 : (time[0] * 1_000_000_000) + time[1];
        }
    }
}
