using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading.Tasks;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// Encrypted clients: handshakes, certificates by name, versions, client certificates, ends, bodies.
/// </summary>
public sealed class TlsClientTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test", "*.w.test"]);
    private static readonly TestCertificate B = TestCertificate.Make(["b.test"]);

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Requests_pass_and_the_connection_is_kept_alive(SslProtocols version)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Target));
        Start(Http(origin.Address, "ssl crt <dir>/a.pem"));
        using TlsWire client = Connect(versions: version);
        Assert.Equal(version, client.Stream.SslProtocol);
        for (int i = 0; i < 3; i++) Assert.Equal($"/{i}", client.Send(Get($"/{i}")).ReadResponse().Text);
        client.Send(Get("/p1") + Get("/p2"));
        Assert.Equal("/p1", client.ReadResponse().Text);
        Assert.Equal("/p2", client.ReadResponse().Text);
        client.Send(Get("/last", "Connection: close"));
        Assert.EndsWith("/last", client.ReadToEnd());
    }

    [Theory]
    [InlineData("a.test", "CN=a.test")]
    [InlineData("A.TEST", "CN=a.test")]
    [InlineData("x.w.test", "CN=a.test")]
    [InlineData("b.test", "CN=b.test")]
    [InlineData("x.y.w.test", "CN=a.test")]
    [InlineData("unknown.test", "CN=a.test")]
    public void The_name_asked_for_chooses_the_certificate(string name, string subject)
    {
        Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem crt <dir>/b.pem"));
        using TlsWire client = Connect(name);
        Assert.Equal(subject, client.SubjectOfPeer);
    }

    [Fact]
    public void A_directory_gives_all_its_certificates_and_an_rsa_client_gets_its_own()
    {
        Directory.CreateDirectory(Path.Combine(Bench.Directory, "certs"));
        TestCertificate rsa = TestCertificate.Make(["a.test"], isRsa: true);
        Start(Http("127.0.0.1:1", "ssl crt <dir>/certs"), () =>
        {
            Bench.WriteFile("certs/1.pem", A.Pem);
            Bench.WriteFile("certs/2.pem", rsa.Pem);
            Bench.WriteFile("certs/3.pem", B.Pem);
        });
        using TlsWire first = Connect("a.test");
        Assert.Equal(A.Certificate.Thumbprint, first.Stream.RemoteCertificate!.GetCertHashString());
        using TlsWire third = Connect("b.test");
        Assert.Equal("CN=b.test", third.SubjectOfPeer);
    }

    [Fact]
    public void Strict_sni_refuses_unknown_names_and_others_are_served_meanwhile()
    {
        Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem strict-sni"));
        using TlsWire served = Connect("a.test");
        Assert.ThrowsAny<Exception>(() => Connect("b.test"));
        Assert.Equal(503, served.Send(Get()).ReadResponse().Status);
    }

    [Fact]
    public void Alpn_chooses_what_both_speak()
    {
        Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem alpn http/1.1,http/1.0"));
        using TlsWire client = Connect(protocols: ["http/1.0", "http/1.1"]);
        Assert.Equal("http/1.1", client.Stream.NegotiatedApplicationProtocol.ToString());
        using TlsWire other = Connect(protocols: ["spdy/1"]);
        Assert.Equal("", other.Stream.NegotiatedApplicationProtocol.ToString());
    }

    [Fact]
    public async Task Http2_is_spoken_where_both_agree_on_it()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Target + request.Text));
        Start(Http(origin.Address, "ssl crt <dir>/a.pem"));
        using HttpClient client = new(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        string body = new('x', 300_000);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using HttpResponseMessage answer = await client.PostAsync(
                new Uri($"https://127.0.0.1:{Bench.Ports["fe"]}/{i}"), new StringContent(body));
            Assert.Equal(HttpVersion.Version20, answer.Version);
            return await answer.Content.ReadAsStringAsync();
        }));
        Assert.All(answers, (answer, i) => Assert.Equal($"/{i}{body}", answer));
    }

    [Fact]
    public void Versions_are_those_of_the_line_or_of_the_defaults()
    {
        Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem", "ssl-default-bind-options ssl-min-ver TLSv1.3"));
        Assert.ThrowsAny<Exception>(() => Connect(versions: SslProtocols.Tls12));
        using TlsWire client = Connect(versions: SslProtocols.Tls13);
        Assert.Equal(SslProtocols.Tls13, client.Stream.SslProtocol);
    }

    [Fact]
    public void A_client_certificate_is_asked_for_and_verified()
    {
        TestCertificate authority = TestCertificate.Make(["our ca"], isAuthority: true);
        TestCertificate good = TestCertificate.Make(["friend"], authority);
        TestCertificate bad = TestCertificate.Make(["stranger"]);
        Proxy proxy = Start(
            Http("127.0.0.1:1", "ssl crt <dir>/a.pem verify required ca-file <dir>/ca.pem"),
            () => Bench.WriteFile("ca.pem", authority.CertificatePem));
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], own: good.WithKey, versions: SslProtocols.Tls12);
        Assert.Equal(503, client.Send(Get()).ReadResponse().Status);
        Assert.ThrowsAny<Exception>(() => Connect(versions: SslProtocols.Tls12));
        proxy.Output.WaitFor(@"fe/1: SSL handshake failure \(error:0A0000C7:SSL routines::peer did not return a cert");
        Assert.ThrowsAny<Exception>(
            () => TlsWire.Connect(Bench.Ports["fe"], own: bad.WithKey, versions: SslProtocols.Tls12));
        proxy.Output.WaitFor("fe/1: SSL client certificate not trusted");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Long_bodies_pass_both_ways_unchanged(SslProtocols version)
    {
        string body = new([.. Enumerable.Range(0, 3_000_000).Select(i => (char)('a' + (i * 7 % 26)))]);
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Text));
        Start(Http(origin.Address, "ssl crt <dir>/a.pem"));
        using TlsWire client = Connect(versions: version);
        client.Send($"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Assert.Equal(body, client.ReadResponse().Text);
        Assert.Equal("", client.Send(Get()).ReadResponse().Text);
    }

    [Fact]
    public void Bytes_that_dribble_in_are_put_together()
    {
        Proxy proxy = Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem"));
        using Relay relay = new(Bench.Ports["fe"], piece: 3);
        using TlsWire client = TlsWire.Connect(relay.Port);
        Assert.Equal(503, client.Send(Get()).ReadResponse().Status);
        Assert.False(proxy.HasExited);
    }

    [Fact]
    public void Tcp_mode_passes_bytes_and_half_closes()
    {
        Origin origin = NewOrigin();
        Start($"""
            {TcpDefaults}
            listen fe
                bind <fe> ssl crt <dir>/a.pem
                server s1 {origin.Address}

            """);
        using TlsWire client = Connect();
        Wire server = origin.Accept();
        client.Send("question");
        Assert.Equal("question", server.ReadText(8));
        client.HalfClose();
        server.ExpectEnd();
        server.Send("answer").HalfClose();
        Assert.Equal("answer", client.ReadToEnd());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\n\r\n", @"SSL handshake failure \(error:0A00009C:SSL routines::http request\)")]
    [InlineData("\x16\x03\x01\xff\xff", "Connection closed during SSL handshake|SSL handshake failure")]
    [InlineData("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00", "SSL handshake failure")]
    [InlineData("\0\0\0\0\0\0\0\0", "SSL handshake failure")]
    [InlineData("", "Connection closed during SSL handshake")]
    public void What_is_no_handshake_is_told_in_the_log_and_nothing_else(string said, string line)
    {
        Proxy proxy = Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem"));
        using TlsWire other = Connect();
        Wire wire = proxy.Connect("fe");
        wire.Send(said).HalfClose();
        string answer = wire.ReadToEndOrReset();
        Assert.DoesNotContain("HTTP", answer);
        proxy.Output.WaitFor($@"^127\.0\.0\.1:{wire.LocalPort} \[.*\] fe/1: ({line})");
        Assert.Equal(503, other.Send(Get()).ReadResponse().Status);
    }

    [Fact]
    public void A_handshake_that_does_not_end_is_ended()
    {
        Proxy proxy = Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem", frontend: "timeout client 200ms"));
        Wire wire = proxy.Connect("fe");
        wire.Send("\x16\x03\x01");
        wire.ExpectGone();
        proxy.Output.WaitFor("fe/1: Timeout during SSL handshake");
    }

    [Fact]
    public void Records_that_are_no_records_end_that_connection_alone()
    {
        Proxy proxy = Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem"));
        using Relay relay = new(Bench.Ports["fe"]);
        using TlsWire other = Connect();
        using TlsWire client = TlsWire.Connect(relay.Port);
        Assert.Equal(503, client.Send(Get()).ReadResponse().Status);
        relay.Inject("\x17\x03\x03\x00\x20" + new string('x', 32));
        Assert.ThrowsAny<Exception>(() => client.ReadResponse());
        Assert.Equal(503, other.Send(Get()).ReadResponse().Status);
        Assert.False(proxy.HasExited);
    }

    [Fact]
    public void An_expired_certificate_is_told_to_who_asks_for_hints_and_served()
    {
        string path = Bench.WriteFile(
            "old.pem", TestCertificate.Make(["a.test"], until: DateTimeOffset.UtcNow.AddHours(-1)).Pem);
        string file = Bench.WriteFile("old.cfg", Http("127.0.0.1:1", $"ssl crt {path}"));
        ProgramResult result = Bench.Run("-c", "-dD", "-f", file);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"the certificate of '{path}' has expired", result.Errors);
        Assert.DoesNotContain("has expired", Bench.Run("-c", "-f", file).Errors);
    }

    [Theory]
    [InlineData("ssl", "no SSL certificate specified for bind")]
    [InlineData("ssl crt <dir>/none.pem", "unable to stat SSL certificate from file")]
    [InlineData("ssl crt <dir>/mixed.pem", "inconsistencies between private key and certificate loaded")]
    [InlineData("ssl crt <dir>/keyless.pem", "No Private Key found in")]
    [InlineData("ssl crt <dir>/junk.pem", "no start line.")]
    [InlineData("ssl crt <dir>/a.pem ciphers FOO", "unable to set SSL cipher list to 'FOO' for bind")]
    [InlineData("ssl crt <dir>/a.pem verify required", "verify is enabled but no CA file specified for bind")]
    [InlineData("ssl crt <dir>/a.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.2", "all SSL/TLS versions are disabled")]
    [InlineData("ssl crt <dir>/a.pem ssl-min-ver 1.3", "'1.3' : unknown ssl/tls version")]
    public void What_is_wrong_with_a_line_is_told(string bind, string message)
    {
        Bench.WriteFile("a.pem", A.Pem);
        Bench.WriteFile("mixed.pem", A.CertificatePem + B.KeyPem);
        Bench.WriteFile("keyless.pem", A.CertificatePem);
        Bench.WriteFile("junk.pem", "junk");
        ProgramResult result = Bench.Run("-c", "-f", Bench.WriteFile("bad.cfg", Http("127.0.0.1:1", bind)));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
        Assert.Matches(@"bad\.cfg:\d+\]", result.Errors);
    }

    [Fact]
    public void The_log_tells_that_the_frontend_is_encrypted()
    {
        Proxy proxy = Start(Http("127.0.0.1:1", "ssl crt <dir>/a.pem"));
        using TlsWire client = Connect();
        client.Send(Get("/seen")).ReadResponse();
        Assert.Contains("] fe~ be/", proxy.Output.WaitFor("/seen"));
    }

    private TlsWire Connect(
        string name = "a.test", SslProtocols versions = SslProtocols.None, string[]? protocols = null) =>
        TlsWire.Connect(Bench.Ports["fe"], name, versions, null, protocols ?? []);

    private Proxy Start(string configuration, Action? files = null)
    {
        Bench.WriteFile("a.pem", A.Pem);
        Bench.WriteFile("b.pem", B.Pem);
        files?.Invoke();
        return base.Start(configuration);
    }

    private static string Http(string origin, string bind, string global = "", string frontend = "") => $"""
        global
            log stdout format raw local0
            {global}
        {HttpDefaults}
        frontend fe
            bind <fe> {bind}
            log global
            option httplog
            {frontend}
            default_backend be
        backend be
            retries 0
            server s1 {origin}

        """;
}
