namespace Benchmarks.EndToEnd;

/// <summary>
/// One bound that a scenario declares for sluice.
/// </summary>
/// <param name="Metric">What is bounded.</param>
/// <param name="Reference">What it is divided by.</param>
/// <param name="Bound">Largest ratio (or value) that passes; the smallest for requests per second.</param>
/// <param name="Backend">The back end it holds for.</param>
/// <param name="Spliced">The reference is the one started with splicing on.</param>
/// <param name="ReadyToRun">It holds for the ReadyToRun publish, not for the JIT build.</param>
public sealed record Limit(
    Metric Metric,
    Reference Reference,
    double Bound,
    KernelBackend Backend = KernelBackend.Any,
    bool Spliced = false,
    bool ReadyToRun = false)
{
    /// <summary>More is better, so the bound is a minimum.</summary>
    public bool IsMinimum => Metric == Metric.RequestsPerSecond;

    /// <summary>Whether a ratio (or value) is within the bound.</summary>
    public bool Holds(double value) => IsMinimum ? value >= Bound : value <= Bound;
}
