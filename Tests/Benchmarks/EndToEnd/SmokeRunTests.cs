using System.IO;
using Benchmarks;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

/// <summary>
/// The whole end-to-end machinery at its smallest: it must measure, record and report without an error.
/// </summary>
public sealed class SmokeRunTests
{
    [SkippableFact]
    public void APeerIsMeasuredInEveryKindOfScenario()
    {
        string? haproxy = SubjectChoice.OnPath("haproxy");
        Skip.If(haproxy is null, "haproxy is not installed");
        Skip.If(MachineFacts.Read().Cores < 2, "one CPU for the proxy and one for the load");
        using TemporaryDirectory directory = new("sluice-test-");
        string file = Path.Combine(directory.Path, "run.json");
        string output = RepositoryTree.Output(
            directory.Path, "dotnet", typeof(EndToEndVerb).Assembly.Location, "e2e", "--smoke", "--no-sluice",
            "--only-named-peers", "--peers", $"haproxy={haproxy}",
            "--scenario", "httplog,1m,latency,idle,start", "--out", file);
        Assert.Contains("p99 at half of A's peak rate", output);
        RunRecord record = RunRecord.Load(file);
        Assert.Equal(5, record.Scenarios.Count);
        foreach (ScenarioRecord scenario in record.Scenarios)
        {
            foreach (SubjectRecord subject in scenario.Subjects)
            {
                Assert.Null(subject.Failure);
                Assert.Single(subject.Rounds);
            }
        }
    }
}
