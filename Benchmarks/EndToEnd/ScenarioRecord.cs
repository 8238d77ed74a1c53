using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>What a run measured in one scenario.</summary>
public sealed record ScenarioRecord
{
    /// <summary>Name in <see cref="ScenarioTable"/>.</summary>
    public required string Scenario { get; init; }

    /// <summary>Requests per second that an open load offered, null for others.</summary>
    public double? OfferedRate { get; set; }

    public List<SubjectRecord> Subjects { get; init; } = [];
}
