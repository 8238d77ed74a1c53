using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Persistent connections on both sides (RFC 9112 section 9).</summary>
public sealed class KeepAliveTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void Requests_of_one_client_follow_each_other_on_one_connection_on_both_sides()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");

        client.Send(Get("/1"));
        Wire server = origin.Accept();
        for (int i = 1; i <= 5; i++)
        {
            Assert.Equal($"/{i}", server.ReadRequest().Target);
            server.Send($"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{i}");
            Assert.Equal($"{i}", client.ReadResponse().Text);
            client.Send(Get($"/{i + 1}"));
        }
    }

    [Fact]
    public void Nothing_is_added_to_a_request_or_a_response_that_may_stay_as_it_is()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");

        client.Send(
            "GET /a?b=c HTTP/1.1\r\nHost: h.example:81\r\nX-One: 1\r\naccept:  */*  \r\nX-One: 2\r\n\r\n");
        Wire server = origin.Accept();
        Assert.Equal(
            "GET /a?b=c HTTP/1.1\r\nhost: h.example:81\r\nx-one: 1\r\naccept: */*\r\nx-one: 2\r\n\r\n",
            server.ReadHead());

        server.Send(
            "HTTP/1.1 299 Own Words\r\nX-Two: a b\r\nContent-Length: 2\r\nset-cookie: q=1; path=/\r\n\r\nok");
        Assert.Equal(
            "HTTP/1.1 299 Own Words\r\nx-two: a b\r\ncontent-length: 2\r\nset-cookie: q=1; path=/\r\n\r\n",
            client.ReadHead());
        Assert.Equal("ok", client.ReadText(2));
    }

    [Fact]
    public void A_request_of_1_0_tells_the_server_that_its_connection_stays()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send("GET /old HTTP/1.0\r\n\r\n");
        Wire server = origin.Accept();
        Assert.Equal("GET /old HTTP/1.0\r\nconnection: keep-alive\r\n\r\n", server.ReadHead());
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void An_answer_of_1_0_tells_the_client_that_its_connection_stays()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1"));
        Wire server = origin.Accept();
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal($"/{i}", server.ReadRequest().Target);
            server.Send("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
            Assert.Equal("HTTP/1.0 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n", client.ReadHead());
            Assert.Equal("ok", client.ReadText(2));
            client.Send(Get($"/{i + 1}"));
        }
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_order()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Target));
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");

        string[] targets = [.. Enumerable.Range(0, 200).Select(i => $"/{i}")];
        client.Send(string.Concat(targets.Select(t => Get(t))));
        foreach (string target in targets)
            Assert.Equal(target, client.ReadResponse().Text);
        Assert.Equal(targets, origin.Requests.Select(r => r.Request.Target));
    }

    [Fact]
    public void Pipelined_requests_with_bodies_keep_their_bodies()
    {
        AnsweringOrigin origin = NewAnsweringOrigin(
            (request, _) => AnsweringOrigin.Ok($"{request.Method}{request.Text}"));
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");

        client.Send(Request("POST", "/", "Content-Length: 3") + "one"
            + Request("PUT", "/", "Transfer-Encoding: chunked") + "2\r\ntw\r\n1\r\no\r\n0\r\n\r\n"
            + Get()
            + Request("POST", "/", "Content-Length: 0")
            + Request("DELETE", "/", "Content-Length: 5") + "three");
        foreach (string expected in (string[])["POSTone", "PUTtwo", "GET", "POST", "DELETEthree"])
            Assert.Equal(expected, client.ReadResponse().Text);
    }

    [Fact]
    public void A_request_one_byte_at_a_time_is_a_request()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");

        client.SendSlowly(Request("POST", "/slow", "Transfer-Encoding: chunked", "Trailer: x-t")
            + "3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\nX-T: v\r\n\r\n");
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal("abc0123456789", request.Text);
        Assert.Equal("v", Assert.Single(request.Trailers).Value);

        server.SendSlowly(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwxyz\r\n0\r\nX-U: w\r\n\r\n");
        HttpMessage response = client.ReadResponse();
        Assert.Equal("wxyz", response.Text);
        Assert.Equal("w", Assert.Single(response.Trailers).Value);
        client.SendSlowly(Get("/2"));
        Assert.Equal("/2", server.ReadRequest().Target);
        server.SendSlowly(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void Empty_lines_in_front_of_a_request_are_ignored()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");

        client.Send("\r\n" + Get("/1"));
        Wire server = origin.Accept();
        Assert.Equal("/1", server.ReadRequest().Target);
        server.Send(Ok);
        client.ReadResponse();
        client.Send("\r\n" + Get("/2"));
        Assert.Equal("/2", server.ReadRequest().Target);
        server.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_client_that_asks_to_close_is_closed_after_the_answer_and_the_server_stays()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\nnbthread 1\n" + Simple(origin, backend: "http-reuse always"));
        for (int i = 0; i < 3; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get("/", "Connection: close"));
            HttpMessage response = client.ReadResponse();
            Assert.Equal("close", response["connection"]);
            client.ExpectEnd();
        }
        Assert.Equal(1, origin.ConnectionCount);
        Assert.All(origin.Requests, r => Assert.Null(r.Request["connection"]));
    }

    [Fact]
    public void A_server_that_closes_does_not_close_the_client()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 3; i++)
        {
            client.Send(Get());
            Wire server = origin.Accept();
            server.ReadRequest();
            server.Send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
            HttpMessage response = client.ReadResponse();
            Assert.Equal("ok", response.Text);
            Assert.Null(response["connection"]);
            server.ExpectGone();
        }
    }

    [Fact]
    public void An_idle_client_may_leave_by_fin_or_reset()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        for (int i = 0; i < 4; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            client.ReadResponse();
            if (i % 2 == 0)
            {
                client.HalfClose();
                client.ExpectEnd();
            }
            else
            {
                client.Reset();
            }
        }
    }

    [Theory]
    [InlineData("HTTP/1.0", "", false)]
    [InlineData("HTTP/1.0", "Connection: keep-alive\r\n", true)]
    [InlineData("HTTP/1.0", "Connection: Keep-Alive, x\r\n", true)]
    [InlineData("HTTP/1.0", "Connection: close\r\n", false)]
    [InlineData("HTTP/1.1", "", true)]
    [InlineData("HTTP/1.1", "Connection: keep-alive\r\n", true)]
    [InlineData("HTTP/1.1", "Connection: close, keep-alive\r\n", false)]
    [InlineData("HTTP/1.1", "connection:CLOSE\r\n", false)]
    public void The_version_and_the_connection_field_decide_persistence(
        string version, string fields, bool stays)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send($"GET / {version}\r\nHost: h\r\n{fields}\r\n");
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.NotEqual("close", request["connection"]);
        server.Send(Ok);
        HttpMessage response = client.ReadResponse();
        Assert.Equal("ok", response.Text);
        if (!stays)
        {
            client.ExpectEnd();
            return;
        }
        if (version == "HTTP/1.0")
            Assert.Equal("keep-alive", response["connection"]);
        client.Send(Get("/again"));
        Assert.Equal("/again", server.ReadRequest().Target);
        server.Send(Ok);
        client.ReadResponse();
    }

    [SkippableFact]
    public void A_version_10_client_gets_no_chunks()
    {
        ReferenceDiffers("passes the chunks of a server that sent them, against RFC 9112 section 6.1");
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        HttpMessage response = client.ReadResponse();
        Assert.Null(response["transfer-encoding"]);
        Assert.Equal("abc", response.Text);
        Assert.True(response.EndedByClose);
    }

    [Fact]
    public void A_version_10_server_ends_its_body_by_closing()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nuntil the end");
        server.Close();
        HttpMessage response = client.ReadResponse();
        Assert.Equal(200, response.Status);
        Assert.Equal("until the end", response.Text);
    }

    [Fact]
    public void A_version_10_server_that_does_not_promise_to_stay_is_not_reused()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            client.Send(Get());
            Wire server = origin.Accept();
            server.ReadRequest();
            server.Send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
            Assert.Equal("ok", client.ReadResponse().Text);
            server.ExpectGone();
        }
    }

    [Fact]
    public void Option_httpclose_of_a_frontend_closes_the_client_after_each_answer()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, frontend: "option httpclose"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        Assert.Null(server.ReadRequest()["connection"]);
        server.Send(Ok);
        Assert.Equal("close", client.ReadResponse()["connection"]);
        client.ExpectEnd();
    }

    [Fact]
    public void Option_httpclose_of_a_backend_closes_the_server_after_each_answer()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "option httpclose"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        Assert.Equal("close", server.ReadRequest()["connection"]);
        server.Send(Ok);
        Assert.Null(client.ReadResponse()["connection"]);
        server.ExpectGone();
    }

    [Fact]
    public void Option_http_server_close_closes_the_server_and_keeps_the_client()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "option http-server-close"));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            client.Send(Get());
            Wire server = origin.Accept();
            Assert.Equal("close", server.ReadRequest()["connection"]);
            server.Send(Ok);
            Assert.Null(client.ReadResponse()["connection"]);
            server.ExpectGone();
        }
    }

    [Fact]
    public void Requests_sent_before_the_answer_wait_for_their_turn()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1") + Get("/2"));
        Wire server = origin.Accept();
        Assert.Equal("/1", server.ReadRequest().Target);
        server.ExpectSilence();
        server.Send(Ok);
        Assert.Equal("/2", server.ReadRequest().Target);
        server.Send(Ok);
        client.ReadResponse();
        client.ReadResponse();
    }

    [Fact]
    public void Bytes_behind_a_request_that_closes_are_never_a_request()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1", "Connection: close") + Get("/2"));
        client.ReadResponse();
        client.ExpectGone();
        Assert.Equal("/1", Assert.Single(origin.Requests).Request.Target);
    }

    [Fact]
    public void A_half_closed_client_still_gets_its_answers()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "no option abortonclose"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1")).HalfClose();
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
        client.ExpectEnd();
    }

    [Fact]
    public void What_a_client_says_behind_its_last_request_does_not_cost_it_the_answer()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        for (int i = 0; i < 300; i++)
        {
            // The surplus meets the answer in every way that time allows.
            using Wire client = proxy.Connect("fe");
            client.Send(Get("/", "Connection: close"));
            if (i % 2 == 0) client.Socket.Poll(2_000, System.Net.Sockets.SelectMode.SelectRead);
            client.Send("this is no request\r\n\r\n");
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }
}
