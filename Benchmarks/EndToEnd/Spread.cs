using System;

namespace Benchmarks.EndToEnd;

/// <summary>A median and how far the values around it reach. NaN when there were none.</summary>
/// <param name="Median">The middle.</param>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
public readonly record struct Spread(double Median, double Low, double High)
{
    public bool IsEmpty => double.IsNaN(Median);

    public static Spread Of(ReadOnlySpan<double> values) => new(
        Statistics.Median(values), Statistics.Quantile(values, 0), Statistics.Quantile(values, 1));
}
