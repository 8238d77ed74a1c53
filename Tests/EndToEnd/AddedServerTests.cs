using System.Collections.Generic;
using System.Threading.Tasks;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>add server</c> and <c>del server</c> while requests go on.</summary>
public sealed class AddedServerTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartBackend(string balance, string options = "") => StartApi($$"""
        {{HttpDefaults}}
        frontend fe
            bind <fe>
            default_backend be
            http-response set-header x-server %s
        backend be
            timeout check 5s
            balance {{balance}}
            server s1 <origin> {{options}}
        backend other
            balance static-rr
        frontend origin
            bind <origin>
            http-request return status 200
        """, "nbthread 2");

    private static string Ask(Proxy proxy)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage answer = client.ReadResponse();
        return answer.Status == 200 ? answer["x-server"]! : $"{answer.Status}";
    }

    private static HashSet<string> Asked(Proxy proxy, int times)
    {
        HashSet<string> servers = [];
        for (int i = 0; i < times; i++) servers.Add(Ask(proxy));
        return servers;
    }

    [Theory]
    [InlineData("", "1 (initial 1)")]
    [InlineData(" from none", "1 (initial 1)")]
    [InlineData(" from be:", "10 (initial 10)")]
    [InlineData(" from be:be", "10 (initial 10)")]
    [InlineData(" from srv:small", "5 (initial 5)")]
    [InlineData(" from srv:s1", "7 (initial 7)")]
    [InlineData(" from srv:be/s1 weight 3", "3 (initial 3)")]
    public void From_says_what_a_server_starts_with(string from, string weight)
    {
        StartBackend("roundrobin\n default-server name small weight 5\n default-server weight 10", "weight 7");
        Assert.Equal("New server registered.\n\n", Say($"add server be/s2 127.0.0.1:1{from}"));
        Assert.Equal($"{weight}\n\n", Say("get weight be/s2"));
        Assert.Equal("Server deleted.\n\n", Say("del server be/s2"));
    }

    [Theory]
    [InlineData("roundrobin")]
    [InlineData("leastconn")]
    [InlineData("random")]
    [InlineData("hdr(x) \n hash-type consistent")]
    public void A_server_comes_carries_requests_and_goes(string balance)
    {
        Proxy proxy = StartBackend(balance);
        string origin = $"127.0.0.1:{Bench.Ports["origin"]}";
        Assert.Equal("New server registered.\n\n", Say($"add server be/s2 {origin} weight 2"));
        Assert.Equal(["s1"], Asked(proxy, 4)); // it is in maintenance
        Say("enable server be/s2");
        Say("disable server be/s1");
        Assert.Equal(["s2"], Asked(proxy, 4));
        Assert.Equal("Only servers in maintenance mode can be deleted.\n\n", Say("del server be/s2"));
        Say("enable server be/s1");
        Say("disable server be/s2");
        Assert.Equal("Server deleted.\n\n", Say("del server be/s2"));
        Assert.Equal("No such server.\n\n", Say("del server be/s2"));
        Assert.Equal(["s1"], Asked(proxy, 4));
        Assert.Equal("New server registered.\n\n", Say($"add server be/s2 {origin}"));
        Say("enable server be/s2");
        Say("disable server be/s1");
        Assert.Equal("Server deleted.\n\n", Say("del server be/s1")); // one of the file goes as well
        Assert.Equal(["s2"], Asked(proxy, 4));
    }

    [Theory]
    [InlineData("add server", "Require 'backend/server'.")]
    [InlineData("add server /x", "Require 'backend/server'.")]
    [InlineData("add server be/x", "'server' expects <name> and <addr>[:<port>] as arguments.")]
    [InlineData("add server no/x 127.0.0.1:80", "No such backend.")]
    [InlineData("add server be/s1 127.0.0.1:80", "Already exists a server with the same name in backend.")]
    [InlineData("add server other/x 127.0.0.1:80",
        "Backend does not support dynamic servers : backend 'other' uses a non dynamic load balancing method.")]
    [InlineData("add server be/a@b 127.0.0.1:80", "character '@' is not permitted in server name 'a@b'.")]
    [InlineData("add server be/x 127.0.0.1:99999", "invalid port '99999'")]
    [InlineData("add server be/x 127.0.0.1:80 zork", "unknown keyword 'zork'.")]
    [InlineData("add server be/x 127.0.0.1:80 from", "from: missing value.")]
    [InlineData("add server be/x 127.0.0.1:80 from zork", "invalid 'zork' value for 'from' keyword.")]
    [InlineData("add server be/x 127.0.0.1:80 from be:zork", "from: unknown backend instance 'zork'.")]
    [InlineData("add server be/x 127.0.0.1:80 from srv:zork", "from: unknown server 'zork' in backend 'be'.")]
    [InlineData("add server be/x 127.0.0.1:80 weight 2 from none", "unknown keyword 'from'.")]
    [InlineData("add server be/x 127.0.0.1:80 resolvers r", "'resolvers' option is not accepted for dynamic server")]
    [InlineData("add server be/x 127.0.0.1:80 check track be/s1", "unable to enable checks and tracking at the same time!")]
    [InlineData("del server be/s1", "Only servers in maintenance mode can be deleted.")]
    [InlineData("del server be/zz", "No such server.")]
    public void What_cannot_be_done_is_said(string command, string answer)
    {
        StartBackend("roundrobin");
        Assert.Equal(answer + "\n\n", Say(command));
    }

    [Fact]
    public void A_server_whose_name_is_not_found_is_shown_without_an_address()
    {
        StartBackend("roundrobin");
        Assert.Equal("New server registered.\n\n", Say("add server be/lost nowhere.invalid:80"));
        string[] lines = Say("show stat be 4 -1").Split('\n');
        Assert.StartsWith("be,lost,", lines[2]);
        int column = System.Array.IndexOf(lines[0][2..].Split(','), "addr");
        Assert.Equal("", lines[2].Split(',')[column]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public void An_added_server_is_checked_when_that_is_enabled()
    {
        Proxy proxy = StartBackend("roundrobin");
        string origin = $"127.0.0.1:{Bench.Ports["origin"]}";
        Say($"add server be/s2 {origin} check inter 20 rise 1 fall 1");
        Say("add server be/s3 127.0.0.1:1 check inter 20 rise 1 fall 1");
        foreach (string server in (string[])["s2", "s3"])
        {
            Say($"enable health be/{server}");
            Say($"enable server be/{server}");
        }
        proxy.WaitUntil(() => Say("show servers state be").Contains(" s3 127.0.0.1 0 0 "), "the check found s3 down");
        proxy.WaitUntil(() => Say("show servers state be").Contains(" s2 127.0.0.1 2 0 "), "the check found s2 up");
        Assert.Equal(["s1", "s2"], Asked(proxy, 8));
        Say("disable server be/s3");
        Assert.Equal("Server deleted.\n\n", Say("del server be/s3"));
    }

    [Fact]
    public void The_agent_of_an_added_server_takes_it_into_use()
    {
        Proxy proxy = StartBackend("roundrobin");
        using System.Net.Sockets.TcpListener agent = new(System.Net.IPAddress.Loopback, 0);
        agent.Start();
        int port = ((System.Net.IPEndPoint)agent.LocalEndpoint).Port;
        Say($"add server be/s2 127.0.0.1:{Bench.Ports["origin"]} agent-check agent-port {port} agent-inter 500 "
            + "rise 1 fall 1");
        Say("enable agent be/s2");
        using System.Net.Sockets.Socket peer = agent.AcceptSocket();
        peer.Send("ready up\n"u8);
        agent.Stop();
        proxy.WaitUntil(() => Say("show servers state be").Contains(" s2 127.0.0.1 2 0 "), "the agent's word");
        Assert.Contains(" is UP/READY (leaving forced maintenance)", proxy.Errors.WaitFor("s2 is UP"));
    }

    [Fact]
    public void What_an_added_server_cannot_speak_is_told()
    {
        StartApi($"{TcpDefaults}\nbackend be\n    balance random\n");
        Assert.Equal("MUX protocol is not usable for server.\n\n", Say("add server be/s1 127.0.0.1:1 proto h2"));
    }

    [Theory]
    [InlineData("roundrobin")]
    [InlineData("leastconn")]
    public async Task Requests_lose_nothing_while_servers_come_and_go(string balance)
    {
        Proxy proxy = StartBackend(balance);
        string origin = $"127.0.0.1:{Bench.Ports["origin"]}";
        for (int i = 0; i < 40; i++) Say($"add server be/old{i} {origin} pool-max-conn 0; enable server be/old{i}");
        bool ends = false;
        Task<int>[] clients = new Task<int>[3];
        for (int i = 0; i < clients.Length; i++)
        {
            clients[i] = Task.Run(() =>
            {
                int lost = 0;
                while (!System.Threading.Volatile.Read(ref ends))
                    if (int.TryParse(Ask(proxy), out _)) lost++;
                return lost;
            });
        }
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal("New server registered.\n\n", Say($"add server be/n{i} {origin} pool-max-conn 0"));
            Say($"enable server be/n{i}");
            Say($"disable server be/n{i}");
            Assert.StartsWith("Done.", Say($"wait 5s srv-removable be/n{i}; disable server be/n{i}"));
            Assert.Equal("Server deleted.\n\n", Say($"del server be/n{i}"));
        }
        System.Threading.Volatile.Write(ref ends, true);
        foreach (Task<int> client in clients) Assert.Equal(0, await client);
    }
}
