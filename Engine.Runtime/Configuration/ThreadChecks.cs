using System;
using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>Warns when threads will compete for CPUs.</summary>
internal static class ThreadChecks
{
    /// <summary><c>thread-hard-limit</c>, before anything counts threads.</summary>
    public static void Limit(Globals globals, Diagnostics diagnostics)
    {
        int limit = globals.ThreadsMax;
        if (limit == 0 || (globals.Threads > 0 ? globals.Threads : Environment.ProcessorCount) <= limit) return;
        if (globals.Threads > limit)
        {
            diagnostics.WarnBare($"nbthread forced to a higher value ({globals.Threads}) than the configured "
                + $"thread-hard-limit ({limit}), enforcing the limit. Please fix either value to remove this warning.");
        }
        globals.Threads = limit;
    }

    public static void Run(Globals globals, Diagnostics diagnostics)
    {
        int threads = globals.Threads > 0 ? globals.Threads : Environment.ProcessorCount;
        HashSet<int> cpus = [];
        int mapped = 0;
        int firstMapped = -1;
        int firstUnmapped = -1;
        for (int i = 0; i < threads; i++)
        {
            int[]? own = i < globals.CpuMap.Length ? globals.CpuMap[i] : null;
            if (own is null)
            {
                if (firstUnmapped < 0) firstUnmapped = i;
                continue;
            }
            if (firstMapped < 0) firstMapped = i;
            mapped++;
            cpus.UnionWith(own);
        }
        if (mapped > 0 && mapped < threads)
        {
            diagnostics.Warn($"Found {mapped} thread(s) mapped to a CPU and {threads - mapped} thread(s) not mapped to "
                + "any CPU. This will result in some threads being randomly assigned to the same CPU, which will "
                + "occasionally cause severe performance degradation. First thread bound is "
                + $"{firstMapped} and first thread not bound is {firstUnmapped}. Please either bind all threads or "
                + "none (maybe some cpu-map directives are missing?).");
            return;
        }
        int available = mapped > 0 ? cpus.Count : Environment.ProcessorCount;
        if (threads <= available) return;
        diagnostics.Warn($"This configuration binds {threads} threads to a total of {available} CPUs via cpu-map "
            + "directives. This means that some threads will compete for the same CPU, which will cause severe "
            + "performance degradation. Please fix either the 'cpu-map' directives or set the global 'nbthread' value "
            + "accordingly.");
    }
}
