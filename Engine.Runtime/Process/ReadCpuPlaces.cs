using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Engine.Data.Configuration;

namespace Engine.Runtime.Process;

/// <summary>Reads from the kernel's files where CPUs are (<c>/sys/devices/system/cpu</c>).</summary>
public static class ReadCpuPlaces
{
    private const int NoCluster = 65535;

    /// <param name="cpus">Numbers of the CPUs.</param>
    /// <param name="folder">Where the kernel has its files; tests give another.</param>
    public static CpuPlace[] Run(int[] cpus, string folder = "/sys/devices/system/cpu") =>
        Array.ConvertAll(cpus, cpu => Read(cpu, $"{folder}/cpu{cpu}"));

    /// <summary>CPUs that are there, whether or not this process may use them.</summary>
    public static int[] Online(string folder = "/sys/devices/system/cpu")
    {
        string text = Text($"{folder}/online");
        return ListedNumbers(text) is { Length: > 0 } cpus ? cpus : CpuAffinity.Usable();
    }

    private static CpuPlace Read(int cpu, string folder)
    {
        int package = Number($"{folder}/topology/physical_package_id");
        int cluster = Number($"{folder}/topology/cluster_id");
        int[] siblings = ListedNumbers(Text($"{folder}/topology/thread_siblings_list"));
        int[] sharers = ListedNumbers(Text($"{folder}/cache/index3/shared_cpu_list"));
        return new CpuPlace(
            cpu,
            Node(folder),
            cluster is NoCluster or < 0 ? Math.Max(0, package) : cluster,
            Math.Max(0, Number($"{folder}/topology/core_id")),
            Math.Max(0, package),
            Math.Max(0, Array.IndexOf(siblings, cpu)),
            sharers.Length > 0 ? sharers[0] : 0,
            Capacity(folder));
    }

    private static int Node(string folder)
    {
        if (!Directory.Exists(folder)) return 0;
        foreach (string path in Directory.GetDirectories(folder, "node*"))
        {
            if (int.TryParse(Path.GetFileName(path).AsSpan(4), out int node)) return node;
        }
        return 0;
    }

    /// <summary>What the kernel says of big and little cores, else their highest frequency.</summary>
    private static int Capacity(string folder)
    {
        int capacity = Number($"{folder}/cpu_capacity");
        return capacity > 0 ? capacity : Math.Max(0, Number($"{folder}/cpufreq/cpuinfo_max_freq"));
    }

    private static int Number(string path) =>
        int.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : -1;

    /// <summary>Empty where there is no such file.</summary>
    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Numbers and ranges between commas, as the kernel writes them.</summary>
    private static int[] ListedNumbers(string text)
    {
        List<int> numbers = [];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            if (!int.TryParse(ends[0], out int low) || !int.TryParse(ends[^1], out int high)) continue;
            for (int number = low; number <= high; number++) numbers.Add(number);
        }
        return [.. numbers];
    }
}
