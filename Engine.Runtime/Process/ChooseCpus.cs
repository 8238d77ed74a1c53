using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Configuration;

namespace Engine.Runtime.Process;

/// <summary>Chooses the CPUs of the process, as the configuration asks (manual section 3.1, <c>cpu-policy</c>).</summary>
public static class ChooseCpus
{
    // How much more a CPU must do to be of another kind, as the manual has it for these policies.
    private const double LittleShare = 0.80;
    private const double BigShare = 1.25;

    /// <summary>The CPUs to use, rising; none when the rules leave none.</summary>
    /// <param name="choice">What the configuration says.</param>
    /// <param name="places">CPUs that may be used, rising.</param>
    /// <param name="isCounted">The number of threads, or their CPUs, are said: no policy looks for them.</param>
    public static CpuPlace[] Run(CpuChoice choice, CpuPlace[] places, bool isCounted)
    {
        List<CpuPlace> chosen = [.. places.Where(place => choice.Rules.TrueForAll(rule => rule.Keeps(place)))];
        if (isCounted || chosen.Count == 0) return [.. chosen];
        switch (choice.Policy)
        {
            case "first-usable-node":
                chosen.RemoveAll(place => place.Node != chosen[0].Node);
                break;
            case null or "performance":
                chosen.RemoveAll(IsBelow(chosen));
                break;
            case "efficiency":
                chosen.RemoveAll(IsAbove(chosen));
                break;
            case "resource":
                chosen = Smallest(chosen);
                break;
        }
        if (choice.OneThreadPerCore && choice.Policy != "none") chosen = [.. chosen.DistinctBy(Core)];
        return [.. chosen];
    }

    /// <summary>CPUs by thread, as <c>cpu-affinity</c> has them; null: the automatic places do.</summary>
    public static int[]?[] Bind(CpuChoice choice, CpuPlace[] chosen, CpuPlace[] usable, int threads)
    {
        string affinity = choice.Affinity ?? "auto";
        if (affinity == "auto" && choice.OneThreadPerCore && choice.Policy is not (null or "none")) affinity = "per-core";
        if (affinity == "auto" || chosen.Length == 0) return [];
        int[]?[] map = new int[]?[threads];
        for (int i = 0; i < threads; i++)
        {
            CpuPlace own = chosen[i % chosen.Length];
            map[i] = affinity switch
            {
                "per-core" => Numbers(usable.Where(place => Core(place) == Core(own))),
                "per-thread" => [own.Cpu],
                "per-ccx" => Numbers(chosen.Where(place => place.Cache == own.Cache)),
                _ => Numbers(chosen),
            };
        }
        return map;
    }

    private static int[] Numbers(IEnumerable<CpuPlace> places) => [.. places.Select(place => place.Cpu)];

    private static (int Package, int Cluster, int Core) Core(CpuPlace place) => (place.Package, place.Cluster, place.Core);

    /// <summary>Little cores: each step down from the best that loses more than a fifth.</summary>
    private static Predicate<CpuPlace> IsBelow(List<CpuPlace> places)
    {
        int[] kinds = [.. places.Select(place => place.Capacity).Distinct().OrderDescending()];
        int last = 0;
        while (last + 1 < kinds.Length && kinds[last + 1] >= kinds[last] * LittleShare) last++;
        int least = kinds[last];
        return place => place.Capacity < least;
    }

    private static Predicate<CpuPlace> IsAbove(List<CpuPlace> places)
    {
        int[] kinds = [.. places.Select(place => place.Capacity).Distinct().Order()];
        int last = 0;
        while (last + 1 < kinds.Length && kinds[last + 1] <= kinds[last] * BigShare) last++;
        int most = kinds[last];
        return place => place.Capacity > most;
    }

    /// <summary>The cluster that can do least.</summary>
    private static List<CpuPlace> Smallest(List<CpuPlace> places) =>
        [.. places.GroupBy(place => (place.Package, place.Cluster)).MinBy(cluster => cluster.Sum(place => (long)place.Capacity))!];
}
