using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// What a peer can try through TLS (THREATS.md D1 to D4), and that another client is served meanwhile.
/// </summary>
public sealed class TlsAttackTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const int Tls12 = 0x0303;
    private const int Tls13 = 0x0304;

    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate Open = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate Strict = TestCertificate.Make(["strict.test"]);

    /// <summary>D1: what was agreed on without a client's certificate is worth nothing where one is asked for.</summary>
    [SkippableTheory]
    [InlineData(Tls12, "")]
    [InlineData(Tls12, "no-tls-tickets")]
    [InlineData(Tls13, "")]
    [InlineData(Tls13, "no-tls-tickets")]
    public void A_session_of_an_open_name_opens_no_strict_one(int version, string words)
    {
        Bench.WriteFile("list", "<dir>/a.pem\n<dir>/strict.pem [verify required ca-file <dir>/ca.pem]\n");
        Start($"crt-list <dir>/list {words}");
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        using LibraryClient first = new(Bench.Ports["fe"], version);
        Assert.StartsWith("HTTP/1.1 200", first.Ask(Close));
        nint session = first.TakeSession();
        using LibraryClient again = new(Bench.Ports["fe"], version, session: session);
        Assert.StartsWith("HTTP/1.1 200", again.Ask(Close));
        Assert.True(again.IsResumed, "the session is good where it was made");
        using LibraryClient thief = new(Bench.Ports["fe"], version, "strict.test", session);
        Assert.Equal("", thief.IsConnected ? thief.Ask(Close) : "");
        Assert.Equal(200, other.Send(Get("/")).ReadResponse().Status);
    }

    /// <summary>D2: what a server says before its handshake is no part of what it says in it.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("\x17\x03\x03\0\x04evil")]
    public void What_comes_before_a_servers_handshake_is_no_answer(string injected)
    {
        Origin origin = NewOrigin();
        Start("crt <dir>/a.pem", "server s1 <origin> ssl verify none".Replace("<origin>", origin.Address));
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"]);
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        client.Send(Get("/server"));
        Wire server = origin.Accept();
        server.Send(injected);
        Assert.Equal(200, other.Send(Get("/")).ReadResponse().Status);
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(503, answer.Status);
        Assert.DoesNotContain("evil", answer.Text);
        Assert.DoesNotContain("GET", server.Captured);
    }

    /// <summary>D3: a name with a NUL in it is not what stands before the NUL.</summary>
    [Theory]
    [InlineData("good.test", 200)]
    [InlineData("good.test\0.evil.test", 503)]
    public void A_name_that_is_cut_by_a_nul_is_not_taken(string name, int status)
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(TestCertificate.Make([name], Authority)));
        Start(
            "crt <dir>/a.pem",
            $"server s1 {origin.Address} ssl verify required ca-file <dir>/ca.pem sni str(good.test)");
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"]);
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        Assert.Equal(status, client.Send(Get("/server")).ReadResponse().Status);
        Assert.Equal(200, other.Send(Get("/")).ReadResponse().Status);
    }

    [Theory]
    [InlineData("friend", "[friend]")]
    [InlineData("friend\0.evil.test", "[]")]
    public void A_clients_name_that_is_cut_by_a_nul_is_not_told(string name, string told)
    {
        Start("crt <dir>/a.pem verify required ca-file <dir>/ca.pem");
        TestCertificate own = TestCertificate.Make([name], Authority);
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], own: own.WithKey);
        Assert.Equal(told, client.Send(Get("/")).ReadResponse().Text);
    }

    /// <summary>D4: handshakes within a connection are ours to begin, and we do not.</summary>
    [SkippableFact]
    public void A_client_cannot_renegotiate()
    {
        Start("crt <dir>/a.pem");
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        using LibraryClient client = new(Bench.Ports["fe"], Tls12);
        Assert.True(client.IsConnected);
        Assert.False(client.RenegotiateNow());
        Assert.Equal(200, other.Send(Get("/")).ReadResponse().Status);
    }

    /// <summary>D4: so are changes of keys, some a second.</summary>
    [SkippableTheory]
    [InlineData("tune.ssl.keyupdate-rate-limit 5", 3, true)]
    [InlineData("tune.ssl.keyupdate-rate-limit 5", 60, false)]
    [InlineData("", 20, true)]
    [InlineData("", 400, false)]
    [InlineData("tune.ssl.keyupdate-rate-limit 0", 1000, true)]
    public void A_client_changes_its_keys_seldom(string global, int changes, bool isServed)
    {
        Start("crt <dir>/a.pem", global: global);
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        using LibraryClient client = new(Bench.Ports["fe"]);
        for (int i = 0; i < changes && client.UpdateKeys(); i++) { }
        Assert.Equal(isServed, client.Ask(Close).StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
        Assert.Equal(200, other.Send(Get("/")).ReadResponse().Status);
    }

    private static string Close => Get("/", "Connection: close");

    private Proxy Start(string words, string server = "server s1 127.0.0.1:1", string global = "")
    {
        Bench.WriteFile("a.pem", Open.Pem);
        Bench.WriteFile("strict.pem", Strict.Pem);
        Bench.WriteFile("ca.pem", Authority.CertificatePem);
        return base.Start($"""
            global
                {global}
            {HttpDefaults}
                retries 0
            frontend fe
                bind <fe> ssl {words}
                http-request return status 200 content-type text/plain lf-string [%[ssl_c_s_dn(CN)]] unless <path>
                default_backend be
            backend be
                {server}

            """.Replace("<path>", "{ path /server }"));
    }
}
