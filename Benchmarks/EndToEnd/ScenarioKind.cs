namespace Benchmarks.EndToEnd;

/// <summary>How a scenario is measured.</summary>
public enum ScenarioKind
{
    /// <summary>A closed load; CPU per request, rate and latency.</summary>
    Throughput,

    /// <summary>An open load at half of reference A's peak rate; latency.</summary>
    Latency,

    /// <summary>Memory before and after opening idle connections.</summary>
    IdleMemory,

    /// <summary>From starting the process to its first answer.</summary>
    Start,

    /// <summary>Bytes that sluice allocates on the managed heap.</summary>
    Allocations,
}
