using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>How each algorithm spreads requests over servers.</summary>
public sealed class BalanceTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("roundrobin")]
    [InlineData("static-rr")]
    public void Round_robin_takes_servers_in_turn(string algorithm)
    {
        string[] servers = Ask(algorithm, 12);
        for (int i = 3; i < servers.Length; i++)
            Assert.Equal(servers[i - 3], servers[i]);
        Assert.Equal(3, servers.Distinct().Count());
    }

    [Theory]
    [InlineData("roundrobin")]
    [InlineData("static-rr")]
    public void Weights_are_kept_exactly_over_a_period(string algorithm)
    {
        Dictionary<string, int> counts = Count(Ask(algorithm, 60, "weight 1", "weight 2", "weight 3"));
        Assert.Equal(10, counts["s1"]);
        Assert.Equal(20, counts["s2"]);
        Assert.Equal(30, counts["s3"]);
    }

    [Fact]
    public void A_weight_of_0_gets_nothing()
    {
        Dictionary<string, int> counts = Count(Ask("roundrobin", 20, "weight 0"));
        Assert.False(counts.ContainsKey("s1"));
        Assert.Equal(10, counts["s2"]);
    }

    [Fact]
    public void Random_uses_every_server()
    {
        Dictionary<string, int> counts = Count(Ask("random", 150));
        Assert.All(["s1", "s2", "s3"], s => Assert.InRange(counts.GetValueOrDefault(s), 15, 100));
    }

    [Fact]
    public void The_default_is_random()
    {
        Dictionary<string, int> counts = Count(Ask("", 150));
        Assert.Equal(3, counts.Count);
        Assert.NotEqual([50, 50, 50], counts.Values);
    }

    [Fact]
    public void First_fills_one_server_before_it_uses_the_next()
    {
        Origin[] origins = [NewOrigin("1"), NewOrigin("2"), NewOrigin("3")];
        Proxy proxy = Start($"""
            global
            nbthread 1
            {HttpDefaults}
            listen fe
                bind <fe>
                balance first
                server s1 {origins[0].Address} maxconn 2
                server s2 {origins[1].Address} maxconn 2
                server s3 {origins[2].Address} maxconn 2
            """);
        int[] expected = [0, 0, 1, 1, 2, 2];
        foreach (int place in expected)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            origins[place].Accept().ReadRequest();
        }
    }

    [Fact]
    public void Leastconn_prefers_the_server_with_fewest()
    {
        Origin[] origins = [NewOrigin("1"), NewOrigin("2"), NewOrigin("3")];
        Proxy proxy = Start($"""
            global
            nbthread 1
            {HttpDefaults}
            listen fe
                bind <fe>
                balance leastconn
                server s1 {origins[0].Address}
                server s2 {origins[1].Address}
                server s3 {origins[2].Address}
            """);
        // Six held requests: two each. Then the one that gets room is the one that gets the next.
        Wire[] clients = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            return client;
        })];
        List<Wire>[] held = [.. origins.Select(o => new List<Wire> { o.Accept(), o.Accept() })];
        foreach (Wire server in held.SelectMany(h => h))
            server.ReadRequest();
        foreach (Wire server in held[1])
            server.Send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        Thread.Sleep(60);
        for (int i = 0; i < 2; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            origins[1].Accept().ReadRequest();
        }
        Assert.Equal(6, clients.Length);
    }

    [Fact]
    public void Source_sends_one_address_to_one_server_and_spreads_addresses()
    {
        AnsweringOrigin[] origins = [Named("s1"), Named("s2"), Named("s3")];
        Proxy proxy = Start(Config("source", origins));
        HashSet<string> used = [];
        for (int i = 1; i <= 24; i++)
        {
            string[] answers = [.. Enumerable.Range(0, 3).Select(_ => AskFrom($"127.0.0.{i}"))];
            Assert.Single(answers.Distinct());
            used.Add(answers[0]);
        }
        Assert.Equal(3, used.Count);
    }

    [Fact]
    public void A_backup_is_used_only_when_no_other_is_left()
    {
        AnsweringOrigin backup = Named("backup");
        AnsweringOrigin main = Named("main");
        Proxy proxy = Start($"""
            {HttpDefaults}
            listen fe
                bind <fe>
                balance roundrobin
                server backup {backup.Address} backup
                server main {main.Address}
            listen alone
                bind <alone>
                server backup {backup.Address} backup
            """);
        Assert.All(Enumerable.Range(0, 4).Select(_ => AskOnce(proxy, "fe")), s => Assert.Equal("main", s));
        Assert.Equal("backup", AskOnce(proxy, "alone"));
    }

    [Fact]
    public void A_disabled_server_gets_nothing()
    {
        Dictionary<string, int> counts = Count(Ask("roundrobin", 10, "disabled"));
        Assert.False(counts.ContainsKey("s1"));
    }

    [Fact]
    public void Use_server_style_lines_of_default_server_apply_to_all()
    {
        AnsweringOrigin origin = Named("s1");
        Proxy proxy = Start($"""
            {HttpDefaults}
            listen fe
                bind <fe>
                balance roundrobin
                default-server weight 2 maxconn 10
                server s1 {origin.Address}
                server s2 {origin.Address} weight 1
            """);
        Assert.Equal("s1", AskOnce(proxy, "fe"));
    }

    private string[] Ask(string algorithm, int count, params string[] options)
    {
        AnsweringOrigin[] origins = [Named("s1"), Named("s2"), Named("s3")];
        Proxy proxy = Start(Config(algorithm, origins, options));
        Wire client = proxy.Connect("fe");
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            client.Send(Get());
            return client.ReadResponse().Text;
        })];
    }

    private string AskFrom(string source)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        socket.Connect(new IPEndPoint(IPAddress.Loopback, Bench.Ports["fe"]));
        using Wire client = new(socket, source);
        client.Send(Get());
        return client.ReadResponse().Text;
    }

    private string AskOnce(Proxy proxy, string listener)
    {
        using Wire client = proxy.Connect(listener);
        client.Send(Get());
        return client.ReadResponse().Text;
    }

    private AnsweringOrigin Named(string name) => NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(name));

    private static Dictionary<string, int> Count(string[] answers) =>
        answers.GroupBy(a => a).ToDictionary(g => g.Key, g => g.Count());

    private static string Config(string algorithm, AnsweringOrigin[] origins, params string[] options) => $"""
        global
        nbthread 1
        {HttpDefaults}
        option http-server-close
        listen fe
            bind <fe>
            {(algorithm.Length > 0 ? "balance " + algorithm : "")}
            {string.Join('\n', origins.Select((o, i) => $"server s{i + 1} {o.Address} {options.ElementAtOrDefault(i)}"))}
        """;
}
