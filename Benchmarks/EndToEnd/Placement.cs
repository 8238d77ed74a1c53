using System;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Which CPUs a run uses: the proxy has its own, everything else (client, origin, log sink, the runner)
/// another.
/// </summary>
public static class Placement
{
    /// <summary>CPUs of the proxy under test.</summary>
    public static int[] ProxyCpus { get; private set; } = [0];

    /// <summary>CPUs of the load programs.</summary>
    public static int[] LoadCpus { get; private set; } = [1];

    /// <summary>CPUs of the runner itself: those of the load, so that it never disturbs the proxy.</summary>
    public static int[] RunnerCpus => LoadCpus;

    /// <summary>
    /// Sets both lists and pins the runner. Throws <see cref="UsageException"/> when the machine has no such
    /// CPU.
    /// </summary>
    public static void Set(int[] proxyCpus, int[] loadCpus)
    {
        if (!Affinity.Pin(proxyCpus))
            throw new UsageException("the CPUs for the proxy are not there; see --proxy-cpus");

        if (!Affinity.PinProcess(loadCpus))
            throw new UsageException("the CPUs for the load are not there; see --load-cpus");

        ProxyCpus = proxyCpus;
        LoadCpus = loadCpus;
    }
}
