using System;
using System.Collections.Generic;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>The CPUs that the process may run on, and a thread's place among them.</summary>
public static unsafe class CpuAffinity
{
    /// <summary>Bytes of a mask: 8,192 CPUs, what the kernel is built for at most.</summary>
    private const int MaskBytes = 1024;

    /// <summary>Numbers of the usable CPUs, rising. Never empty.</summary>
    public static int[] Usable()
    {
        ulong* mask = stackalloc ulong[MaskBytes / sizeof(ulong)];
        new Span<ulong>(mask, MaskBytes / sizeof(ulong)).Clear();
        if (ProcessCalls.GetAffinity(0, MaskBytes, mask) < 0) return [0];
        List<int> cpus = [];
        for (int cpu = 0; cpu < MaskBytes * 8; cpu++)
        {
            if ((mask[cpu >> 6] >> (cpu & 63) & 1) != 0) cpus.Add(cpu);
        }
        return cpus.Count > 0 ? [.. cpus] : [0];
    }

    /// <summary>Binds the calling thread to these CPUs. False when none of them may be used.</summary>
    public static bool Pin(ReadOnlySpan<int> cpus)
    {
        ulong* mask = stackalloc ulong[MaskBytes / sizeof(ulong)];
        new Span<ulong>(mask, MaskBytes / sizeof(ulong)).Clear();
        foreach (int cpu in cpus)
        {
            if ((uint)cpu < MaskBytes * 8) mask[cpu >> 6] |= 1ul << (cpu & 63);
        }
        return ProcessCalls.SetAffinity(0, MaskBytes, mask) == 0;
    }
}
