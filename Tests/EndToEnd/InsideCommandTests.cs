using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Commands that show what the process holds and is at.</summary>
public sealed class InsideCommandTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartOne() => StartApi($$"""
        {{HttpDefaults}}
        frontend fe
            bind <fe>
            default_backend be
        backend be
            server s1 <origin>
        frontend origin
            bind <origin>
            http-request return status 200
        """, "nbthread 2");

    [Fact]
    public void Descriptors_of_listeners_and_connections_are_shown()
    {
        Proxy proxy = StartOne();
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
        string all = Say("show fd");
        Assert.Contains($"l.st=RDY fe=fe fam=ipv4 lport={Bench.Ports["fe"]}\n", all);
        Assert.Contains(" back=0 ", all);
        Assert.Contains(" fam=ipv4 fe=fe mux=H1 xprt=RAW\n", all);
        Assert.Contains(" fam=ipv4 sv=be/s1 mux=H1 xprt=RAW\n", all);
        Assert.DoesNotContain("l.st=", Say("show fd -l") + Say("show fd c") + Say("show fd !l"));
        Assert.DoesNotContain("back=", Say("show fd l") + Say("show fd -c") + Say("show fd -fb"));
        Assert.DoesNotContain("back=1", Say("show fd f") + Say("show fd c!b") + Say("show fd -s"));
        Assert.DoesNotContain("back=0", Say("show fd b") + Say("show fd s") + Say("show fd c!f"));
        string line = Array.Find(all.Split('\n'), line => line.Contains(" sv=be/s1 ", StringComparison.Ordinal))!;
        string fd = line.Trim().Split(' ')[0];
        Assert.Contains(" sv=be/s1 ", Say($"show fd {fd}"));
        Assert.Contains(" sv=be/s1 ", Say($"show fd 1/{fd}"));
        Assert.Equal("\n", Say($"show fd l {fd}"));
        Assert.Equal("\n", Say("show fd 999999"));
        Assert.Equal("Expects flags among '-!plcfbs', and a descriptor.\n\n", Say("show fd z"));
        Assert.DoesNotContain("be/s1", Say("set anon on;show fd"));
    }

    [Fact]
    public void Threads_and_work_are_shown()
    {
        StartOne();
        string[] lines = Say("show threads").Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("  Thread 1 : act=", lines[0]);
        Assert.StartsWith("      1/1    loops=", lines[1]);
        Assert.StartsWith("  Thread 2 : act=", lines[2]);
        string tasks = Say("show tasks");
        Assert.Matches(@"^Running tasks: \d+ \(2 threads\)\n  function  ", tasks);
    }

    [Fact]
    public void The_machine_and_the_process_are_shown()
    {
        Proxy proxy = StartOne();
        string text = Say("show dev");
        Assert.StartsWith("HAProxy version 3.5-sluice", text);
        Assert.Contains("\nFeatures:\n  ", text);
        Assert.Contains("\nPlatform info:\n", text);
        Assert.Contains("\n  OS name: Linux\n", text);
        Assert.Contains($"\nProcess info:\n  pid: {proxy.Pid}\n", text);
        Assert.Contains($"  node name: {Environment.MachineName}\n", text);
        Assert.DoesNotContain($"node name: {Environment.MachineName}\n", Say("set anon on 3;show dev"));
    }
}
