using System;
using System.IO;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What the process keeps of root's rights, and its priority.</summary>
public sealed class PrivilegeTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [SkippableFact]
    public void A_user_keeps_the_capabilities_that_are_named()
    {
        Skip.IfNot(Environment.UserName == "root", "must be root");
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "source 127.0.0.6 usesrc 127.0.0.77")
            .Insert(0, "global\n    uid 65534\n    setcap cap_net_bind_service,cap_net_raw\n"));
        proxy.Connect("fe").Send(Get());
        Assert.Equal("127.0.0.77", ((System.Net.IPEndPoint)origin.Accept().Socket.RemoteEndPoint!).Address.ToString());
        string[] status = File.ReadAllLines($"/proc/{proxy.Pid}/status");
        Assert.Contains("CapEff:\t0000000000002400", status);
        Assert.Contains("CapPrm:\t0000000000002400", status);
        Assert.Contains(status, static line => line.StartsWith("Uid:\t65534\t65534"));
    }

    [Theory]
    [InlineData("tune.renice.runtime 7", 7)]
    [InlineData("tune.renice.startup 3\n    tune.renice.runtime 7", 7)]
    public void The_priority_is_that_of_the_file(string words, int nice)
    {
        Proxy proxy = Start($"global\n    {words}\n" + Simple(NewOrigin()));
        string stat = File.ReadAllText($"/proc/{proxy.Pid}/stat");
        // The 19th field; the second is in parentheses.
        Assert.Equal($"{nice}", stat[(stat.LastIndexOf(')') + 2)..].Split(' ').ElementAt(16));
    }
}
