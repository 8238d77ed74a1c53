using System.Security.Authentication;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Encrypted servers: handshakes, verification, names, pools.</summary>
public sealed class TlsServerTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate Good = TestCertificate.Make(["s.test", "t.test"], Authority);

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Requests_go_over_one_encrypted_connection(SslProtocols version)
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(Good, version));
        Wire client = Start(origin, "ssl verify none").Connect("fe");
        for (int i = 0; i < 3; i++)
        {
            client.Send("GET / HTTP/1.1\r\nHost: s.test:80\r\n\r\n");
            Assert.Equal("name=s.test;", client.ReadResponse().Text);
        }
        client.Send("GET /large HTTP/1.1\r\nHost: s.test:80\r\n\r\n");
        Assert.Equal("name=s.test;".Length + 2_000_000, client.ReadResponse().Body.Length);
        Assert.Equal(1, origin.Connections);
    }

    [Fact]
    public void A_connection_made_under_one_name_serves_no_other()
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(Good));
        Wire client = Start(origin, "ssl verify none pool-low-conn 9", "http-reuse always").Connect("fe");
        foreach (string name in (string[])["s.test", "t.test", "s.test", "t.test"])
        {
            client.Send($"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n");
            Assert.Equal($"name={name};", client.ReadResponse().Text);
        }
        Assert.Equal(2, origin.Connections);
    }

    [Theory]
    [InlineData("sni str(other.test)", "other.test")]
    [InlineData("sni req.hdr(x-name)", "x.test")]
    [InlineData("no-sni-auto", "")]
    public void The_name_is_that_of_the_line(string words, string name)
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(Good));
        Wire client = Start(origin, $"ssl verify none {words}").Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: s.test\r\nX-Name: x.test\r\n\r\n");
        Assert.Equal($"name={name};", client.ReadResponse().Text);
    }

    [Theory]
    [InlineData("s.test", "", 200)]
    [InlineData("evil.test", "", 503)]
    [InlineData("evil.test", "no-sni-auto verifyhost t.test", 200)]
    [InlineData("s.test", "no-sni-auto verifyhost evil.test", 503)]
    [InlineData("s.test", "no-sni-auto", 200)]
    public void A_server_must_be_the_one_it_is_asked_to_be(string host, string words, int status)
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(Good));
        Wire client = Start(origin, $"ssl verify required ca-file <dir>/ca.pem {words}").Connect("fe");
        client.Send($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Assert.Equal(status, client.ReadResponse().Status);
    }

    [Fact]
    public void A_server_of_an_unknown_authority_is_refused_and_nothing_was_sent_to_it()
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(TestCertificate.Make(["s.test"])));
        Wire client = Start(origin, "ssl verify required ca-file <dir>/ca.pem").Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: s.test\r\n\r\n");
        Assert.Equal(503, client.ReadResponse().Status);
    }

    [Fact]
    public void What_a_server_says_in_the_clear_is_no_answer()
    {
        Origin origin = NewOrigin();
        Wire client = Start(origin.Address, "ssl verify none", "retries 0").Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: s.test\r\n\r\n");
        Wire server = origin.Accept();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(503, answer.Status);
        Assert.DoesNotContain("evil", answer.Text);
        Assert.DoesNotContain("GET", server.Captured);
    }

    [Fact]
    public void A_handshake_has_the_time_of_a_connect()
    {
        Origin origin = NewOrigin();
        Wire client = Start(origin.Address, "ssl verify none", "retries 0\n    timeout connect 150ms").Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: s.test\r\n\r\n");
        Assert.Equal(503, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("ssl", "verify is enabled by default but no CA file specified")]
    [InlineData("ssl verify none crt <dir>/none.pem", "unable to stat SSL certificate from file")]
    [InlineData("ssl verify none ciphers FOO", "unable to set SSL cipher list to 'FOO'.")]
    [InlineData("ssl verify optional", "unknown verify method 'optional', only 'none' and 'required' are supported.")]
    [InlineData("ssl verify none sni nofetch", "unknown fetch method 'nofetch'")]
    public void What_is_wrong_with_a_line_is_told(string words, string message)
    {
        string path = Bench.WriteFile("bad.cfg", Configuration("127.0.0.1:1", words, ""));
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'server be/s1' : ", result.Errors);
        Assert.Contains(message, result.Errors);
    }

    [Fact]
    public void Who_wants_servers_unverified_is_told_less_where_a_line_says_otherwise()
    {
        string text = Configuration("127.0.0.1:1", "ssl verify required", "");
        string path = Bench.WriteFile("bad.cfg", $"global\nssl-server-verify none\n{text}");
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'server be/s1' : verify is enabled but no CA file specified.", result.Errors);
    }

    private Proxy Start(TlsOrigin origin, string words, string backend = "") => Start(origin.Address, words, backend);

    private Proxy Start(string origin, string words, string backend)
    {
        Bench.WriteFile("ca.pem", Authority.CertificatePem);
        return base.Start(Configuration(origin, words, backend));
    }

    private static string Configuration(string origin, string words, string backend) => $"""
        {HttpDefaults}
            retries 0
        frontend fe
            bind <fe>
            default_backend be
        backend be
            {backend}
            server s1 {origin} {words}

        """;
}
