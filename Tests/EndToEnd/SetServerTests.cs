using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>set server</c>, and the places where its changes are seen; the answers are HAProxy 3.5's.</summary>
public sealed class SetServerTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartServers() => StartApi($"""
        {HttpDefaults}
        frontend fe
            bind <fe>
            default_backend be
            http-response set-header x-server %s
        backend be
            server s1 <origin>
            server s2 127.0.0.1:1 check inter 1h disabled
            server s3 127.0.0.1:1 agent-check agent-port 1 agent-inter 1h disabled
            server s4 unix@/nowhere maxqueue 7 disabled
            server s5 nowhere.invalid:80 init-addr none
            server s6 127.0.0.1:1 disabled
            use-server s6 unless TRUE
            acl busy srv_conn(be/s7) gt 3
            server s7 127.0.0.1:1 disabled
            server s8 127.0.0.1:1 backup
        frontend origin
            bind <origin>
            http-request return status 200
        """);

    [Theory]
    [InlineData("s1 addr 127.0.0.2 port", "problem converting port '' to an int")]
    [InlineData("s1 addr 127.0.0.2 port x", "problem converting port 'x' to an int")]
    [InlineData("s1 addr 127.0.0.2 port 99999", "problem converting port '99999' to an int")]
    [InlineData("s2 addr 127.0.0.1 port +3", "nothing changed")]
    [InlineData("s4 addr 127.0.0.2",
        "Update for the current server address family is only supported through configuration file.")]
    [InlineData("s5 addr 127.0.0.2",
        "Update for the current server address family is only supported through configuration file.")]
    [InlineData("s2 check-port 99999", "provided port is invalid")]
    [InlineData("s2 check-port x", "provided port is not an integer")]
    [InlineData("s2 check-port 0", "")]
    [InlineData("s2 check-addr 127.0.0.9 port 3", "")]
    [InlineData("s1 check-port 3", "health checks are not enabled on this server")]
    [InlineData("s3 agent-addr x", "invalid addr 'x'")]
    [InlineData("s3 agent-addr 127.0.0.1 port", "provided port is not an integer")]
    [InlineData("s3 agent-send again", "")]
    [InlineData("s1 agent-send x", "agent checks are not enabled on this server.")]
    [InlineData("s1 agent-port 3", "agent checks are not enabled on this server")]
    [InlineData("s1 fqdn", "set server <b>/<s> fqdn requires a FQDN.")]
    [InlineData("s1 ssl on", "'set server <srv> ssl' cannot be set.  default-server should define ssl settings")]
    [InlineData("s1 name", "set server <b>/<s> name requires a new name.")]
    [InlineData("s1 name x", "Server must be in maintenance mode to be renamed (set server <b>/<s> state maint).")]
    [InlineData("s2 name a/b", "Server name contains invalid characters.")]
    [InlineData("s2 name s1", "A server with the same name already exists in this backend.")]
    [InlineData("s6 name x",
        "Cannot rename: server's name is statically referenced (use-server, track, or sample argument).")]
    [InlineData("s7 name x",
        "Cannot rename: server's name is statically referenced (use-server, track, or sample argument).")]
    [InlineData("s2 name s2", "Server name updated.")]
    public void Answers(string words, string answer)
    {
        StartServers();
        Assert.Equal(answer.Length == 0 ? "\n" : $"{answer}\n\n", Say($"set server be/{words}"));
    }

    [Fact]
    public void A_server_is_renamed()
    {
        Proxy proxy = StartServers();
        Say("disable server be/s1");
        Assert.Equal("Server name updated.\n\n", Say("set server be/s1 name blue"));
        Assert.Equal("No such server.\n\n", Say("enable server be/s1"));
        Assert.Equal("\n", Say("enable server be/blue"));
        Assert.Contains("\n3 be 1 blue 127.0.0.1 2 0 ", Say("show servers state be"));
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_port_may_follow_the_client_s()
    {
        StartServers();
        int port = Bench.Ports["origin"];
        Assert.Equal(
            $"port changed from '{port}' to '+3' by 'stats socket command'\n\n", Say("set server be/s1 addr 127.0.0.1 port +3"));
        Assert.Equal(
            $"port changed from '+3' to '7' by 'stats socket command'\n\n", Say("set server be/s1 addr 127.0.0.1 port 7"));
    }

    [Fact]
    public void What_servers_are_shown_as()
    {
        StartServers();
        string state = Say("show servers state be");
        Assert.Contains("\n3 be 5 s5 - 0 32 1 1 ", state);
        Assert.Contains(" nowhere.invalid 80 ", state);
        string stat = Say("show stat be 4 -1");
        Assert.Contains("\nbe,s5,0,0,0,0,,0,0,0,,0,,0,0,0,0,MAINT (resolution),", stat);
        Assert.Matches("\nbe,s4,[^\n]*,7,1,3,4,,[^\n]*,unix,,http,", stat);
    }

    [Theory]
    [InlineData("show stat x y z", "No such proxy.")]
    [InlineData("show stat 0 4 1", "No such proxy.")]
    [InlineData("show stat domain x", "Invalid statistics domain.")]
    [InlineData("del server be/", "Require 'backend/server'.")]
    [InlineData("add server /x", "Require 'backend/server'.")]
    [InlineData("del server be/s7",
        "This server cannot be removed at runtime due to other configuration elements pointing to it.")]
    [InlineData("wait 1ms srv-removable be/s6",
        "Failed. This server cannot be removed at runtime due to other configuration elements pointing to it.")]
    [InlineData("clear counters server be/s1", "Server counters cleared.")]
    [InlineData("clear counters server be", "Require 'backend/server'.")]
    [InlineData("show sess zz", "Unsupported option 'zz', try 'help' for more info.")]
    [InlineData("show sess 0x1", "Session not found.")]
    [InlineData("show sess older", "Expects a minimum age (in seconds by default).")]
    [InlineData("show sess older 1x", "Invalid age.")]
    [InlineData("show sess server be/zz", "No such server.")]
    [InlineData("show sess backend zz", "No such backend.")]
    [InlineData("show sess frontend", "Missing frontend name.")]
    [InlineData("show sess backend be server be/s1", "Only one of backend, frontend or server may be set.")]
    [InlineData("shutdown session zz", "Session pointer expected (use 'show sess').")]
    public void Other_answers(string command, string answer)
    {
        StartServers();
        Assert.Equal($"{answer}\n\n", Say(command));
    }

    [Fact]
    public void One_server_s_counters_are_cleared()
    {
        Proxy proxy = StartServers();
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        proxy.WaitUntil(() => Say("show stat be 4 1").Contains("\nbe,s1,0,0,0,1,,1,"), "the session is counted");
        Say("clear counters server be/s1");
        Assert.Contains("\nbe,s1,0,0,0,0,,0,", Say("show stat be 4 1"));
        Assert.Contains("\nbe,BACKEND,0,0,0,1,", Say("show stat be 2 -1"));
    }

    [Fact]
    public void Streams_are_listed_by_what_they_are_on()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartApi($"""
            {TcpDefaults}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address}
                server s2 127.0.0.1:1 disabled
            """);
        using Wire client = proxy.Connect("fe");
        using Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        string id = Say("show sess backend be").Split(':')[0];
        Assert.StartsWith("0x", id);
        Assert.Equal("\n", Say("show sess server be/s2"));
        Assert.Equal("\n", Say("show sess older 1h"));
        string shown = Say($"show sess {id}");
        Assert.StartsWith($"{id}: [", shown);
        Assert.Contains("\n  backend=be (id=3 mode=tcp)\n  server=s1 (id=1) addr=", shown);
        Assert.Equal(shown.Split('\n')[0], Say("show sess all").Split('\n')[0]);
        Assert.Matches(@",fd=\d+/\d+,rex=,wex=\] scb=\[0,0h,fd=\d+/\d+,rex=,wex=\] exp=\d+s rc=0 c_exp=\n", Say("show sess"));
        Assert.Equal("\n", Say("show sess susp"));
    }
}
