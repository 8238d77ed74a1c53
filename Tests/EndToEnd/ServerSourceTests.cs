using System;
using System.Net;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Where connections to servers come from, and which server keeps a client that has a connection of its own.</summary>
public sealed class ServerSourceTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("source 127.0.0.6", "", "127.0.0.6")]
    [InlineData("", "source 127.0.0.6", "127.0.0.6")]
    [InlineData("source 127.0.0.6", "source 127.0.0.7", "127.0.0.7")]
    [InlineData("source 127.0.0.6 interface lo", "", "127.0.0.6")]
    public void A_source_is_the_servers_or_its_backends(string backend, string server, string expected)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Of(backend, $"server s1 {origin.Address} {server}"));
        proxy.Connect("fe").Send(Get());
        Assert.Equal(expected, PeerOf(origin.Accept()));
    }

    [Fact]
    public void Ports_of_a_range_are_used_in_turn()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Of("http-reuse never", $"server s1 {origin.Address} source 127.0.0.6:31711-31713"));
        System.Collections.Generic.HashSet<int> ports = [];
        for (int i = 0; i < 3; i++)
        {
            proxy.Connect("fe").Send(Get());
            Wire server = origin.Accept();
            Assert.Equal("127.0.0.6", PeerOf(server));
            ports.Add(server.RemotePort);
        }
        Assert.Equal([31711, 31712, 31713], System.Linq.Enumerable.Order(ports));
    }

    [SkippableTheory]
    [InlineData("usesrc 127.0.0.77", "127.0.0.77")]
    [InlineData("usesrc clientip", "127.0.0.1")]
    [InlineData("usesrc hdr_ip(x-from)", "127.0.0.51")]
    [InlineData("usesrc hdr_ip(x-from,1)", "127.0.0.50")]
    [InlineData("usesrc hdr_ip(x-other)", "127.0.0.6")]
    [InlineData("usesrc hdr_ip(x-from,0)", "127.0.0.6")]
    public void A_server_may_see_somebody_elses_address(string foreign, string expected)
    {
        Skip.IfNot(Environment.UserName == "root", "needs CAP_NET_ADMIN");
        Origin origin = NewOrigin();
        Proxy proxy = Start(Of($"source 127.0.0.6 {foreign}", $"server s1 {origin.Address}"));
        proxy.Connect("fe").Send("GET / HTTP/1.1\r\nHost: h\r\nX-From: 127.0.0.50, 127.0.0.51\r\n\r\n");
        Assert.Equal(expected, PeerOf(origin.Accept()));
    }

    [SkippableFact]
    public void A_connection_from_one_address_carries_no_request_from_another()
    {
        Skip.IfNot(Environment.UserName == "root", "needs CAP_NET_ADMIN");
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Of("source 0.0.0.0 usesrc hdr_ip(x-from)\nhttp-reuse always", $"server s1 {origin.Address}"));
        Wire client = proxy.Connect("fe");
        foreach (string address in new[] { "127.0.0.50", "127.0.0.50", "127.0.0.51", "127.0.0.51" })
        {
            client.Send($"GET / HTTP/1.1\r\nHost: h\r\nX-From: {address}\r\n\r\n");
            Assert.Equal(200, client.ReadResponse().Status);
        }
        Assert.Equal(2, origin.ConnectionCount);
    }

    [Theory]
    [InlineData("option prefer-last-server", true)]
    [InlineData("option prefer-last-server\nmax-keep-alive-queue 0", true)]
    [InlineData("", false)]
    public void A_client_may_stay_with_the_server_that_holds_a_connection_for_it(string option, bool stays)
    {
        AnsweringOrigin first = NewAnsweringOrigin();
        AnsweringOrigin second = NewAnsweringOrigin();
        Proxy proxy = Start(Of($"http-reuse never\n{option}", $"server s1 {first.Address}\nserver s2 {second.Address}"));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 8; i++)
        {
            client.Send(Get());
            client.ReadResponse();
        }
        Assert.Equal(8, first.RequestCount + second.RequestCount);
        Assert.Equal(stays, first.RequestCount == 0 || second.RequestCount == 0);
    }

    [Theory]
    [InlineData("NTLM", true)]
    [InlineData("Basic realm=x", false)]
    public void A_client_that_proves_itself_to_a_connection_stays_with_it(string scheme, bool stays)
    {
        Func<HttpMessage, Wire, string> asks = (_, _) =>
            $"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {scheme}\r\nContent-Length: 0\r\n\r\n";
        AnsweringOrigin first = NewAnsweringOrigin(asks);
        AnsweringOrigin second = NewAnsweringOrigin(asks);
        Proxy proxy = Start(Of("", $"server s1 {first.Address}\nserver s2 {second.Address}"));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 8; i++)
        {
            client.Send(Get());
            Assert.Equal(401, client.ReadResponse().Status);
        }
        Assert.Equal(stays, first.RequestCount == 0 || second.RequestCount == 0);
    }

    [Theory]
    [InlineData("option nolinger", "", true)]
    [InlineData("", "option nolinger", false)]
    public void Without_lingering_a_tcp_stream_ends_in_a_reset(string backend, string frontend, bool servers)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            global
                nbthread 1
            {TcpDefaults}
            frontend fe
                bind <fe>
                {frontend}
                default_backend be
            backend be
                {backend}
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        Assert.Equal("x", server.ReadText(1));
        client.HalfClose();
        if (servers) server.ExpectReset();
        else server.ExpectEnd();
    }

    [Fact]
    public void A_connection_with_one_mark_carries_no_request_with_another()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Of(
            "http-reuse always\nhttp-request set-bc-tos req.hdr(tos) if { req.hdr(tos) -m found }", $"server s1 {origin.Address}"));
        Wire client = proxy.Connect("fe");
        foreach (string field in new[] { "", "Tos: 8\r\n", "Tos: 8\r\n", "Tos: 16\r\n", "" })
        {
            client.Send($"GET / HTTP/1.1\r\nHost: h\r\n{field}\r\n");
            Assert.Equal(200, client.ReadResponse().Status);
        }
        // The plain one, 8, which the second keeps, 16; the last finds the plain one in the pool.
        Assert.Equal(3, origin.ConnectionCount);
    }

    private static string PeerOf(Wire wire) => ((IPEndPoint)wire.Socket.RemoteEndPoint!).Address.ToString();

    private static string Of(string backend, string servers) => $"""
        global
            nbthread 1
        {HttpDefaults}
        frontend fe
            bind <fe>
            default_backend be
        backend be
            balance roundrobin
            {backend}
            {servers}
        """;
}
