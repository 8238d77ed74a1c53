using System.Collections.Generic;
using System.Linq;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new double[] { 3 }, 3, 3, 3)]
    [InlineData(new double[] { 5, 1, 3 }, 3, 1, 5)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5, 1, 4)]
    public void MedianAndRange(double[] values, double median, double low, double high) =>
        Assert.Equal(new Spread(median, low, high), Spread.Of(values));

    [Fact]
    public void NothingHasNoMedian() => Assert.True(Spread.Of([]).IsEmpty);

    [Fact]
    public void QuantilesLieBetweenValues() => Assert.Equal(1.75, Statistics.Quantile([1, 2, 3, 4], 0.25));

    [Fact]
    public void PairsAreDividedBeforeTheMedianIsTaken() =>
        Assert.Equal(new Spread(0.5, 0.25, 2), Statistics.PairedRatio([10, 25, 6], [20, 100, 3]));

    [Fact]
    public void PairsWithoutADivisorAreLeftOut() =>
        Assert.Equal(new Spread(2, 2, 2), Statistics.PairedRatio([10, 8, 1], [0, 4]));

    [Fact]
    public void UnpairedSpreadsAreThoseOfTheQuartiles() =>
        Assert.Equal(new Spread(2, 1.5, 2.5), Statistics.UnpairedRatio([2, 3, 4, 5, 6], [2, 2, 2]));

    [Theory]
    [InlineData(0, new[] { 0, 1, 2 })]
    [InlineData(1, new[] { 2, 1, 0 })]
    [InlineData(2, new[] { 1, 2, 0 })]
    [InlineData(3, new[] { 0, 2, 1 })]
    public void TheOrderRotatesAndTurns(int round, int[] order) =>
        Assert.Equal(order, RoundOrder.Of(3, round));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void OverManyRoundsEverySubjectIsFirstEquallyOften(int subjects)
    {
        IEnumerable<int> first = Enumerable.Range(0, 2 * subjects).Select(
            round => RoundOrder.Of(subjects, round)[0]);
        Assert.Equal(
            Enumerable.Repeat(2, subjects), first.GroupBy(subject => subject).Select(group => group.Count()));
    }
}
