using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>One program, started one way, that a scenario measures.</summary>
public sealed record Subject
{
    /// <summary>Name in reports and records, unique in a run.</summary>
    public required string Name { get; init; }

    public required SubjectKind Kind { get; init; }

    /// <summary>
    /// Program and arguments. A word <c>{cfg}</c> stands for the generated configuration; without one the
    /// kind's usual arguments are added.
    /// </summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Which reference of the limits it is.</summary>
    public Reference Role { get; init; }

    /// <summary>A reference started with splicing on.</summary>
    public bool Spliced { get; init; }

    public KernelBackend Backend { get; init; }

    /// <summary>The ReadyToRun publish of sluice; takes part where starting is measured.</summary>
    public bool ReadyToRun { get; init; }

    /// <summary>Names equal but for the commit, in runs that compare two; empty otherwise.</summary>
    public string Commit { get; init; } = string.Empty;

    /// <summary>Threads the proxy runs with.</summary>
    public int Threads { get; init; } = 1;
}
