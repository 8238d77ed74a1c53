using System;

namespace Benchmarks.EndToEnd;

/// <summary>The few statistics that runs are judged by.</summary>
public static class Statistics
{
    /// <summary>The middle value, or the mean of the two in the middle; NaN of nothing.</summary>
    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>
    /// The value below which <paramref name="fraction"/> (0 to 1) of the values lie, between two of them in
    /// proportion; NaN of nothing.
    /// </summary>
    public static double Quantile(ReadOnlySpan<double> values, double fraction)
    {
        if (values.Length == 0) return double.NaN;
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double position = fraction * (sorted.Length - 1);
        int below = (int)Math.Floor(position);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>
    /// Ratios of rounds that ran next to each other, which cancels what changes slowly on a machine. Rounds
    /// are paired in order; surplus ones are left out, as are those divided by zero.
    /// </summary>
    public static Spread PairedRatio(ReadOnlySpan<double> values, ReadOnlySpan<double> references)
    {
        int pairs = Math.Min(values.Length, references.Length);
        double[] ratios = new double[pairs];
        int count = 0;
        for (int i = 0; i < pairs; i++)
        {
            if (references[i] != 0) ratios[count++] = values[i] / references[i];
        }

        return Spread.Of(ratios.AsSpan(0, count));
    }

    /// <summary>
    /// Ratio of two series that did not run together: of their medians, with the spread that their quartiles
    /// allow.
    /// </summary>
    public static Spread UnpairedRatio(ReadOnlySpan<double> values, ReadOnlySpan<double> references) => new(
        Median(values) / Median(references),
        Quantile(values, 0.25) / Quantile(references, 0.75),
        Quantile(values, 0.75) / Quantile(references, 0.25));
}
