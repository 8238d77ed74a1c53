using System;
using System.Globalization;
using System.IO;
using Benchmarks;
using Benchmarks.EndToEnd;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class RunRecordTests
{
    [Fact]
    public void ARecordReadsBackAsItWasWritten()
    {
        using TemporaryDirectory directory = new("sluice-test-");
        string path = Path.Combine(directory.Path, "runs", "x.json");
        RunRecord record = Records.Example();
        record.Save(path);
        Assert.Equal(record.ToJson(), RunRecord.Load(path).ToJson());
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":2,\"machine\":{},\"settings\":{}}")]
    public void OtherTextsAreRefused(string json) =>
        Assert.Throws<UsageException>(() => RunRecord.Parse(json));

    [Fact]
    public void LimitsAreJudgedByPairedRounds()
    {
        Verdict[] verdicts = [.. Judge.Run(Records.Example())];
        Assert.Equal(
            [
                "CpuPerRequest haproxy35 0.600 True",
                "CpuPerRequest haproxy 0.750 True",
                "RequestsPerSecond haproxy35 1.100 False",
            ],
            Array.ConvertAll(verdicts, Text));
    }

    private static string Text(Verdict verdict)
    {
        string ratio = verdict.Measured.Median.ToString("0.000", CultureInfo.InvariantCulture);
        return $"{verdict.Limit.Metric} {verdict.Against} {ratio} {verdict.Passes}";
    }

    [Fact]
    public void AMissingReferenceIsNotMeasuredAndDoesNotPass()
    {
        RunRecord record = Records.Example();
        record.Scenarios[0].Subjects.RemoveAll(subject => subject.Role == Reference.A);
        Verdict[] verdicts = [.. Judge.Run(record)];
        Assert.False(verdicts[0].IsMeasured);
        Assert.False(verdicts[0].Passes);
        Assert.True(verdicts[1].Passes);
    }

    [Fact]
    public void AFailedSubjectPassesNothing()
    {
        RunRecord record = Records.Example();
        record.Scenarios[0].Subjects[0].Failure = "0.00 log lines per request";
        Assert.All(Judge.Run(record), verdict => Assert.Equal("FAILED", verdict.Word));
    }

    [Fact]
    public void ASmokeRunIsNotJudged()
    {
        RunRecord record = Records.Example();
        record = record with { Settings = record.Settings with { Smoke = true } };
        string text = Report.Write(record, markdown: false);
        Assert.Contains("its numbers mean nothing", text);
        Assert.DoesNotContain("limits", text);
    }

    [Fact]
    public void TheReportNamesEverySubjectFailureAndVerdict()
    {
        RunRecord record = Records.Example();
        record.Scenarios[0].Subjects[2].Failure = "errors: " + new LoadErrors { Status = 3 };
        foreach (bool markdown in (bool[])[false, true])
        {
            string text = Report.Write(record, markdown);
            Assert.Contains("commit abc", text);
            Assert.Contains("sluice/io_uring", text);
            Assert.Contains("haproxy: FAILED: errors: connect 0, closed 0, status 3", text);
            Assert.Contains("  1 pass\n", text);
            Assert.Contains("  1 MISS\n", text);
            Assert.Contains("  1 not measured\n", text);
        }
    }
}
