using System.Collections.Generic;

namespace Benchmarks.Simulation;

/// <summary>What the oracle knows of a backend.</summary>
internal sealed class BackendModel
{
    public required string Name { get; init; }

    public required bool IsTcp { get; init; }

    public List<ServerModel> Servers { get; } = [];

    /// <summary>Number of the compiled proxy.</summary>
    public int Number { get; set; }

    /// <summary>Some origin of it closes connections that are idle, so that one in use may turn out stale.</summary>
    public bool ClosesIdle { get; set; }
}
