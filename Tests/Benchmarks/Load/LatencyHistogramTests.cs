using System;
using Benchmarks.Load;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Benchmarks.Load;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void NothingRecordedHasNoPercentiles()
    {
        LatencyHistogram histogram = new();
        Assert.Equal(0, histogram.Count);
        Assert.Equal(0, histogram.PercentileNs(0.99));
        Assert.Equal(0, histogram.MaximumNs);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(0.999, 100)]
    [InlineData(1.0, 100)]
    public void SmallValuesAreExact(double fraction, long expected)
    {
        LatencyHistogram histogram = new();
        for (int value = 1; value <= 100; value++)
            histogram.Record(value);
        Assert.Equal(expected, histogram.PercentileNs(fraction));
    }

    [Fact]
    public void PercentilesAreWithinOneBucketAboveTheTrueValue()
    {
        Prop.ForAll<NonEmptyArray<int>, byte>((recorded, percent) =>
        {
            long[] values = Array.ConvertAll(recorded.Get, value => Math.Abs((long)value) * 37);
            LatencyHistogram histogram = new();
            foreach (long value in values)
                histogram.Record(value);
            Array.Sort(values);
            double fraction = percent % 101 / 100.0;
            long rank = Math.Clamp((long)Math.Ceiling(fraction * values.Length), 1, values.Length);
            long exact = values[rank - 1];
            long read = histogram.PercentileNs(fraction);
            return read >= exact && read <= exact + (exact / 128);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ValuesBeyondTheRangeCountInTheLastBucket()
    {
        LatencyHistogram histogram = new();
        histogram.Record(-5);
        histogram.Record(1L << 50);
        Assert.Equal(2, histogram.Count);
        Assert.Equal(1L << 50, histogram.MaximumNs);
        Assert.Equal(0, histogram.PercentileNs(0.5));
        Assert.InRange(histogram.PercentileNs(1), 1L << 41, 1L << 50);
    }

    [Fact]
    public void ClearForgetsEverything()
    {
        LatencyHistogram histogram = new();
        histogram.Record(1_000);
        histogram.Clear();
        Assert.Equal(0, histogram.Count);
        Assert.Equal(0, histogram.PercentileNs(1));
    }
}
