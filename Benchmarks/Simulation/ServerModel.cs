namespace Benchmarks.Simulation;

/// <summary>What the oracle knows of a server.</summary>
internal sealed class ServerModel
{
    /// <summary>As the engine numbers it.</summary>
    public required int Number { get; init; }

    public required BackendModel Backend { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    public required ushort Port { get; init; }

    /// <summary>Chances in a hundred that a phase of its life is one in which connects are refused, or never answered.</summary>
    public int RefusesPercent { get; init; }

    public int SilentPercent { get; init; }

    public bool MayFail => RefusesPercent > 0 || SilentPercent > 0;
}
