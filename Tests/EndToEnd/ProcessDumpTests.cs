using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Commands that show what goes on inside the process.</summary>
public sealed class ProcessDumpTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartOne() => StartApi($"{HttpDefaults}\nfrontend fe\n bind <fe>\n http-request return status 200\n", "nbthread 2");

    [Fact]
    public void What_threads_did()
    {
        Proxy proxy = StartOne();
        using (Wire client = proxy.Connect("fe"))
        {
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
        string shown = Say("show activity");
        Assert.Matches("^thread_id: 1 \\(1\\.\\.2\\)\ndate_now: \\d+\\.\\d{6}\nuptime_now: \\d+\\.\\d{6}\nloops: \\d+ \\[ \\d+ \\d+ \\]\n", shown);
        Assert.Matches("\naccepted: 1 \\[ (1 0|0 1) \\]\n", shown);
        Assert.Matches("\naccepted: 1\n", Say("show activity 0"));
        string one = Say("show activity 1");
        Assert.NotEqual(one.Contains("\naccepted: 1\n"), Say("show activity 2").Contains("\naccepted: 1\n"));
        Assert.Equal("Thread ID number must be between -1 and nbthread\n\n", Say("show activity 3"));
        Assert.Equal("Thread ID number must be between -1 and nbthread\n\n", Say("show activity -2"));
    }

    [Fact]
    public void What_memory_is_used_for()
    {
        Proxy proxy = StartOne();
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        string shown = Say("show pools byname match buffer 1");
        Assert.StartsWith("Dumping pools usage (limited to the first 1 entries). Use SIGQUIT to flush them.\n  - Pool buffer (16384 bytes/64) : ", shown);
        Assert.Contains("\nTotal: 3 pools, ", shown);
        Assert.Contains("  - Pool connection ", Say("show pools byusage"));
        Assert.StartsWith("Expects either 'byname', 'bysize', ", Say("show pools match"));
    }

    [Fact]
    public void What_is_loaded()
    {
        StartOne();
        Assert.Matches("(^|\n)0x[0-9a-f]{12}-0x[0-9a-f]{12} \\(0x[0-9a-f]{7,}\\) /[^\n]*libc\\.so", Say("show libs"));
    }
}
