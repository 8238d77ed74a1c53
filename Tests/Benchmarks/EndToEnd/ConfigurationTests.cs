using System.IO;
using System.Linq;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class ConfigurationTests
{
    private static readonly ProxyPorts Ports = new(1_000, 2_000, 3_000, [4_001, 4_002, 4_003]);

    public static TheoryData<string> Scenarios() => [.. ScenarioTable.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void SluiceAndAnUntunedReferenceGetTheSameText(string name)
    {
        Scenario scenario = ScenarioTable.Find(name)! with { TunedReferences = false };
        Assert.Equal(
            ProxyFile.Write(scenario, Program(SubjectKind.HaProxy), Ports),
            ProxyFile.Write(scenario, Program(SubjectKind.Sluice), Ports));
    }

    [Fact]
    public void TuningIsForTheReferencesAlone()
    {
        Scenario scenario = ScenarioTable.Find("100b-2000")!;
        string reference = ProxyFile.Write(scenario, Program(SubjectKind.HaProxy), Ports);
        Assert.Contains("\n    tune.pool-high-fd-ratio 90\n", reference);
        Assert.Contains(" pool-purge-delay 1h\n", reference);
        string ours = ProxyFile.Write(scenario, Program(SubjectKind.Sluice), Ports);
        Assert.DoesNotContain("pool-", ours);
    }

    [Fact]
    public void SplicingIsSwitchedOnWhereAsked()
    {
        Subject spliced = Program(SubjectKind.HaProxy) with { Spliced = true };
        string text = ProxyFile.Write(ScenarioTable.Find("1m-tcp")!, spliced, Ports);
        Assert.Contains("\n    option splice-response\n", text);
        Assert.Contains("\n    mode tcp\n", text);
        Assert.DoesNotContain("http-reuse", text);
    }

    [Fact]
    public void RulesAndAclsAreFiveEach()
    {
        string text = ProxyFile.Write(ScenarioTable.Find("rules")!, Program(SubjectKind.Sluice), Ports);
        string[] lines = text.Split('\n');
        Assert.Equal(5, lines.Count(line => line.StartsWith("    acl ", System.StringComparison.Ordinal)));
        Assert.Equal(5, lines.Count(line => line.StartsWith("    http-re", System.StringComparison.Ordinal)
            && !line.Contains("http-reuse", System.StringComparison.Ordinal)));
        Assert.Contains("    use_backend uploads if is_upload", lines);
    }

    [Fact]
    public void APolicyHasTwentyRulesAndTenAcls()
    {
        string[] lines = ProxyFile.Write(ScenarioTable.Find("policy")!, Program(SubjectKind.Sluice), Ports).Split('\n');
        Assert.Equal(10, lines.Count(line => line.StartsWith("    acl ", System.StringComparison.Ordinal)));
        Assert.Equal(20, lines.Count(line => line.StartsWith("    http-request ", System.StringComparison.Ordinal)));
    }

    [Fact]
    public void LogsGoToTheSink()
    {
        string text = ProxyFile.Write(ScenarioTable.Find("httplog")!, Program(SubjectKind.Sluice), Ports);
        Assert.Contains("\n    log 127.0.0.1:3000 local0\n", text);
        Assert.Contains("\n    log global\n    option httplog\n", text);
    }

    [SkippableTheory]
    [MemberData(nameof(Scenarios))]
    public void HaProxyAcceptsEveryFile(string name)
    {
        string? program = SubjectChoice.OnPath("haproxy");
        Skip.If(program is null, "haproxy is not installed");
        Subject subject = Program(SubjectKind.HaProxy) with { Spliced = true };
        AssertAccepted(
            ProxyFile.Write(ScenarioTable.Find(name)!, subject, Ports), file => [program, "-c", "-f", file]);
    }

    /// <summary>Those that nginx has an equal for.</summary>
    public static TheoryData<string> NginxScenarios() =>
        [.. ScenarioTable.All.Where(scenario => NginxFile.Refusal(scenario) is null).Select(scenario => scenario.Name)];

    [SkippableTheory]
    [MemberData(nameof(NginxScenarios))]
    public void NginxAcceptsEveryFile(string name)
    {
        string? program = SubjectChoice.OnPath("nginx");
        Skip.If(program is null, "nginx is not installed");
        Scenario scenario = ScenarioTable.Find(name)!;
        using TemporaryDirectory directory = new("sluice-test-");
        SiteCertificate.Write(directory.Path, scenario.Rsa);
        string text = NginxFile.Write(scenario, Program(SubjectKind.Nginx), Ports, directory.Path);
        AssertAccepted(text, file => [program, "-t", "-p", directory.Path, "-c", file]);
    }

    private static void AssertAccepted(string text, System.Func<string, string[]> command)
    {
        using TemporaryDirectory directory = new("sluice-test-");
        string file = Path.Combine(directory.Path, "proxy.cfg");
        File.WriteAllText(file, text);
        if (text.Contains(PolicyRules.MapName, System.StringComparison.Ordinal)) PolicyRules.WriteMap(directory.Path);
        SiteCertificate.Write(directory.Path, rsa: false);
        string[] words = command(file);
        (int status, string output) = RepositoryTree.Execute(directory.Path, words[0], words[1..]);
        Assert.True(status == 0, output + "\n" + text);
    }

    private static Subject Program(SubjectKind kind) => new() { Name = "x", Kind = kind, Command = ["x"] };
}
