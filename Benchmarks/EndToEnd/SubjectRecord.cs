using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>What one subject did in one scenario.</summary>
public sealed record SubjectRecord
{
    public required string Subject { get; init; }

    public SubjectKind Kind { get; init; }

    public Reference Role { get; init; }

    public KernelBackend Backend { get; init; }

    public bool Spliced { get; init; }

    public bool ReadyToRun { get; init; }

    /// <summary>Set in runs that compare two commits.</summary>
    public string Commit { get; init; } = string.Empty;

    /// <summary>Why it was not measured, or what broke; null when all went well.</summary>
    public string? Failure { get; set; }

    /// <summary>It cannot do this scenario, which is no failure.</summary>
    public bool Skipped { get; set; }

    public List<Round> Rounds { get; init; } = [];

    /// <summary>The values of a metric in the order of the rounds; empty when it was not measured.</summary>
    public double[] Values(Metric metric)
    {
        List<double> values = [];
        foreach (Round round in Rounds)
        {
            if (round.ValueOf(metric) is double value) values.Add(value);
        }

        return [.. values];
    }

    /// <summary>
    /// Ratios of this subject's rounds to those of the same number of a reference, which ran next to them.
    /// </summary>
    public Spread RatioTo(SubjectRecord reference, Metric metric)
    {
        List<double> ours = [];
        List<double> theirs = [];
        foreach (Round round in Rounds)
        {
            Round? other = reference.Rounds.Find(candidate => candidate.Number == round.Number);
            if (round.ValueOf(metric) is not double value || other?.ValueOf(metric) is not double divisor)
                continue;

            ours.Add(value);
            theirs.Add(divisor);
        }

        return Statistics.PairedRatio([.. ours], [.. theirs]);
    }

    public static SubjectRecord Of(Subject subject) => new()
    {
        Subject = subject.Name,
        Kind = subject.Kind,
        Role = subject.Role,
        Backend = subject.Backend,
        Spliced = subject.Spliced,
        ReadyToRun = subject.ReadyToRun,
        Commit = subject.Commit,
    };
}
