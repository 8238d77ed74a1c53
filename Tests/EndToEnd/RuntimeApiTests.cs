using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Commands of the statistics socket that look at servers and change them.</summary>
public sealed class RuntimeApiTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private string SocketPath => Path.Combine(Bench.Directory, "api");

    [Theory]
    [InlineData("set server be/s1 state maint", "Server be/s1 is going DOWN for maintenance. 1 active and 0 backup servers "
        + "left. 0 sessions active, 0 requeued, 0 remaining in queue.", "MAINT")]
    [InlineData("disable server be/s1", "Server be/s1 is going DOWN for maintenance. 1 active and 0 backup servers left. "
        + "0 sessions active, 0 requeued, 0 remaining in queue.", "MAINT")]
    [InlineData("set server be/s1 state drain", "Server be/s1 enters drain state. 1 active and 0 backup servers online. "
        + "0 sessions requeued, 0 total in queue.", "DRAIN")]
    [InlineData("set server be/s1 health down", "Server be/s1 is DOWN, changed from CLI. 1 active and 0 backup servers left. "
        + "0 sessions active, 0 requeued, 0 remaining in queue.", "DOWN")]
    [InlineData("set server be/s1 health stopping", "Server be/s1 is stopping, changed from CLI. 1 active and 0 backup "
        + "servers online. 0 sessions requeued, 0 total in queue.", "NOLB")]
    public void A_server_is_taken_out_of_use_and_gets_no_requests(string command, string line, string status)
    {
        Proxy proxy = StartTwo(out AnsweringOrigin first, out _);
        Assert.Equal("\n", Say(command));
        Assert.Equal(line, proxy.Output.WaitFor("Server be/s1 "));
        for (int i = 0; i < 6; i++) Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal(0, first.RequestCount);
        Assert.Equal(status, Stat("be", "s1", "status"));
        Assert.Equal("1", Stat("be", "BACKEND", "act"));
    }

    [Fact]
    public void Profiling_shows_what_was_worked_on_while_it_was_on()
    {
        Proxy proxy = StartTwo(out _, out _);
        Assert.Contains("Per-task CPU profiling              : auto-off      # set profiling tasks {on|auto|off}", Say("show profiling"));
        Assert.Equal("\n", Say("set profiling tasks on lock"));
        for (int i = 0; i < 6; i++) Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal("\n", Say("set profiling tasks off"));
        string shown = Say("show profiling tasks");
        Assert.Matches(@"^Tasks activity over \d+\.\d{3} sec till \d+\.\d{3} sec ago:\n  function  ", shown);
        Assert.Matches(@"(?m)^  EvaluateRules                     6.{20}(      -   ){3}.{10} <- ParseHeads$", shown);
        Assert.Matches(@"(?m)^  EvaluateRules                     6.{20}(      -   ){3}.{10}$", Say("show profiling tasks aggr"));
        Assert.Equal(3, Say("show profiling tasks byaddr 1").TrimEnd('\n').Split('\n').Length);
        for (int i = 0; i < 3; i++) Assert.Equal(200, Ask(proxy).Status);
        Assert.Matches(@"(?m)^  EvaluateRules                     6 ", Say("show profiling tasks bytime"));
        Assert.DoesNotContain("Tasks", Say("show profiling status"));
    }

    [Theory]
    [InlineData("set profiling", "Expects either 'tasks' or 'memory'.")]
    [InlineData("set profiling cpu on", "Expects either 'tasks' or 'memory'.")]
    [InlineData("set profiling tasks", "Expects a combination of either 'on', 'auto', 'off', 'lock', 'no-lock', 'memory' or 'no-memory'.")]
    [InlineData("set profiling tasks on x", "Expects a combination of either 'on', 'auto', 'off', 'lock', 'no-lock', 'memory' or 'no-memory'.")]
    [InlineData("set profiling memory on", "Memory profiling not compiled in.")]
    [InlineData("show profiling 0", "Expects either 'all', 'status', 'tasks', 'memory', 'byaddr', 'bytime', 'byctx', 'aggr' or a max number of output lines.")]
    public void Profiling_takes_certain_words(string command, string answer)
    {
        StartTwo(out _, out _);
        Assert.Equal(answer + "\n\n", Say(command));
    }

    [Fact]
    public void Ready_brings_a_server_back()
    {
        Proxy proxy = StartTwo(out AnsweringOrigin first, out _);
        Say("set server be/s1 state maint");
        Say("set server be/s1 state ready");
        Assert.Equal("Server be/s1 is UP/READY (leaving forced maintenance).", proxy.Output.WaitFor("leaving"));
        for (int i = 0; i < 6; i++) Assert.Equal(200, Ask(proxy).Status);
        Assert.NotEqual(0, first.RequestCount);
    }

    [Theory]
    [InlineData("get weight be/s1", "1 (initial 1)\n\n")]
    [InlineData("get weight be/zz", "No such server.\n\n")]
    [InlineData("get weight zz/s1", "No such backend.\n\n")]
    [InlineData("get weight s1", "Require 'backend/server'.\n\n")]
    [InlineData("set weight be/s1 300", "Absolute weight can only be between 0 and 256 inclusive.\n\n")]
    [InlineData("set weight be/s1 x", "Empty weight string empty or preceded by garbage\n\n")]
    [InlineData("set server be/s1 state x", "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n\n")]
    [InlineData("set server be/s1 health x", "'set server <srv> health' expects 'up', 'stopping', or 'down'.\n\n")]
    [InlineData("set server be/s1 addr x", "Invalid addr 'x'\n\n")]
    [InlineData("set server be/s1 check-port 9", "health checks are not enabled on this server\n\n")]
    [InlineData("set server be/s1 agent up", "agent checks are not enabled on this server.\n\n")]
    [InlineData("set server be/s1 fqdn x", "set server <b>/<s> fqdn failed because no resolution is configured.\n\n")]
    [InlineData("enable health be/s1", "Health check was not configured on this server, cannot enable.\n\n")]
    [InlineData("enable agent be/s1", "Agent was not configured on this server, cannot enable.\n\n")]
    [InlineData("set maxconn server be/s1", "Require <maxconn>.\n\n")]
    [InlineData("set maxconn frontend", "A frontend name is expected.\n\n")]
    [InlineData("set maxconn frontend zz 4", "No such frontend.\n\n")]
    [InlineData("set maxconn frontend fe", "Integer value expected.\n\n")]
    [InlineData("set maxconn frontend fe 10", "\n")]
    [InlineData("show backend", "# name\nbe\n\n")]
    [InlineData("show servers state zz", "Can't find backend.\n\n")]
    public void Answers(string command, string answer)
    {
        StartTwo(out _, out _);
        Assert.Equal(answer, Say(command));
    }

    [Fact]
    public void A_server_moves_to_another_address()
    {
        Proxy proxy = StartTwo(out AnsweringOrigin first, out AnsweringOrigin second);
        Assert.Equal(
            $"port changed from '{first.Port}' to '{second.Port}' by 'stats socket command'\n\n",
            Say($"set server be/s1 addr 127.0.0.1 port {second.Port}"));
        for (int i = 0; i < 4; i++) Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal(0, first.RequestCount);
        Assert.Equal(4, second.RequestCount);
        Assert.Equal($"127.0.0.1:{second.Port}", Stat("be", "s1", "addr"));
    }

    [Fact]
    public void Figures_are_counted_and_cleared()
    {
        Proxy proxy = StartTwo(out _, out _);
        for (int i = 0; i < 4; i++) Ask(proxy);
        proxy.WaitUntil(() => Stat("fe", "FRONTEND", "hrsp_2xx") == "4", "four answers are counted");
        Assert.Equal("4", Stat("be", "BACKEND", "stot"));
        Assert.Equal("2", Stat("be", "s1", "stot"));
        Assert.Equal("1", Stat("be", "s2", "smax"));
        Assert.Equal("no check", Stat("be", "s2", "status"));
        Assert.Equal("\n", Say("clear counters all"));
        Assert.Equal("0", Stat("be", "BACKEND", "stot"));
        Assert.Equal("0", Stat("fe", "FRONTEND", "hrsp_2xx"));
    }

    [Fact]
    public void States_of_servers_are_dumped_for_another_process()
    {
        StartTwo(out AnsweringOrigin first, out _);
        Say("set server be/s1 state drain");
        Say("set weight be/s1 7");
        string[] lines = Say("show servers state be").Split('\n');
        Assert.Equal("1", lines[0]);
        Assert.StartsWith("# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight", lines[1]);
        Assert.Matches($@"^3 be 1 s1 127\.0\.0\.1 2 8 7 1 \d+ 1 0 0 0 0 0 0 - {first.Port} - 0 0 - - 0$", lines[2]);
    }

    /// <summary>Only a check that was configured rests; a health is told where <c>default-server</c> gave one.</summary>
    [Fact]
    public void States_of_servers_that_nobody_checks()
    {
        Proxy proxy = StartApi($"""
            {TcpDefaults}
            backend a
                server s1 127.0.0.1:1
                server s2 127.0.0.1:1 disabled
            backend b
                default-server no-check rise 3
                server s1 127.0.0.1:1
            """);
        proxy.AlertsAllowed = true;
        Say("disable server a/s1");
        Assert.Matches(@"s1 127\.0\.0\.1 0 1 1 1 \d+ 1 0 0 0 0 .*\n.* s2 127\.0\.0\.1 0 5 1 1 \d+ 1 0 0 8 0 ",
            Say("show servers state a"));
        Assert.Matches(@"s1 127\.0\.0\.1 2 0 1 1 \d+ 1 0 3 0 0 ", Say("show servers state b"));
    }

    [Fact]
    public void Sessions_of_a_server_are_ended()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartApi(TcpDefaults + $"""
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        Assert.Equal("\n", Say("shutdown sessions server be/s1"));
        client.ExpectGone();
        server.ExpectGone();
    }

    [Fact]
    public void One_session_is_seen_and_ended()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartApi(TcpDefaults + $"""
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        string line = Say("show sess");
        Assert.Matches(@"^0x[0-9a-f]+: proto=tcpv4 src=127\.0\.0\.1:\d+ fe=fe be=be srv=s1 ts=", line);
        Assert.Equal("No such session (use 'show sess').\n\n", Say("shutdown session 0x1234"));
        Assert.Equal("\n", Say($"shutdown session {line.Split(':')[0]}"));
        client.ExpectGone();
        server.ExpectGone();
        Assert.Equal("\n", Say("show sess"));
    }

    private static HttpMessage Ask(Proxy proxy)
    {
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        return client.ReadResponse();
    }

    private Proxy StartApi(string configuration)
    {
        Proxy proxy = Start(
            "global\nlog stdout format raw local0\nstats socket <dir>/api level admin\n" + configuration);
        // Its own socket comes behind those of the frontends.
        proxy.WaitUntil(() => File.Exists(SocketPath), "the statistics socket is there");
        return proxy;
    }

    [Theory]
    [InlineData("disable frontend", "A frontend name is expected.\n\n")]
    [InlineData("enable frontend be", "No such frontend.\n\n")]
    [InlineData("enable frontend fe", "All sockets are already enabled.\n\n")]
    [InlineData("set maxconn frontend", "A frontend name is expected.\n\n")]
    [InlineData("set maxconn frontend fe -1", "Value out of range.\n\n")]
    [InlineData("set maxconn frontend fe 100", "\n")]
    [InlineData("set maxconn global", "Expects an integer value.\n\n")]
    [InlineData("set maxconn global 100000000", "Value out of range.\n\n")]
    [InlineData("set maxconn global 0", "\n")]
    [InlineData("publish backend", "No such backend.\n\n")]
    [InlineData("enable dynamic-cookie backend", "A backend name is expected.\n\n")]
    [InlineData("disable dynamic-cookie backend x", "No such backend.\n\n")]
    [InlineData("set dynamic-cookie-key backend be", "String value expected.\n\n")]
    [InlineData("wait", "Expects a duration in milliseconds.\n\n")]
    [InlineData("wait 1x", "Invalid duration.\n\n")]
    [InlineData("wait 1", "Done.\n\n")]
    [InlineData("wait 1us", "Done.\n\n")]
    [InlineData("wait 0us", "Invalid duration.\n\n")]
    [InlineData("wait 1 srv-removable", "Missing server name (<backend>/<server>).\n\n")]
    [InlineData("wait 1 srv-removable be", "Require 'backend/server'.\n\n")]
    [InlineData("wait 1 srv-removable be/x", "Failed. No such server.\n\n")]
    [InlineData("wait 1 srv-removable be/s1", "Failed. Only servers in maintenance mode can be deleted.\n\n")]
    [InlineData("set server be/s1 check-addr", "set server <b>/<s> check-addr requires an address and optionally a port.\n\n")]
    [InlineData("set server be/s1 agent-port", "set server <b>/<s> agent-port requires a port.\n\n")]
    public void Commands_answer_in_the_words_of_the_reference(string command, string answer)
    {
        StartTwo(out _, out _);
        Assert.Equal(answer, Say(command));
    }

    [Fact]
    public void A_disabled_frontend_takes_no_connections_until_it_is_enabled()
    {
        Proxy proxy = StartTwo(out _, out _);
        Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal("\n", Say("disable frontend fe"));
        Assert.Equal("Paused frontend fe.", proxy.Output.WaitFor("frontend fe"));
        Assert.Equal("PAUSED", Stat("fe", "FRONTEND", "status"));
        Assert.Throws<SocketException>(() => proxy.Connect("fe"));
        Assert.Equal("All sockets are already disabled.\n\n", Say("disable frontend fe"));
        Assert.Equal("\n", Say("enable frontend fe"));
        Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal("OPEN", Stat("fe", "FRONTEND", "status"));
    }

    [Fact]
    public void A_frontend_that_was_shut_down_stays_so()
    {
        Proxy proxy = StartTwo(out _, out _);
        Assert.Equal("\n", Say("shutdown frontend fe"));
        Assert.Equal("Proxy fe stopped (cumulated conns: FE: 0, BE: 0).", proxy.Output.WaitFor("Proxy fe"));
        Assert.Equal("STOP", Stat("fe", "FRONTEND", "status"));
        Assert.Throws<SocketException>(() => proxy.Connect("fe"));
        Assert.Equal("Frontend was already shut down.\n\n", Say("shutdown frontend fe"));
        Assert.Equal("Frontend was previously shut down, cannot enable.\n\n", Say("enable frontend fe"));
        Assert.Equal("Frontend was previously shut down, cannot disable.\n\n", Say("disable frontend fe"));
    }

    [Fact]
    public void A_server_in_maintenance_without_streams_is_removable_and_one_with_a_stream_is_not()
    {
        Origin origin = NewOrigin("be");
        Proxy proxy = StartApi($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                default-server pool-max-conn 0
                balance roundrobin
                server s1 {origin.Address}
                server s2 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        Assert.Equal("\n", Say("set server be/s1 state maint"));
        Assert.Equal(
            "Failed. Server still has connections attached to it, cannot remove it.\n\n", Say("wait 30 srv-removable be/s1"));
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(200, client.ReadResponse().Status);
        Assert.Equal("Done.\n\nadmin\n\n", Say("wait 10s srv-removable be/s1; show cli level"));
    }

    [Fact]
    public void An_unpublished_backend_is_chosen_by_no_rule_but_a_forced_one()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartApi($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                force-be-switch if { path /forced }
                use_backend other if { path /other }
                default_backend be
            backend be
                be-unpublished
                server s1 {{origin.Address}}
            backend other
                http-request return status 204
            """);
        Assert.Equal(503, Status(proxy, "/"));
        Assert.Equal(200, Status(proxy, "/forced"));
        Assert.Equal("Backend published.\n\n", Say("publish backend be"));
        Assert.Equal(200, Status(proxy, "/"));
        Assert.Equal(204, Status(proxy, "/other"));
        Assert.Equal("Backend unpublished.\n\n", Say("unpublish backend other"));
        Assert.Equal(200, Status(proxy, "/other"));
    }

    private static int Status(Proxy proxy, string path)
    {
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", path));
        return client.ReadResponse().Status;
    }

    private Proxy StartTwo(out AnsweringOrigin first, out AnsweringOrigin second)
    {
        first = NewAnsweringOrigin();
        second = NewAnsweringOrigin();
        return StartApi(HttpDefaults + $"""
            log global
            frontend fe
                bind <fe>
                default_backend be
            backend be
                balance roundrobin
                server s1 {first.Address}
                server s2 {second.Address}
            """);
    }

    private string Stat(string proxy, string name, string column)
    {
        string[] lines = Say("show stat").Split('\n');
        string[] names = lines[0].TrimStart('#', ' ').Split(',');
        string[] values = lines.Select(l => l.Split(',')).First(v => v.Length > 1 && v[0] == proxy && v[1] == name);
        return values[Array.IndexOf(names, column)];
    }

    private string Say(string command)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        socket.Send(Encoding.ASCII.GetBytes(command + "\n"));
        using MemoryStream answer = new();
        byte[] part = new byte[65536];
        for (int count; (count = socket.Receive(part)) > 0;) answer.Write(part, 0, count);
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
