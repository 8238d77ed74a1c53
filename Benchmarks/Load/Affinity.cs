using System;
using System.IO;

namespace Benchmarks.Load;

/// <summary>Pins threads to CPUs. A child process inherits the mask of the thread that starts it.</summary>
public static unsafe class Affinity
{
    private const int MaskWords = 16;

    /// <summary>
    /// Pins the calling thread to CPUs (numbers below 1,024). False when the kernel refuses, as for a CPU
    /// that is not there.
    /// </summary>
    public static bool Pin(ReadOnlySpan<int> cpus) => Pin(0, cpus);

    /// <summary>Pins every thread that the process has now; threads that they start inherit it.</summary>
    public static bool PinProcess(ReadOnlySpan<int> cpus)
    {
        bool pinned = true;
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (int.TryParse(Path.GetFileName(task), out int thread)) pinned &= Pin(thread, cpus);
        }

        return pinned;
    }

    private static bool Pin(int thread, ReadOnlySpan<int> cpus)
    {
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        foreach (int cpu in cpus)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cpu, (uint)(MaskWords * 64));
            mask[cpu / 64] |= 1UL << (cpu % 64);
        }

        return LibC.SetAffinity(thread, MaskWords * sizeof(ulong), mask) == 0;
    }
}
