using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Benchmarks.Load;

/// <summary>
/// CPU time that a process and its descendants have used since they started, in nanoseconds.
/// </summary>
/// <param name="RunNs">
/// Time on a CPU by the scheduler's clock. It is the counter of /proc/PID/task/*/schedstat, read through the
/// process's CPU clock so that threads that have ended (and io_uring's workers) stay counted.
/// </param>
/// <param name="UserNs">Part in user mode; the kernel counts it in hundredths of a second.</param>
/// <param name="SystemNs">Part in the kernel; same precision.</param>
public readonly record struct CpuTimes(long RunNs, long UserNs, long SystemNs)
{
    private const long TickNs = 10_000_000;

    public static CpuTimes operator -(CpuTimes later, CpuTimes earlier) => new(
        later.RunNs - earlier.RunNs, later.UserNs - earlier.UserNs, later.SystemNs - earlier.SystemNs);

    public static CpuTimes operator +(CpuTimes one, CpuTimes other) =>
        new(one.RunNs + other.RunNs, one.UserNs + other.UserNs, one.SystemNs + other.SystemNs);

    /// <summary>Times of a process and all its descendants; processes that are gone count as zero.</summary>
    public static CpuTimes OfTree(int process)
    {
        CpuTimes sum = default;
        foreach (int member in ProcessTree.Of(process))
            sum += OfOne(member);
        return sum;
    }

    /// <summary>
    /// Busy time of one CPU since boot, in nanoseconds, whoever used it (interrupts and stolen time
    /// included), by the kernel's ticks. 0 when the kernel does not tell.
    /// </summary>
    public static long BusyOfCpu(int cpu)
    {
        string prefix = $"cpu{cpu} ";
        foreach (string line in File.ReadLines("/proc/stat"))
        {
            if (!line.StartsWith(prefix, StringComparison.Ordinal)) continue;
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

            // user nice system idle iowait irq softirq steal
            long ticks = 0;
            foreach (int field in (ReadOnlySpan<int>)[1, 2, 3, 6, 7, 8])
                ticks += long.Parse(fields[field], CultureInfo.InvariantCulture);
            return ticks * TickNs;
        }

        return 0;
    }

    private static unsafe CpuTimes OfOne(int process)
    {
        // The kernel's encoding of "CPU clock of another process": its number inverted, and clock kind 2.
        int clock = (~process << 3) | 2;
        long* time = stackalloc long[2];
        if (LibC.GetClock(clock, time) != 0) return default;
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            long user = long.Parse(fields[11], CultureInfo.InvariantCulture);
            long system = long.Parse(fields[12], CultureInfo.InvariantCulture);
            return new CpuTimes((time[0] * 1_000_000_000) + time[1], user * TickNs, system * TickNs);
        }
        catch (IOException)
        {
            return default;
        }
    }
}
