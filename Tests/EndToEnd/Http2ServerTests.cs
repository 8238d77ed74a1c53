using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>HTTP/2 to servers (RFC 9113), from clients of either version.</summary>
public sealed class Http2ServerTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private Proxy StartTo(Origin origin, string backend = "", string server = "", string global = "") =>
        Start((global.Length == 0 ? "" : $"global\n    {global}\n") + Simple(origin, "", backend, "proto h2 " + server));

    private static Http2Wire Accept(Origin origin, params (SettingId, uint)[] settings) =>
        Http2Wire.Server(origin.Accept(), settings);

    private static Http2Frame ReadRequest(Http2Wire server)
    {
        Http2Frame frame = server.Read();
        while (frame.Type != FrameType.Headers) frame = server.Read();
        return frame;
    }

    [Fact]
    public void A_request_of_HTTP_1_becomes_one_of_HTTP_2()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/p?q", "X-Field: Value", "Connection: x-hop", "X-Hop: 1", "TE: trailers, deflate",
            "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\nX-Late: 1\r\n\r\n");
        using Http2Wire server = Accept(origin);
        Http2Frame request = ReadRequest(server);
        Assert.Equal(
            [":method: POST", ":scheme: https", ":path: /p?q", ":authority: h", "x-field: Value"],
            request.Fields.Where(f => !f.StartsWith("te:")));
        Assert.Equal("abc", server.ReadOf(1).Text);
        Http2Frame trailers = server.ReadOf(1);
        Assert.True(trailers.Ends);
        Assert.Equal("1", trailers["x-late"]);
        server.Headers(1, false, ":status: 200", "x-own: 1").Data(1, "one").Data(1, "two").Headers(1, true, "x-sum: 6");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(200, answer.Status);
        Assert.Equal("onetwo", answer.Text);
        Assert.Equal("1", answer["x-own"]);
        Assert.Equal("6", answer.Trailers.Single().Value);
    }

    [Fact]
    public void Lengths_heads_without_body_and_interim_answers_keep_their_meaning()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        using Http2Wire server = Accept(origin);
        Assert.True(ReadRequest(server).Ends);
        server.Headers(1, false, ":status: 103", "link: x").Headers(1, false, ":status: 200", "content-length: 2")
            .Data(1, "ok", ends: true);
        Assert.Equal(103, client.ReadResponse().Status);
        HttpMessage answer = client.ReadResponse();
        Assert.Equal("2", answer["content-length"]);
        Assert.Equal("ok", answer.Text);
        client.Send(Request("HEAD", "/"));
        server.ReadOf(3);
        server.Headers(3, true, ":status: 200", "content-length: 77");
        Assert.Equal("77", client.ReadResponse(toHead: true)["content-length"]);
        client.Send(Get());
        server.ReadOf(5);
        server.Headers(5, true, ":status: 200");
        Assert.Equal("0", client.ReadResponse()["content-length"]);
        client.Send(Get());
        server.ReadOf(7);
        server.Headers(7, true, ":status: 204");
        Assert.Equal(204, client.ReadResponse().Status);
        Assert.Equal(1, origin.AcceptedCount);
    }

    [Fact]
    public void Requests_of_several_clients_share_a_connection_up_to_its_limit()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always", global: "nbthread 1");
        Wire[] clients = [.. Enumerable.Range(0, 3).Select(_ => proxy.Connect("fe"))];
        clients[0].Send(Get("/0"));
        using Http2Wire server = Accept(origin, (SettingId.MaxConcurrentStreams, 2));
        ReadRequest(server);
        server.ExpectAlive();
        clients[1].Send(Get("/1"));
        Assert.Equal("/1", server.ReadOf(3)[":path"]);
        clients[2].Send(Get("/2"));
        using Http2Wire second = Accept(origin);
        ReadRequest(second);
        server.Headers(3, false, ":status: 200").Data(3, "one", ends: true);
        Assert.Equal("one", clients[1].ReadResponse().Text);
        server.Headers(1, false, ":status: 200").Data(1, "zero", ends: true);
        Assert.Equal("zero", clients[0].ReadResponse().Text);
        second.Headers(1, false, ":status: 200").Data(1, "two", ends: true);
        Assert.Equal("two", clients[2].ReadResponse().Text);
    }

    [Fact]
    public void Reuse_never_gives_each_client_its_own_connection()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse never");
        Wire first = proxy.Connect("fe").Send(Get());
        using Http2Wire one = Accept(origin);
        ReadRequest(one);
        Wire other = proxy.Connect("fe").Send(Get());
        using Http2Wire two = Accept(origin);
        ReadRequest(two);
        one.Headers(1, true, ":status: 200");
        two.Headers(1, true, ":status: 404");
        Assert.Equal(200, first.ReadResponse().Status);
        Assert.Equal(404, other.ReadResponse().Status);
    }

    [Fact]
    public void A_worn_connection_takes_no_more_requests()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always", "max-reuse 1");
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire one = Accept(origin);
        ReadRequest(one);
        one.Headers(1, true, ":status: 200");
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get());
        one.ReadOf(3);
        one.Headers(3, true, ":status: 200");
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get());
        using Http2Wire two = Accept(origin);
        ReadRequest(two);
        two.Headers(1, true, ":status: 200");
        Assert.Equal(200, client.ReadResponse().Status);
    }

    /// <summary>What the server says it did not process goes out again elsewhere.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_that_was_not_processed_is_sent_again(bool byGoAway)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always");
        Wire client = proxy.Connect("fe").Send(Get("/1"));
        using Http2Wire one = Accept(origin);
        ReadRequest(one);
        one.Headers(1, true, ":status: 200");
        client.ReadResponse();
        client.Send(Get("/2"));
        one.ReadOf(3);
        if (byGoAway) one.GoAway(1);
        else one.Reset(3, Http2Error.RefusedStream);
        using Http2Wire two = Accept(origin);
        Assert.Equal("/2", ReadRequest(two)[":path"]);
        two.Headers(1, true, ":status: 202");
        Assert.Equal(202, client.ReadResponse().Status);
    }

    [Fact]
    public void A_GOAWAY_lets_streams_finish()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always");
        Wire client = proxy.Connect("fe").Send(Get("/1"));
        using Http2Wire one = Accept(origin);
        ReadRequest(one);
        one.GoAway(1).ExpectAlive();
        one.Headers(1, false, ":status: 200").Data(1, "done", ends: true);
        Assert.Equal("done", client.ReadResponse().Text);
        client.Send(Get("/2"));
        using Http2Wire two = Accept(origin);
        ReadRequest(two);
        two.Headers(1, true, ":status: 200");
        Assert.Equal(200, client.ReadResponse().Status);
    }

    /// <summary>THREATS.md B5: servers are hostile too.</summary>
    [Theory]
    [InlineData("data first")]
    [InlineData("no status")]
    [InlineData("status 101")]
    [InlineData("bad status")]
    [InlineData("upper case")]
    [InlineData("line in value")]
    [InlineData("connection field")]
    [InlineData("too short")]
    [InlineData("body to an end")]
    [InlineData("push")]
    [InlineData("bad block")]
    public void A_wrong_answer_is_a_502_and_nothing_else(string fault)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always");
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        switch (fault)
        {
            case "data first":
                server.Data(1, "x");
                break;
            case "no status":
                server.Headers(1, true, "x: y");
                break;
            case "status 101":
                server.Headers(1, true, ":status: 101");
                break;
            case "bad status":
                server.Headers(1, true, ":status: 2x0");
                break;
            case "upper case":
                server.Headers(1, true, ":status: 200", "X-Y: z");
                break;
            case "line in value":
                server.Headers(1, true, ":status: 200", "x: a\r\nset-cookie: b");
                break;
            case "connection field":
                server.Headers(1, true, ":status: 200", "transfer-encoding: chunked");
                break;
            case "too short":
                server.Headers(1, true, ":status: 200", "content-length: 5");
                break;
            case "body to an end":
                server.Headers(1, false, ":status: 103", "content-length: 5");
                break;
            case "push":
                server.Send(FrameType.PushPromise, FrameFlags.EndHeaders, 1, [0, 0, 0, 2, 0x82]);
                break;
            default:
                server.Send(FrameType.Headers, FrameFlags.EndHeaders, 1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
                break;
        }
        Assert.Equal(502, client.ReadResponse().Status);
        Wire next = proxy.Connect("fe").Send(Get("/next"));
        bool isNew = origin.HasConnection(300);
        using Http2Wire after = isNew ? Accept(origin) : server;
        Http2Frame request = isNew ? ReadRequest(after) : after.ReadOf(3);
        after.Headers(request.Stream, true, ":status: 200");
        Assert.Equal(200, next.ReadResponse().Status);
    }

    /// <summary>RFC 8441 serves others than WebSockets as well.</summary>
    [Fact]
    public void An_upgrade_to_another_protocol_goes_the_same_way()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/other", "Connection: Upgrade", "Upgrade: custom_protocol"));
        using Http2Wire server = Accept(origin, (SettingId.EnableConnectProtocol, 1));
        Http2Frame request = ReadRequest(server);
        Assert.Equal("CONNECT", request[":method"]);
        Assert.Equal("custom_protocol", request[":protocol"]);
        server.Headers(1, false, ":status: 200").Data(1, "hello");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(101, answer.Status);
        Assert.Equal("custom_protocol", answer["upgrade"]);
        Assert.Null(answer["sec-websocket-accept"]);
        Assert.Equal("hello", client.ReadText(5));
        server.Data(1, "", ends: true);
        client.ExpectEnd();
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "Content-Length: 3")]
    public void An_upgrade_that_cannot_be_asked_for_is_refused(uint takes, string field)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe");
        string[] fields = ["Connection: Upgrade", "Upgrade: custom_protocol", field];
        client.Send(Request(takes == 0 ? "GET" : "POST", "/other", fields[..(takes == 0 ? 2 : 3)]) + (takes == 0 ? "" : "abc"));
        using Http2Wire server = Accept(origin, (SettingId.EnableConnectProtocol, takes));
        Assert.Equal(502, client.ReadResponse().Status);
    }

    [Fact]
    public void An_upgrade_of_HTTP_1_becomes_extended_CONNECT_where_the_server_takes_it()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/chat", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        using Http2Wire server = Accept(origin, (SettingId.EnableConnectProtocol, 1));
        Http2Frame request = ReadRequest(server);
        Assert.Equal("CONNECT", request[":method"]);
        Assert.Equal("websocket", request[":protocol"]);
        Assert.Equal("/chat", request[":path"]);
        Assert.Null(request["sec-websocket-key"]);
        Assert.False(request.Ends);
        server.Headers(1, false, ":status: 200").Data(1, "hello");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(101, answer.Status);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer["sec-websocket-accept"]);
        Assert.Equal("hello", client.ReadText(5));
        client.Send("up");
        Assert.Equal("up", server.ReadOf(1).Text);
        server.Data(1, "", ends: true);
        client.ExpectEnd();
    }

    /// <summary><c>ws</c>: WebSockets may go over another protocol than everything else.</summary>
    [Theory]
    [InlineData("proto h2 ws h1", false, true)]
    [InlineData("proto h2 ws h2", true, true)]
    [InlineData("proto h2 ws auto", true, true)]
    [InlineData("proto h2", true, true)]
    [InlineData("ws h2", true, false)]
    [InlineData("ws h1", false, false)]
    [InlineData("ws auto", false, false)]
    public void WebSockets_go_over_the_protocol_that_is_said(string words, bool socketOverHttp2, bool restOverHttp2)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, "", "http-reuse never", words));
        foreach (bool isSocket in new[] { false, true, false })
        {
            string[] fields = isSocket
                ? ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
                : ["Connection: close"];
            Wire client = proxy.Connect("fe");
            client.Send(Request("GET", "/", fields));
            if (isSocket ? socketOverHttp2 : restOverHttp2)
            {
                using Http2Wire server = Accept(origin, (SettingId.EnableConnectProtocol, 1));
                Assert.Equal(isSocket ? "CONNECT" : "GET", ReadRequest(server)[":method"]);
            }
            else
            {
                Wire server = origin.Accept();
                Assert.Equal(isSocket ? "websocket" : null, server.ReadRequest()["upgrade"]);
            }
        }
    }

    [Fact]
    public void A_soft_stop_lets_the_streams_of_a_server_finish()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        proxy.SkipEndChecks = true;
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        proxy.Signal(10);
        Http2Frame leave = server.Read();
        while (leave.Type != FrameType.GoAway) leave = server.Read();
        Assert.Equal(Http2Error.None, leave.Error);
        server.Headers(1, false, ":status: 200").Data(1, "still here", ends: true);
        Assert.Equal("still here", client.ReadResponse().Text);
        server.Wire.ReadToEndOrReset();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void From_HTTP_2_to_HTTP_2()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        using Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        client.Headers(1, false, ":method: POST", ":scheme: https", ":authority: name", ":path: /x", "a: b");
        client.Data(1, "body").Headers(1, true, "t: 1");
        using Http2Wire server = Accept(origin);
        Http2Frame request = ReadRequest(server);
        Assert.Equal("https", request[":scheme"]);
        Assert.Equal("name", request[":authority"]);
        Assert.Equal("body", server.ReadOf(1).Text);
        Assert.Equal("1", server.ReadOf(1)["t"]);
        server.Headers(1, false, ":status: 201").Data(1, "made", ends: true);
        Http2Message answer = client.ReadMessage(1);
        Assert.Equal(201, answer.Status);
        Assert.Equal("made", answer.Text);
        client.Post(3);
        server.ReadOf(3);
        client.Reset(3);
        server.ExpectReset(3, Http2Error.Cancel);
        client.ExpectAlive();
    }
}
