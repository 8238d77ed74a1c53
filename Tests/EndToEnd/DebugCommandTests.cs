using System.Diagnostics;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Commands for who looks for a fault, and what <c>show info</c> and <c>show activity</c> tell of it.</summary>
public sealed class DebugCommandTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const string Simplest = "frontend fe\n bind <fe>\n http-request return status 200\n";

    private Proxy StartOne() => StartApi(HttpDefaults + "\n" + Simplest, "nbthread 1\nmaxconn 100");

    [Theory]
    [InlineData("debug dev write 3", "This command is restricted to expert mode only.\n\n")]
    [InlineData("expert-mode on;debug dev write", "\nMissing output size.\n\n")]
    [InlineData("expert-mode on;debug dev write 3", "\n...\n\n")]
    [InlineData("expert-mode on;debug dev write x", "\n\n\n")]
    [InlineData("expert-mode on;debug dev write 16384", "\nOutput too large, must be <tune.bufsize.\n\n")]
    [InlineData("expert-mode on;debug dev delay 1;echo x", "\n\nx\n\n")]
    [InlineData("user;show startup-logs", "\nPermission denied\n\n")]
    public void Answers(string command, string answer)
    {
        StartOne();
        Assert.Equal(answer, Say(command));
    }

    [Fact]
    public void A_delay_is_as_long_as_it_says_and_holds_up_nobody_else()
    {
        StartOne();
        long before = Stopwatch.GetTimestamp();
        string[] lines = Say("expert-mode on;debug dev delay 300;debug dev write 130").Split('\n');
        Assert.True(Stopwatch.GetElapsedTime(before).TotalMilliseconds >= 290);
        Assert.Equal([64, 63, 1], [lines[2].Length, lines[3].Length, lines[4].Length]);
    }

    [Fact]
    public void What_developers_should_know_of_is_counted_and_kept()
    {
        Proxy proxy = StartOne();
        string fresh = Say("show info");
        Assert.Contains("\nDebugCommandsIssued: 0\n", fresh);
        Assert.Contains("\nTainted: 0\n", fresh);
        Say("expert-mode on;experimental-mode on"); // nothing was done with it yet
        Assert.Contains("\nTainted: 0\n", Say("show info"));
        Say("expert-mode on;debug dev log hello  there;debug dev log again");
        proxy.Output.WaitFor("hello there");
        Assert.Contains("\nDebugCommandsIssued: 2\n", Say("show info"));
        Assert.Contains("\nTainted: 0x4\n", Say("show info"));
        Say("experimental-mode on;set var proc.x int(1)");
        Assert.Contains("\nTainted: 0xc\n", Say("show info"));
    }

    [Fact]
    public void An_exit_code_is_asked_for()
    {
        Proxy proxy = StartOne();
        proxy.SkipEndChecks = true;
        Say("expert-mode on;debug dev exit 7");
        Assert.Equal(7, proxy.WaitForExit());
    }

    [Fact]
    public void Exact_figures_have_a_type_of_their_own()
    {
        StartOne();
        string exact = Say("show info typed float");
        Assert.Matches(@"\n8\.Uptime_sec\.1:MDPV:flt:\d+(\.\d*[1-9])?\n", exact);
        Assert.Contains("\n26.ConnRate.1:MRPV:flt:0\n", exact);
        Assert.Contains("\n35.SslFrontendKeyRate.1:MRPV:flt:0\n", exact);
        Assert.Contains("\n36.SslFrontendMaxKeyRate.1:MMPV:u32:0\n", exact);
        Assert.Contains("\n35.SslFrontendKeyRate.1:MGPV:u32:0\n", Say("show info typed"));
        Assert.Contains("\"name\":\"ConnRate\"},\"processNum\":1,\"tags\":{\"origin\":\"Metric\",\"nature\":\"Rate\","
            + "\"scope\":\"Process\"},\"value\":{\"type\":\"flt\",\"value\":0}}", Say("show info json float"));
    }

    [Theory]
    [InlineData(1, @"\nloops: \d+\n")]
    [InlineData(2, @"\nloops: \d+ \[ \d+ \d+ \]\n")]
    public void What_threads_did_is_told_of_each_where_there_are_several(int threads, string line)
    {
        StartApi(HttpDefaults + "\n" + Simplest, $"nbthread {threads}");
        Assert.Matches(line, Say("show activity"));
    }
}
