using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Upgrade (RFC 9110 section 7.8) and CONNECT (section 9.3.6): from the switch on bytes pass
/// unread.</summary>
public sealed class TunnelTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Switching =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static readonly string[] WebSocket = ["Connection: Upgrade", "Upgrade: websocket", Key];

    /// <summary>THREATS.md A25: what is left of the request would be read as the other protocol.</summary>
    [Fact]
    public void A_switch_in_the_middle_of_a_request_is_refused()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: other\r\nContent-Length: 5\r\n\r\nab");
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n");
        Assert.Equal(502, client.ReadResponse().Status);
    }

    [Fact]
    public void An_upgrade_switches_both_directions_to_bytes()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/chat", WebSocket));
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal("websocket", request["upgrade"]);
        Assert.Equal("upgrade", request["connection"], ignoreCase: true);
        server.Send(Switching + "\x81\x05hello");
        HttpMessage response = client.ReadResponse();
        Assert.Equal(101, response.Status);
        Assert.Equal("websocket", response["upgrade"]);
        Assert.Equal("upgrade", response["connection"], ignoreCase: true);
        Assert.Equal("\x81\x05hello", client.ReadText(7));

        string all = string.Create(256, 0, (span, _) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = (char)i;
        });
        client.Send(all);
        Assert.Equal(all, server.ReadText(256));
        server.Send("HTTP/1.1 200 OK\r\n\r\n");
        Assert.Equal("HTTP/1.1 200 OK\r\n\r\n", client.ReadText(19));
        server.HalfClose();
        client.ExpectEnd();
        client.Close();
        server.ExpectGone();
    }

    [Fact]
    public void Bytes_sent_before_the_switch_do_not_reach_the_server_before_it()
    {
        // THREATS A25.
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/chat", WebSocket) + "early");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.ExpectSilence();
        server.Send(Switching);
        Assert.Equal(101, client.ReadResponse().Status);
        Assert.Equal("early", server.ReadText(5));
    }

    [Fact]
    public void A_refused_upgrade_leaves_requests_requests()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/1", WebSocket) + Get("/2"));
        Wire server = origin.Accept();
        Assert.Equal("/1", server.ReadRequest().Target);
        server.ExpectSilence(60);
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
        Assert.Equal("/2", server.ReadRequest().Target);
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void A_switch_that_was_not_asked_for_is_a_bad_gateway()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Switching);
        Assert.Equal(502, client.ReadResponse().Status);
        server.ExpectGone();
    }

    [SkippableTheory]
    [InlineData("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")]
    [InlineData("Connection: Upgrade", "Upgrade: websocket, h2c", "X-A: b")]
    [InlineData("Connection: Upgrade", "Upgrade: websocket", "Upgrade: h2c")]
    [InlineData("Connection: Upgrade", "Upgrade: H2C", "X-A: b")]
    public void The_token_h2c_never_reaches_a_server(string connection, string upgrade, string more)
    {
        // THREATS A26.
        ReferenceDiffers("removes the token but passes HTTP2-Settings on");
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", connection, upgrade, more, Key));
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.DoesNotContain("h2c", request["upgrade"] ?? "", System.StringComparison.OrdinalIgnoreCase);
        Assert.Null(request["http2-settings"]);
        Assert.DoesNotContain("http2-settings", request["connection"] ?? "",
            System.StringComparison.OrdinalIgnoreCase);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void Connect_opens_a_tunnel_after_a_success()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n");
        Wire server = origin.Accept();
        Assert.Equal("CONNECT example.org:443 HTTP/1.1", server.ReadRequest().StartLine);
        server.Send("HTTP/1.1 200 Connected\r\n\r\n");
        string head = client.ReadHead();
        Assert.StartsWith("HTTP/1.1 200 Connected\r\n", head);
        Assert.DoesNotContain("transfer-encoding", head);
        client.Send("\x16\x03\x01 bytes");
        Assert.Equal("\x16\x03\x01 bytes", server.ReadText(9));
        server.Send("and back");
        Assert.Equal("and back", client.ReadText(8));
        client.Close();
        server.ExpectGone();
    }

    [Fact]
    public void A_refused_connect_leaves_the_connection_usable_or_closed_but_never_a_tunnel()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\nnot a request\r\n\r\n");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.ExpectSilence(60);
        server.Send("HTTP/1.1 407 Credentials\r\nContent-Length: 2\r\n\r\nno");
        Assert.Equal(407, client.ReadResponse().Status);
        Assert.DoesNotContain("not a request", server.ReadUntilQuiet());
    }

    [Fact]
    public void A_websocket_request_without_its_key_is_refused()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", "Connection: Upgrade", "Upgrade: websocket"));
        Assert.Equal(400, client.ReadResponse().Status);
        Assert.Equal(0, origin.RequestCount);
    }

    [Fact]
    public void A_websocket_answer_without_its_key_is_a_bad_gateway()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", WebSocket));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        Assert.Equal(502, client.ReadResponse().Status);
    }

    [Fact]
    public void The_tunnel_timeout_replaces_the_others()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin,
            frontend: "timeout client 150ms",
            backend: "timeout server 150ms\ntimeout tunnel 700ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/chat", WebSocket));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Switching);
        client.ReadResponse();
        client.ExpectSilence(400);
        client.Send("x");
        Assert.Equal("x", server.ReadText(1));
        client.ExpectEnd();
        server.ExpectGone();
    }

    [Fact]
    public void Megabytes_pass_a_tunnel_both_ways_at_once()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/chat", WebSocket));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Switching);
        client.ReadResponse();
        byte[] up = System.Security.Cryptography.RandomNumberGenerator.GetBytes(5_000_000);
        byte[] down = System.Security.Cryptography.RandomNumberGenerator.GetBytes(5_000_000);
        SideThread<bool> sendUp = Aside(() => { client.Send(up); });
        SideThread<bool> sendDown = Aside(() => { server.Send(down); });
        SideThread<byte[]> atServer = Aside(() => server.ReadBytes(up.Length));
        Assert.Equal(down, client.ReadBytes(down.Length));
        Assert.Equal(up, atServer.Join());
        sendUp.Join();
        sendDown.Join();
    }
}
