using System.Security.Authentication;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>The PROXY protocol from clients and towards servers (THREATS.md D8 and D9).</summary>
public sealed class ProxyProtocolTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";
    private const string V4 = "\x01\x02\x03\x04\x05\x06\x07\x08\x04\x57\x08\xae";
    private const string Magic = "305419896";

    private const string Answer = "http-request return status 200 content-type text/plain lf-string "
        + "\"%[src]:%[src_port] %[dst]:%[dst_port] %[fc_src] %[fc_rcvd_proxy] %[fc_pp_authority] %[fc_pp_unique_id] "
        + "%[fc_pp_tlv(0x20)]\"";

    [SkippableTheory]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", "1.2.3.4:1111 5.6.7.8:2222 127.0.0.1 1   ")]
    [InlineData("PROXY TCP6 2001:db8::1 ::2 1 2\r\n", "2001:db8::1:1 ::2:2 127.0.0.1 1   ")]
    [InlineData(Signature + "\x21\x11\0\x0c" + V4, "1.2.3.4:1111 5.6.7.8:2222 127.0.0.1 1   ")]
    [InlineData(
        Signature + "\x21\x11\0\x2a" + V4 + "\x02\0\u0005ex.io\x05\0\x02id\x20\0\x03one\x20\0\x03two\x04\0\x02xx",
        "1.2.3.4:1111 5.6.7.8:2222 127.0.0.1 1 ex.io id one")]
    public void A_header_says_who_the_client_is(string header, string said)
    {
        Proxy proxy = StartAnswering("accept-proxy");
        Wire client = proxy.Connect("fe");
        client.Send(header + Get());
        Assert.Equal(said, client.ReadResponse().Text);
        // The header belongs to the connection, not to a request.
        client.Send(Get());
        Assert.Equal(said, client.ReadResponse().Text);
        ReferenceDiffers("takes no header in pieces");
        Wire slow = proxy.Connect("fe");
        slow.SendSlowly(header + Get());
        Assert.Equal(said, slow.ReadResponse().Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROXY UDP4 1.2.3.4 5.6.7.8 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 5.6.7.8 1 2 3\r\n")]
    [InlineData(Signature + "\x11\x11\0\x0c" + V4)]
    [InlineData(Signature + "\x21\x11\0\x0b" + V4)]
    [InlineData(Signature + "\x21\x11\0\x0f" + V4 + "\x20\0\x01")]
    [InlineData(Signature + "\x21\x11\0\x13" + V4 + "\x03\0\x04\0\0\0\0")]
    public void What_is_no_header_is_refused(string header)
    {
        Proxy proxy = StartAnswering("accept-proxy");
        Wire client = proxy.Connect("fe");
        client.Send(header + Get());
        client.ExpectGone();
        Wire good = proxy.Connect("fe");
        good.Send("PROXY UNKNOWN\r\n" + Get());
        Assert.StartsWith("127.0.0.1:", good.ReadResponse().Text);
    }

    [Fact]
    public void Without_the_word_a_header_is_a_bad_request()
    {
        Wire client = StartAnswering("").Connect("fe");
        client.Send("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + Get());
        Assert.Equal(400, client.ReadResponse().Status);
    }

    [Fact]
    public void A_rule_chooses_who_must_send_a_header()
    {
        Proxy proxy = Start($$"""
            defaults
                mode http
                timeout client 5s
            frontend one
                bind <one>
                tcp-request connection expect-proxy layer4 if { src 127.0.0.1 }
                tcp-request session reject if { src 9.9.9.9 }
                {{Answer}}
            frontend two
                bind <two>
                tcp-request connection expect-proxy layer4 if { src 10.0.0.0/8 }
                {{Answer}}
            """);
        Wire client = proxy.Connect("one");
        client.Send("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n" + Get());
        Assert.StartsWith("1.2.3.4:1111 ", client.ReadResponse().Text);
        Wire rejected = proxy.Connect("one");
        rejected.Send("PROXY TCP4 9.9.9.9 5.6.7.8 1111 2222\r\n" + Get());
        rejected.ExpectGone();
        Wire other = proxy.Connect("two");
        other.Send(Get());
        Assert.StartsWith("127.0.0.1:", other.ReadResponse().Text);
    }

    [Fact]
    public void A_NetScaler_header_is_taken()
    {
        Proxy proxy = StartAnswering($"accept-netscaler-cip {Magic}");
        string headers = "\x45\0\0\x28\0\0\0\0\x40\x06\0\0" + V4[..8] + V4[8..] + "\0\0\0\x01\0\0\0\x02\x50\x02\0\x64\0\0\0\0";
        foreach (string head in (string[])["\x12\x34\x56\x78\0\0\0\x28", "\x12\x34\x56\x78\0\0\0\x34\0\x01\0\x28"])
        {
            Wire client = proxy.Connect("fe");
            client.Send(head + headers + Get());
            Assert.Equal("1.2.3.4:1111 5.6.7.8:2222 127.0.0.1 0   ", client.ReadResponse().Text);
        }
        Wire bad = proxy.Connect("fe");
        bad.Send("\x12\x34\x56\x79\0\0\0\x28" + headers + Get());
        bad.ExpectGone();
    }

    [Fact]
    public void A_TCP_session_begins_behind_the_header()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, frontend: "mode tcp", backend: "mode tcp", server: "send-proxy")
            .Replace("bind <fe>", "bind <fe> accept-proxy"));
        Wire client = proxy.Connect("fe");
        client.Send(Signature + "\x21\x11\0\x0c" + V4 + "hello");
        Wire server = origin.Accept();
        string expected = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\nhello";
        Assert.Equal(expected, server.ReadText(expected.Length));
        server.Send("world");
        Assert.Equal("world", client.ReadText(5));
    }

    [Fact]
    public void Servers_are_told_before_the_first_request_alone()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, server: "send-proxy", backend: "http-reuse always"));
        Wire first = proxy.Connect("fe");
        first.Send(Get("/1"));
        Wire server = origin.Accept();
        string header = server.ReadText($"PROXY TCP4 127.0.0.1 127.0.0.1 {first.LocalPort} {first.RemotePort}\r\n".Length);
        Assert.Equal($"PROXY TCP4 127.0.0.1 127.0.0.1 {first.LocalPort} {first.RemotePort}\r\n", header);
        Assert.StartsWith("GET /1 ", server.ReadRequest().StartLine);
        server.Send(Ok);
        Assert.Equal("ok", first.ReadResponse().Text);
        first.Send(Get("/2"));
        Assert.StartsWith("GET /2 ", server.ReadRequest().StartLine);
        server.Send(Ok);
        Assert.Equal("ok", first.ReadResponse().Text);
        // Another client's requests must not go over a connection that names this one.
        Wire second = proxy.Connect("fe");
        second.Send(Get("/3"));
        Wire other = origin.Accept();
        Assert.StartsWith($"PROXY TCP4 127.0.0.1 127.0.0.1 {second.LocalPort} ", other.ReadText(40));
    }

    [Fact]
    public void Version_2_carries_formats_and_a_checksum()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(
            origin,
            frontend: "mode tcp",
            backend: "mode tcp",
            server: "send-proxy-v2 proxy-v2-options crc32c set-proxy-v2-tlv-fmt(0x20) \"a-%[dst_port]\" set-proxy-v2-tlv-fmt(0xE1)"));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        string text = $"a-{client.RemotePort}";
        int length = 12 + 3 + text.Length + 3 + 7;
        string header = server.ReadText(16 + length);
        Assert.Equal($"{Signature}\x21\x11\0{(char)length}\x7f\0\0\x01\x7f\0\0\x01", header[..24]);
        Assert.Equal($"\x20\0{(char)text.Length}{text}\xe1\0\0\x03\0\x04", header[28..^4]);
        // What we write we also read: the other side is one of us.
        Wire there = StartAnswering("accept-proxy", "there").Connect("there");
        there.Send(header + Get());
        Assert.EndsWith(" 1   " + text, there.ReadResponse().Text);
    }

    [Fact]
    public void An_id_goes_with_each_request_and_so_does_the_connection()
    {
        Proxy proxy = Start("""
            defaults
                mode http
                timeout client 5s
                timeout connect 1s
                timeout server 5s
                unique-id-format id-%[req.hdr(in)]
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s <inner> send-proxy-v2 proxy-v2-options unique-id,crc32c
            frontend inner
                bind <inner> accept-proxy
                http-request return status 200 content-type text/plain lf-string %[fc_pp_unique_id]
            """);
        Wire client = proxy.Connect("fe");
        foreach (string name in (string[])["one", "two"])
        {
            client.Send(Get("/", $"In: {name}"));
            Assert.Equal("id-" + name, client.ReadResponse().Text);
        }
    }

    [Theory]
    [InlineData("send-proxy-v2-ssl", "\x20\0\x0f\x01\0\0\0\0\x21\0\aTLSv1.3")]
    [InlineData("send-proxy-v2-ssl no-send-proxy-v2 send-proxy-v2", "\x20\0\x0f\x01\0\0\0\0\x21\0\aTLSv1.3")]
    [InlineData("send-proxy-v2-ssl-cn", "\x20\0\x18\a\0\0\0\0\x21\0\aTLSv1.3\x22\0\u0006c.test")]
    [InlineData("send-proxy-v2 proxy-v2-options authority", "\x02\0\u0006a.test")]
    [InlineData(
        "send-proxy-v2 proxy-v2-options ssl-cipher,cert-sig,cert-key",
        "\x20\0\x44\a\0\0\0\0\x21\0\aTLSv1.3\x25\0\u0005EC256\x24\0\u0011ecdsa-with-SHA256"
            + "\x23\0\x16TLS_AES_256_GCM_SHA384")]
    public void Servers_are_told_of_the_client_s_encryption(string words, string expected)
    {
        Origin origin = NewOrigin();
        TestCertificate client = TestCertificate.Make(["c.test"]);
        bool shows = expected.Contains('\a' + "\0\0\0\0");
        Bench.WriteFile("a.pem", TestCertificate.Make(["a.test"]).Pem);
        Bench.WriteFile("c.pem", client.CertificatePem);
        Start(Simple(origin, frontend: "mode tcp", backend: "mode tcp", server: words).Replace(
            "bind <fe>", "bind <fe> ssl crt <dir>/a.pem verify optional ca-file <dir>/c.pem alpn xyz"));
        using TlsWire wire = TlsWire.Connect(
            Bench.Ports["fe"], "a.test", SslProtocols.Tls13, shows ? client.WithKey : null, "xyz");
        Wire server = origin.Accept();
        string head = server.ReadText(28);
        Assert.Equal($"{Signature}\x21\x11\0{(char)(12 + 6 + expected.Length)}", head[..16]);
        Assert.Equal("\x01\0\x03xyz" + expected, server.ReadText(6 + expected.Length));
    }

    [Fact]
    public void Of_a_client_in_the_clear_it_says_that()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, frontend: "mode tcp", backend: "mode tcp", server: "send-proxy-v2-ssl-cn"));
        proxy.Connect("fe");
        Assert.Equal("\x20\0\x05\0\0\0\0\0", origin.Accept().ReadText(28 + 8)[28..]);
    }

    [Fact]
    public void Refused_clients_are_logged()
    {
        Proxy proxy = Start($$"""
            global
                log stdout format raw local0
            defaults
                mode http
                log global
                option httplog
                timeout client 300ms
            frontend fe
                bind <fe> accept-proxy
                {{Answer}}
            """);
        Wire bad = proxy.Connect("fe");
        bad.Send("GET / HTTP/1.1\r\n");
        bad.ExpectGone();
        proxy.Output.WaitFor(
            @"^127\.0\.0\.1:\d+ \[.*\] fe/1: Received something which does not look like a PROXY protocol header$");
        Wire idle = proxy.Connect("fe");
        idle.ExpectGone();
    }

    private Proxy StartAnswering(string option, string listener = "fe") =>
        Start($"""
            defaults
                mode http
                timeout client 5s
            frontend fe
                bind <{listener}> {option}
                {Answer}
            """);
}
