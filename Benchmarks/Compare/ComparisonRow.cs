using Benchmarks.EndToEnd;

namespace Benchmarks.Compare;

/// <summary>One measure of one subject, before and after.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Subject">The subject, without its commit.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Before">Median before.</param>
/// <param name="After">Median after.</param>
/// <param name="Ratio">After divided by before, and how far single rounds reach.</param>
/// <param name="IsJudged">
/// It can be a regression: a subject of ours, and a metric that its scenario is about.
/// </param>
public sealed record ComparisonRow(
    string Scenario, string Subject, Metric Metric, double Before, double After, Spread Ratio, bool IsJudged)
{
    /// <summary>
    /// The change is for the worse by more than the limit, and not by noise: both ends of the spread are on
    /// the bad side too.
    /// </summary>
    public bool IsRegression(double limitPercent)
    {
        if (!IsJudged || Ratio.IsEmpty) return false;
        return Metric == Metric.RequestsPerSecond
            ? Ratio.Median < 1 / (1 + (limitPercent / 100)) && Ratio.High < 1
            : Ratio.Median > 1 + (limitPercent / 100) && Ratio.Low > 1;
    }
}
