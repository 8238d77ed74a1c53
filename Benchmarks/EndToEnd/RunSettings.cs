namespace Benchmarks.EndToEnd;

/// <summary>How a run measured.</summary>
public sealed record RunSettings
{
    /// <summary>Measured rounds per scenario and subject.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Length of a round's window, seconds.</summary>
    public double Seconds { get; init; } = 3;

    /// <summary>Load before the first round of each subject, seconds: a JIT tiers up in it.</summary>
    public double WarmUpSeconds { get; init; } = 3;

    /// <summary>Requests of the allocation scenario.</summary>
    public int AllocationRequests { get; init; } = 1_000_000;

    /// <summary>Largest number of connections, for short runs; 0 for what the scenario says.</summary>
    public int ConnectionsMax { get; init; }

    /// <summary>Threads of each proxy.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The closed loads come from wrk, not from the own client.</summary>
    public bool UseWrk { get; init; }

    public int[] ProxyCpus { get; init; } = [];

    public int[] LoadCpus { get; init; } = [];

    /// <summary>A run that only shows that everything works: its numbers mean nothing.</summary>
    public bool Smoke { get; init; }
}
