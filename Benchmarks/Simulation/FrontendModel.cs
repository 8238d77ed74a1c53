using System.Collections.Generic;

namespace Benchmarks.Simulation;

/// <summary>What the oracle knows of a frontend.</summary>
internal sealed class FrontendModel
{
    public required string Name { get; init; }

    public required bool IsTcp { get; init; }

    public required BackendModel Backend { get; init; }

    public List<ushort> Ports { get; } = [];

    /// <summary>Number of the compiled proxy.</summary>
    public int Number { get; set; }
}
