using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Runtime.Process;

namespace Engine.Runtime.Configuration;

/// <summary>How many threads there are, on which CPUs; warns when they will compete for them.</summary>
internal static class ThreadChecks
{
    /// <summary>
    /// What <c>cpu-set</c>, <c>cpu-policy</c> and <c>cpu-affinity</c> choose. Without them each usable CPU has its thread.
    /// </summary>
    public static void Choose(Globals globals, Diagnostics diagnostics)
    {
        CpuChoice choice = globals.Cpus;
        bool isMapped = globals.CpuMapLines.Count > 0;
        bool isCounted = globals.Threads > 0;
        if (choice.Policy is not null && (isMapped || isCounted))
            diagnostics.NoticeBare($"cpu-policy is ignored when {(isMapped ? "cpu-map" : "nbthreads")} is set.");
        bool makesGroups = !isMapped && !isCounted && choice.Policy is not ("none" or "first-usable-node");
        if (!choice.IsEmpty)
        {
            CpuPlace[] usable = ReadCpuPlaces.Run(choice.Resets ? ReadCpuPlaces.Online() : CpuAffinity.Usable());
            CpuPlace[] chosen = ChooseCpus.Run(choice, usable, isMapped || isCounted);
            if (chosen.Length > 0) globals.ChosenCpus = Array.ConvertAll(chosen, static place => place.Cpu);
            else if (makesGroups) diagnostics.HintBare("Could not determine any CPU cluster");
            if (chosen.Length == 0) makesGroups = false;
            if (!isCounted && chosen.Length > 0) globals.Threads = chosen.Length;
            Limit(globals, diagnostics);
            if (!isMapped) globals.CpuMap = ChooseCpus.Bind(choice, chosen, usable, Count(globals));
        }
        else Limit(globals, diagnostics);
        int threads = GroupThreads.Limit(globals, Count(globals), diagnostics);
        GroupThreads.Run(globals, threads, diagnostics);
        if (makesGroups) diagnostics.HintBare($"Created {threads} threads split into {globals.Groups.Length} groups");
        if (isMapped) globals.CpuMap = new int[]?[threads];
        foreach (CpuMapLine line in globals.CpuMapLines) line.Bind(globals.Groups, globals.CpuMap);
    }

    /// <summary>Threads of the process.</summary>
    public static int Count(Globals globals) =>
        globals.Threads > 0 ? globals.Threads : Environment.ProcessorCount;

    /// <summary><c>thread-hard-limit</c>, before anything counts threads.</summary>
    private static void Limit(Globals globals, Diagnostics diagnostics)
    {
        int limit = globals.ThreadsMax;
        if (limit == 0 || Count(globals) <= limit) return;
        if (globals.Threads > limit)
        {
            diagnostics.WarnBare($"nbthread forced to a higher value ({globals.Threads}) than the configured "
                + $"thread-hard-limit ({limit}), enforcing the limit. Please fix either value to remove this warning.");
        }
        globals.Threads = limit;
    }

    public static void Run(Globals globals, Diagnostics diagnostics)
    {
        int threads = Count(globals);
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
        int available = mapped > 0 ? cpus.Count : globals.ChosenCpus?.Length ?? Environment.ProcessorCount;
        if (threads <= available) return;
        diagnostics.Warn($"This configuration binds {threads} threads to a total of {available} CPUs via cpu-map "
            + "directives. This means that some threads will compete for the same CPU, which will cause severe "
            + "performance degradation. Please fix either the 'cpu-map' directives or set the global 'nbthread' value "
            + "accordingly.");
    }
}
