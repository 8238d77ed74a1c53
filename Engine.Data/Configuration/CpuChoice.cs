using System.Collections.Generic;

namespace Engine.Data.Configuration;

/// <summary>Which CPUs the threads may run on (manual section 3.1, <c>cpu-set</c>, <c>cpu-policy</c>, <c>cpu-affinity</c>).</summary>
public sealed class CpuChoice
{
    /// <summary><c>cpu-set reset</c>: what the process inherited does not count.</summary>
    public bool Resets;

    public readonly List<CpuRule> Rules = [];

    /// <summary><c>cpu-policy</c>; null: nothing is said, and <c>performance</c> holds.</summary>
    public string? Policy;

    /// <summary><c>threads-per-core 1</c>.</summary>
    public bool OneThreadPerCore;

    /// <summary><c>cpu-affinity</c>; null: nothing is said.</summary>
    public string? Affinity;

    public bool IsEmpty => !Resets && Rules.Count == 0 && Policy is null && Affinity is null;
}
