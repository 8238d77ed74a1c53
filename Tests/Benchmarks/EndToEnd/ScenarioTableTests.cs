using System.Linq;
using Benchmarks;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class ScenarioTableTests
{
    /// <summary>
    /// The limits as the project set them: who changes one changes this list too, and a review sees it.
    /// </summary>
    [Theory]
    [InlineData("100b-1", "CpuPerRequest A 0.8; CpuPerRequest B 0.85")]
    [InlineData(
        "100b-50",
        "CpuPerRequest A 0.72 IoUring; CpuPerRequest B 0.85 IoUring; CpuPerRequest A 0.78 Epoll; "
        + "CpuPerRequest B 0.92 Epoll; RequestsPerSecond A 1.2")]
    [InlineData(
        "100b-256",
        "CpuPerRequest A 0.65 IoUring; CpuPerRequest B 0.72 IoUring; CpuPerRequest A 0.7 Epoll; "
        + "CpuPerRequest B 0.78 Epoll")]
    [InlineData("100b-2000", "CpuPerRequest A 0.6; CpuPerRequest B 0.6")]
    [InlineData("httplog", "CpuPerRequest A 0.75; CpuPerRequest B 0.85")]
    [InlineData("rules", "CpuPerRequest A 0.75; CpuPerRequest B 0.85")]
    [InlineData("policy", "CpuPerRequest A 0.85")]
    [InlineData("close", "CpuPerRequest A 0.75; CpuPerRequest B 0.8")]
    [InlineData("64k", "CpuPerRequest A 0.6; CpuPerRequest B 0.75")]
    [InlineData(
        "1m",
        "CpuPerRequest A 0.4; CpuPerRequest B 0.6; CpuPerRequest A 0.8 spliced; CpuPerRequest B 0.8 spliced")]
    [InlineData(
        "1m-tcp",
        "CpuPerRequest A 0.4; CpuPerRequest B 0.6; CpuPerRequest A 0.8 spliced; CpuPerRequest B 0.8 spliced")]
    [InlineData("upload", "CpuPerRequest A 0.6; CpuPerRequest B 0.8")]
    [InlineData("h2c", "CpuPerRequest A 0.5; CpuPerRequest B 0.8")]
    [InlineData("h2-tls", "CpuPerRequest B 0.85")]
    [InlineData("h1-tls", "CpuPerRequest B 0.9")]
    [InlineData("h2c-1m", "CpuPerRequest A 0.95; CpuPerRequest B 0.95")]
    [InlineData("h1-tls-1m", "CpuPerRequest A 0.95; CpuPerRequest B 0.95")]
    [InlineData("tls-full", "CpuPerRequest A 1; CpuPerRequest B 1")]
    [InlineData("tls-full-rsa", "CpuPerRequest A 1; CpuPerRequest B 1")]
    [InlineData("tls-tickets", "CpuPerRequest A 1; CpuPerRequest B 1")]
    [InlineData("tls-ids", "CpuPerRequest A 1; CpuPerRequest B 1")]
    [InlineData("queue", "RequestsPerSecond A 0.97; P99 A 1")]
    [InlineData("latency", "P99 A 1; P99 B 1")]
    [InlineData("idle", "MemoryPerConnection A 0.6; MemoryPerConnection B 0.8")]
    [InlineData("start", "StartTime A 1.5; StartTime A 1 r2r")]
    [InlineData("allocations", "AllocatedPerRequest None 0.01")]
    [InlineData("allocations-policy", "AllocatedPerRequest None 0.01")]
    [InlineData("allocations-h2", "AllocatedPerRequest None 0.01")]
    [InlineData("allocations-tls", "AllocatedPerRequest None 0.01")]
    public void LimitsAreThoseOfThePerformanceTable(string scenario, string limits) =>
        Assert.Equal(limits, string.Join("; ", ScenarioTable.Find(scenario)!.Limits.Select(Text)));

    [Fact]
    public void EveryScenarioIsInThatList() => Assert.Equal(29, ScenarioTable.All.Count);

    [Fact]
    public void NamesAreUnique() =>
        Assert.Equal(
            ScenarioTable.All.Count, ScenarioTable.All.Select(scenario => scenario.Name).Distinct().Count());

    [Fact]
    public void AnUnknownNameIsRefusedWithTheKnownOnes()
    {
        UsageException fault = Assert.Throws<UsageException>(() => ScenarioTable.Select(["100b-51"]));
        Assert.Contains("100b-51", fault.Message);
        Assert.Contains("100b-50", fault.Message);
    }

    [Theory]
    [InlineData("1m", true, false, SubjectKind.HaProxy, true)]
    [InlineData("100b-50", true, false, SubjectKind.HaProxy, false)]
    [InlineData("start", false, true, SubjectKind.Sluice, true)]
    [InlineData("100b-50", false, true, SubjectKind.Sluice, false)]
    [InlineData("allocations", false, false, SubjectKind.HaProxy, false)]
    [InlineData("allocations", false, false, SubjectKind.Sluice, true)]
    public void SubjectsTakePartWhereTheyMeanSomething(
        string scenario, bool spliced, bool readyToRun, SubjectKind kind, bool expected)
    {
        Subject subject = new()
        {
            Name = "x",
            Kind = kind,
            Command = ["x"],
            Spliced = spliced,
            ReadyToRun = readyToRun,
        };
        Assert.Equal(expected, ScenarioRun.TakesPart(ScenarioTable.Find(scenario)!, subject));
    }

    private static string Text(Limit limit) =>
        System.FormattableString.Invariant($"{limit.Metric} {limit.Reference} {limit.Bound}")
        + (limit.Backend == KernelBackend.Any ? string.Empty : $" {limit.Backend}")
        + (limit.Spliced ? " spliced" : string.Empty)
        + (limit.ReadyToRun ? " r2r" : string.Empty);
}
