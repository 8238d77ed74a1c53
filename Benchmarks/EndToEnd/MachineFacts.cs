using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Benchmarks.EndToEnd;

/// <summary>What of the machine decides the numbers.</summary>
public sealed record MachineFacts
{
    public string Cpu { get; init; } = string.Empty;

    public int Cores { get; init; }

    public string Kernel { get; init; } = string.Empty;

    public long MemoryBytes { get; init; }

    public string Runtime { get; init; } = string.Empty;

    /// <summary>
    /// Scaling governor of the first CPU, empty where there is none (most virtual machines).
    /// </summary>
    public string Governor { get; init; } = string.Empty;

    /// <summary>
    /// Runnable tasks averaged over the minute before the run: more than a few tenths is a busy machine.
    /// </summary>
    public double LoadBefore { get; init; }

    /// <summary>Whether two records may be compared without dividing by a reference.</summary>
    public bool IsSameAs(MachineFacts other) =>
        Cpu == other.Cpu && Cores == other.Cores && Kernel == other.Kernel;

    public static MachineFacts Read() => new()
    {
        Cpu = Field("/proc/cpuinfo", "model name"),
        Cores = CountCpus(),
        Kernel = Line("/proc/sys/kernel/osrelease"),
        MemoryBytes = Kilobytes(Field("/proc/meminfo", "MemTotal")),
        Runtime = RuntimeInformation.FrameworkDescription,
        Governor = Line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        LoadBefore = double.Parse(Line("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture),
    };

    // Not Environment.ProcessorCount: that is what our own pinning leaves.
    private static int CountCpus()
    {
        int count = 0;
        foreach (string line in File.ReadLines("/proc/stat"))
        {
            bool numbered = line.Length > 3 && char.IsAsciiDigit(line[3]);
            if (numbered && line.StartsWith("cpu", StringComparison.Ordinal)) count++;
        }

        return count;
    }

    private static long Kilobytes(string text) =>
        text.Length == 0 ? 0 : long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) * 1024;

    private static string Field(string file, string name)
    {
        foreach (string line in File.ReadLines(file))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
            return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return string.Empty;
    }

    private static string Line(string file) =>
        File.Exists(file) ? File.ReadAllText(file).Trim() : string.Empty;
}
