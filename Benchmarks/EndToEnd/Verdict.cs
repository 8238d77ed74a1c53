namespace Benchmarks.EndToEnd;

/// <summary>How one limit of one scenario came out for one subject.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Subject">The subject of ours that was judged.</param>
/// <param name="Against">The reference's name; empty for an absolute limit.</param>
/// <param name="Limit">What was declared.</param>
/// <param name="Measured">
/// Ratio to the reference (value, for an absolute limit): median and range over the rounds. Empty when one
/// of the two was not measured.
/// </param>
/// <param name="Failed">The subject failed in the scenario: whatever it measured does not count.</param>
public sealed record Verdict(
    string Scenario, string Subject, string Against, Limit Limit, Spread Measured, bool Failed = false)
{
    public bool IsMeasured => !Measured.IsEmpty;

    public bool Passes => IsMeasured && !Failed && Limit.Holds(Measured.Median);

    /// <summary>How a report says it.</summary>
    public string Word => Failed ? "FAILED" : Passes ? "pass" : IsMeasured ? "MISS" : "not measured";
}
