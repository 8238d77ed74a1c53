using Engine.Runtime.Signals;
using Xunit;

namespace Tests.Runtime.Signals;

/// <summary>The lines as they were seen from the reference, because log watchers match them.</summary>
public sealed class StopTextsTests
{
    [Fact]
    public void Lines_about_stopping_and_pausing()
    {
        Assert.Equal("Proxy fe stopped (cumulated conns: FE: 1, BE: 0).", StopTexts.ProxyStopped("fe", 1, 0));
        Assert.Equal("Proxy fe hard-stopped (1 remaining conns will be closed).", StopTexts.ProxyHardStopped("fe", 1));
        Assert.Equal("Paused frontend GLOBAL.", StopTexts.Paused("GLOBAL"));
        Assert.Equal("Resumed frontend fe.", StopTexts.Resumed("fe"));
        Assert.Equal("soft-stop running for too long, performing a hard-stop.", StopTexts.HardStopNow);
        Assert.Equal("Some tasks resisted to hard-stop, exiting now.", StopTexts.LeavingConnections);
    }

    [Fact]
    public void Lines_of_SIGHUP()
    {
        Assert.Equal("SIGHUP received, dumping servers states.", StopTexts.DumpingServers);
        Assert.Equal(
            "SIGHUP: Server be/s1 is UP. Conn: 0 act, 0 pend, 0 tot.", StopTexts.Server("be", "s1", true, 0, 0, 0));
        Assert.Equal(
            "SIGHUP: Server be/s1 is DOWN. Conn: 1 act, 2 pend, 3 tot.", StopTexts.Server("be", "s1", false, 1, 2, 3));
    }

    [Theory]
    [InlineData(0, 0, 0, "has no servers.")]
    [InlineData(2, 0, 0, "has no server available !")]
    [InlineData(2, 1, 0, "has 1 active servers and 0 backup servers available.")]
    [InlineData(2, 0, 1, "has 0 active servers and 1 backup servers available.")]
    public void A_proxy_line_says_how_many_servers_are_up(int servers, int active, int backup, string middle)
    {
        ProxyReport report = new("be", servers, active, backup, 1, 2, 3, 4, 5);
        Assert.Equal(
            $"SIGHUP: Proxy be {middle} Conn: act(FE+BE): 1+2, 3 pend (0 unass), tot(FE+BE): 4+5.",
            StopTexts.Proxy(report));
    }
}
