using System.Collections.Generic;
using Benchmarks.Compare;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks.Compare;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(Metric.CpuPerRequest, 1.06, 1.01, 1.10, true)]
    [InlineData(Metric.CpuPerRequest, 1.04, 1.01, 1.10, false)]
    [InlineData(Metric.CpuPerRequest, 1.06, 0.99, 1.10, false)]
    [InlineData(Metric.CpuPerRequest, 0.50, 0.40, 0.60, false)]
    [InlineData(Metric.RequestsPerSecond, 0.90, 0.85, 0.95, true)]
    [InlineData(Metric.RequestsPerSecond, 0.96, 0.90, 0.99, false)]
    [InlineData(Metric.RequestsPerSecond, 0.90, 0.85, 1.01, false)]
    [InlineData(Metric.RequestsPerSecond, 1.50, 1.40, 1.60, false)]
    [InlineData(Metric.CpuPerRequest, double.NaN, double.NaN, double.NaN, false)]
    public void ARegressionIsBeyondTheLimitAndBeyondTheNoise(
        Metric metric, double median, double low, double high, bool expected)
    {
        ComparisonRow row = new(
            "100b-50", "sluice", metric, 1, 1, new Spread(median, low, high), IsJudged: true);
        Assert.Equal(expected, row.IsRegression(5));
        Assert.False((row with { IsJudged = false }).IsRegression(5));
    }

    [Fact]
    public void RecordsAreComparedSubjectBySubject()
    {
        RunRecord before = Records.Example();
        RunRecord after = Records.Example();
        SubjectRecord slower = Records.Subject(
            "sluice/io_uring", SubjectKind.Sluice, Reference.None, [24, 24, 24], 11_000);
        after.Scenarios[0].Subjects[0] = slower;
        List<ComparisonRow> rows = Comparison.OfRecords(before, after, relativeTo: null);
        ComparisonRow cpu = CpuOfSluice(rows);
        Assert.Equal(12, cpu.Before);
        Assert.Equal(24, cpu.After);
        Assert.Equal(2, cpu.Ratio.Median);
        Assert.True(cpu.IsRegression(5));
        Assert.DoesNotContain(rows, row => row.IsRegression(5) && row != cpu);
        Assert.Contains("REGRESSION", Comparison.Write(rows, 5, out bool regressed));
        Assert.True(regressed);
        _ = Comparison.Write(rows, 150, out regressed);
        Assert.False(regressed);
    }

    [Fact]
    public void ReferencesAreShownButNotJudged()
    {
        List<ComparisonRow> rows = Comparison.OfRecords(
            Records.Example(), Records.Example(), relativeTo: null);
        Assert.Contains(rows, row => row.Subject == "haproxy");
        Assert.DoesNotContain(rows, row => row.Subject == "haproxy" && row.IsJudged);
    }

    [Fact]
    public void DividingByAReferenceTakesTheMachineOut()
    {
        RunRecord fast = Records.Example();
        RunRecord slow = Records.Example();
        foreach (SubjectRecord subject in slow.Scenarios[0].Subjects)
        {
            for (int i = 0; i < subject.Rounds.Count; i++)
                subject.Rounds[i] = subject.Rounds[i] with { CpuUs = subject.Rounds[i].CpuUs * 3 };
        }

        Assert.Equal(1, CpuOfSluice(Comparison.OfRecords(fast, slow, "haproxy35")).Ratio.Median, 6);
        Assert.Equal(3, CpuOfSluice(Comparison.OfRecords(fast, slow, null)).Ratio.Median, 6);
    }

    [Fact]
    public void CommitsOfOneRunArePaired()
    {
        RunRecord record = Records.Example();
        List<SubjectRecord> subjects = record.Scenarios[0].Subjects;
        subjects.Clear();
        subjects.Add(Records.Subject(
            "sluice/epoll@before", SubjectKind.Sluice, Reference.None, [10, 20, 40], 100, "before"));
        subjects.Add(Records.Subject(
            "sluice/epoll@after", SubjectKind.Sluice, Reference.None, [11, 22, 44], 100, "after"));
        List<ComparisonRow> rows = Comparison.OfCommits(record, "before", "after");
        ComparisonRow cpu = rows.Find(row => row.Metric == Metric.CpuPerRequest)!;
        Assert.Equal("sluice/epoll", cpu.Subject);
        Assert.Equal(1.1, cpu.Ratio.Low, 6);
        Assert.Equal(1.1, cpu.Ratio.High, 6);
        Assert.True(cpu.IsRegression(5));
        Assert.False(cpu.IsRegression(15));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 0.001, false)]
    [InlineData(0, 24, true)]
    [InlineData(24, 0, false)]
    public void AnAllocationMoreIsARegressionEvenFromNone(double before, double after, bool expected)
    {
        RunRecord older = Allocating(before);
        RunRecord newer = Allocating(after);
        ComparisonRow row = Assert.Single(Comparison.OfRecords(older, newer, null));
        Assert.Equal(expected, row.IsRegression(5));
    }

    private static ComparisonRow CpuOfSluice(List<ComparisonRow> rows) =>
        Assert.Single(rows, row => row is { Subject: "sluice/io_uring", Metric: Metric.CpuPerRequest });

    private static RunRecord Allocating(double bytes)
    {
        RunRecord record = Records.Example();
        record.Scenarios.Clear();
        SubjectRecord subject = Records.Subject("sluice/epoll", SubjectKind.Sluice, Reference.None, [], 0);
        subject.Rounds.Add(new Round { AllocatedPerRequest = bytes });
        record.Scenarios.Add(new ScenarioRecord { Scenario = "allocations", Subjects = [subject] });
        return record;
    }
}
