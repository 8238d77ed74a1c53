using System;
using System.Linq;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>The pool of server connections: http-reuse, pool-max-conn, pool-purge-delay, and what may not be
/// reused.</summary>
public sealed class ConnectionReuseTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string OneThread = "global\nnbthread 1\n";

    [Theory]
    [InlineData("never", 3)]
    [InlineData("safe", 3)]
    [InlineData("aggressive", 3)]
    [InlineData("always", 1)]
    public void The_mode_says_whether_the_first_request_of_a_client_may_share(string mode, int connections)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: $"http-reuse {mode}"));
        for (int i = 0; i < 3; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            client.ReadResponse();
            client.Close();
            Thread.Sleep(20);
        }
        Assert.Equal(connections, origin.ConnectionCount);
    }

    [Theory]
    [InlineData("never", 3)]
    [InlineData("safe", 1)]
    [InlineData("aggressive", 1)]
    [InlineData("always", 1)]
    public void The_mode_says_whether_later_requests_of_a_client_may_share(string mode, int connections)
    {
        // Each client sends its first request to another backend, so that the one that counts is not its
        // first.
        AnsweringOrigin first = NewAnsweringOrigin();
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            {OneThread}
            {HttpDefaults}
            frontend fe
                bind <fe>
                use_backend first if {"{ path /first }"}
                default_backend be
            backend first
                http-reuse never
                server s1 {first.Address}
            backend be
                http-reuse {mode}
                server s1 {origin.Address}
            """);
        for (int i = 0; i < 3; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get("/first"));
            client.ReadResponse();
            client.Send(Get("/second"));
            client.ReadResponse();
            client.Close();
            Thread.Sleep(20);
        }
        Assert.Equal(connections, origin.ConnectionCount);
    }

    [Fact]
    public void Connections_with_a_name_serve_the_requests_of_that_name_alone()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(OneThread + Simple(
            origin, backend: "http-reuse always\ndefault-server pool-low-conn 10 pool-conn-name req.hdr(x-name)"));
        string[] names = ["a", "b", "", "a", "A", "b", "", "A"];
        foreach (string name in names)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get("/", name.Length == 0 ? "" : $"x-name: {name}\r\n"));
            Assert.Equal(200, client.ReadResponse().Status);
            client.Send(Get("/", name.Length == 0 ? "" : $"x-name: {name}\r\n")); // behind it the first is free
            Assert.Equal(200, client.ReadResponse().Status);
            client.Close();
        }
        Assert.Equal(4, origin.ConnectionCount); // a, b, A and one without
    }

    [Fact]
    public void Aggressive_shares_connections_that_were_reused_before()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse aggressive"));
        Wire proven = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            proven.Send(Get());
            proven.ReadResponse();
        }
        proven.Close();
        Thread.Sleep(20);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        Assert.Equal(1, origin.ConnectionCount);
    }

    [Fact]
    public void A_connection_of_a_client_is_kept_for_its_next_request_even_with_reuse_never()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse never"));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 3; i++)
        {
            client.Send(Get());
            client.ReadResponse();
        }
        Assert.Equal(1, origin.ConnectionCount);
    }

    [Fact]
    public void Pool_max_conn_0_keeps_no_idle_connection_for_others()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(OneThread
            + Simple(origin, backend: "http-reuse always", server: "pool-max-conn 0"));
        for (int i = 0; i < 3; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            client.ReadResponse();
            client.Close();
            Thread.Sleep(20);
        }
        Assert.Equal(3, origin.ConnectionCount);
    }

    [Fact]
    public void Idle_connections_are_purged_after_the_delay()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread
            + Simple(origin, backend: "http-reuse always", server: "pool-purge-delay 100ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();
        client.Close();
        server.ExpectGone();
    }

    [Fact]
    public void Parallel_requests_use_as_many_connections_and_later_ones_share_them()
    {
        using Barrier together = new(4);
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) =>
        {
            if (request.Target == "/together")
                together.SignalAndWait(3_000);
            return Ok;
        });
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        Wire[] clients = [.. Enumerable.Range(0, 4).Select(_ => proxy.Connect("fe"))];
        foreach (Wire client in clients)
            client.Send(Get("/together"));
        foreach (Wire client in clients)
            client.ReadResponse();
        Assert.Equal(4, origin.ConnectionCount);
        for (int i = 0; i < 20; i++)
        {
            clients[i % 4].Send(Get());
            clients[i % 4].ReadResponse();
        }
        Assert.Equal(4, origin.ConnectionCount);
    }

    [Fact]
    public void A_server_that_sends_more_than_it_announced_loses_its_connection_and_nobody_gets_the_rest()
    {
        // THREATS A31: surplus bytes must never answer somebody else's request.
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen");
        Assert.Equal("ok", client.ReadResponse().Text);

        Wire other = proxy.Connect("fe");
        other.Send(Get("/2"));
        Wire fresh = origin.Accept();
        Assert.Equal("/2", fresh.ReadRequest().Target);
        fresh.Send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright");
        Assert.Equal("right", other.ReadResponse().Text);
        client.Send(Get("/3"));
        Assert.Equal("/3", fresh.ReadRequest().Target);
        fresh.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_is_not_the_answer_to_the_next_request()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nunseen");
        server.ExpectGone();
        client.Send(Get("/2"));
        Wire fresh = origin.Accept();
        fresh.ReadRequest();
        fresh.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void A_408_on_an_idle_connection_is_dropped_with_it()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();
        server.Send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        server.Close();
        Thread.Sleep(30);
        client.Send(Get("/2"));
        Wire fresh = origin.Accept();
        fresh.ReadRequest();
        fresh.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_connection_that_asked_for_credentials_is_not_shared()
    {
        // THREATS A32: after an NTLM or Negotiate challenge the connection belongs to its client.
        Origin origin = NewOrigin();
        Proxy proxy = Start(OneThread + Simple(origin, backend: "http-reuse always"));
        Wire one = proxy.Connect("fe");
        one.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 401 Who\r\nWWW-Authenticate: NTLM\r\nContent-Length: 2\r\n\r\nno");
        Assert.Equal(401, one.ReadResponse().Status);

        Wire two = proxy.Connect("fe");
        two.Send(Get("/2"));
        Wire fresh = origin.Accept();
        Assert.Equal("/2", fresh.ReadRequest().Target);
        fresh.Send(Ok);
        two.ReadResponse();
        one.Send(Get("/3"));
        Assert.Equal("/3", server.ReadRequest().Target);
        server.Send(Ok);
        one.ReadResponse();
    }
}
