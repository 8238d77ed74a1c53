namespace Benchmarks.Simulation;

/// <summary>What a client does on its one connection.</summary>
internal sealed record ClientPlan
{
    public required int Number { get; init; }

    public required FrontendModel Frontend { get; init; }

    public required ushort Port { get; init; }

    /// <summary>Nanoseconds from the start of the run.</summary>
    public long StartsAt { get; init; }

    public Exchange[] Exchanges { get; init; } = [];

    /// <summary>The session of a TCP client; its number is that of its exchange.</summary>
    public TunnelPlan? Session { get; init; }

    /// <summary>Requests sent before the first of them is answered.</summary>
    public int Depth { get; init; } = 1;

    public int WriteMax { get; init; } = int.MaxValue;

    public long WriteDelay { get; init; }

    public int ReadMax { get; init; } = 65536;

    public long ReadDelay { get; init; }

    /// <summary>Nanoseconds between an answer and the next request.</summary>
    public long ThinkTime { get; init; }

    public ClientEnd End { get; init; }

    /// <summary>Bytes both ways at which an early end comes.</summary>
    public long EndsAt { get; init; } = long.MaxValue;

    /// <summary>Bytes sent at which the client falls silent for a while; -1: never.</summary>
    public long StallsAt { get; init; } = -1;

    public long StallTime { get; init; }

    /// <summary>It may go away before everything is answered.</summary>
    public bool EndsEarly => End is ClientEnd.Resets or ClientEnd.Leaves or ClientEnd.Vanishes;
}
