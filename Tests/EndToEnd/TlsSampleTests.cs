using System.Linq;
using System.Security.Authentication;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What rules and logs can tell of encrypted connections; certificate lists; TLS that is passed on unopened.</summary>
public sealed class TlsSampleTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate B = TestCertificate.Make(["b.test"]);
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);

    [Theory]
    [InlineData("ssl_fc", "1")]
    [InlineData("ssl_fc_sni", "a.test")]
    [InlineData("ssl_fc_has_sni", "1")]
    [InlineData("ssl_fc_protocol", "TLSv1.3")]
    [InlineData("ssl_fc_cipher", "TLS_AES_256_GCM_SHA384")]
    [InlineData("ssl_fc_use_keysize", "256")]
    [InlineData("ssl_fc_is_resumed", "0")]
    [InlineData("ssl_fc_client_random,hex,length", "64")]
    [InlineData("ssl_fc_unique_id,hex,length", "96")]
    [InlineData("ssl_f_s_dn", "/CN=a.test")]
    [InlineData("ssl_f_s_dn(CN)", "a.test")]
    [InlineData("ssl_f_i_dn", "/CN=a.test")]
    [InlineData("ssl_f_key_alg", "id-ecPublicKey")]
    [InlineData("ssl_f_sig_alg", "ecdsa-with-SHA256")]
    [InlineData("ssl_f_version", "3")]
    [InlineData("ssl_f_sha1,hex,length", "40")]
    [InlineData("ssl_c_used", "1")]
    [InlineData("ssl_c_verify", "0")]
    [InlineData("ssl_c_s_dn(CN)", "friend")]
    [InlineData("ssl_c_s_dn(cn)", "friend")]
    [InlineData("ssl_c_i_dn(CN)", "our ca")]
    [InlineData("ssl_c_s_dn(O)", "")]
    public void Samples_of_a_client(string sample, string value)
    {
        AnsweringOrigin origin = NewAnsweringOrigin(
            (request, _) => AnsweringOrigin.Ok($"[{request["x-value"]}]"));
        TestCertificate friend = TestCertificate.Make(["friend"], Authority);
        Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem verify optional ca-file <dir>/ca.pem
                http-request set-header x-value %[{sample}]
                default_backend be
            backend be
                server s1 {origin.Address}

            """);
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], versions: SslProtocols.Tls13, own: friend.WithKey);
        Assert.Equal($"[{value}]", client.Send(Get()).ReadResponse().Text);
    }

    [Fact]
    public void In_the_clear_nothing_is_encrypted()
    {
        AnsweringOrigin origin = NewAnsweringOrigin(
            (request, _) => AnsweringOrigin.Ok($"[{request["x-value"]}]"));
        Wire client = base.Start(Simple(origin, "http-request set-header x-value %[ssl_fc]/%[ssl_fc_sni]")).Connect("fe");
        Assert.Equal("[0/]", client.Send(Get()).ReadResponse().Text);
    }

    [Fact]
    public void Httpslog_tells_names_versions_and_ciphers()
    {
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
                log global
                option httpslog
                http-request return status 200

            """);
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], versions: SslProtocols.Tls13);
        client.Send(Get("/x")).ReadResponse();
        Assert.EndsWith(
            "\"GET /x HTTP/1.1\" 0/0000000000000000/0/0/0 a.test/TLSv1.3/TLS_AES_256_GCM_SHA384", proxy.Output.WaitFor("/x"));
    }

    [Fact]
    public void A_failed_handshake_tells_the_librarys_words_for_it()
    {
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem ssl-min-ver TLSv1.3
                log global
                error-log-format "failed %[ssl_fc_err] %[ssl_fc_err_str]"
                log-format "served %[ssl_fc_err] %[ssl_fc_err_str]"
                http-request return status 200

            """);
        Assert.ThrowsAny<System.Exception>(() => TlsWire.Connect(Bench.Ports["fe"], versions: SslProtocols.Tls12));
        Assert.EndsWith(
            "failed 167772418 error:0A000102:SSL routines::unsupported protocol", proxy.Output.WaitFor("failed"));
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"]);
        client.Send(Get()).ReadResponse();
        Assert.EndsWith("served 0 -", proxy.Output.WaitFor("served"));
    }

    [Theory]
    [InlineData("other.test", "CN=a.test")]
    [InlineData("b.test", "CN=a.test")]
    [InlineData("x.list.test", "CN=b.test")]
    [InlineData("not.list.test", "CN=a.test")]
    public void A_list_tells_which_names_a_certificate_is_for(string name, string subject)
    {
        Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt-list <dir>/list
                http-request return status 200

            """);
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], name);
        Assert.Equal(subject, client.SubjectOfPeer);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void The_name_of_a_session_is_known_when_it_is_resumed(SslProtocols version)
    {
        Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
                http-request return status 200 hdr x-value %[ssl_fc_is_resumed]/%[ssl_fc_sni]

            """);
        foreach (string expected in (string[])["0/kept.test", "1/kept.test"])
        {
            using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], "kept.test", version);
            Assert.Equal(expected, client.Send(Get()).ReadResponse()["x-value"]);
        }
    }

    [Fact]
    public void An_entry_of_a_list_has_a_policy_of_its_own_that_no_session_gets_around()
    {
        Bench.WriteFile("strict", "<dir>/a.pem\n<dir>/b.pem [verify required ca-file <dir>/ca.pem]\n");
        Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt-list <dir>/strict ssl-max-ver TLSv1.2
                http-request return status 200

            """);
        for (int i = 0; i < 3; i++)
        {
            using TlsWire open = TlsWire.Connect(Bench.Ports["fe"], "a.test");
            Assert.Equal(200, open.Send(Get()).ReadResponse().Status);
            Assert.ThrowsAny<System.Exception>(
                () => TlsWire.Connect(Bench.Ports["fe"], "b.test").Send(Get()).ReadResponse());
        }
    }

    [Theory]
    [InlineData("<dir>/a.pem [alpn", "expects ']'")]
    [InlineData("<dir>/a.pem [nosuch 1]", "unknown ssl keyword nosuch")]
    [InlineData("<dir>/none.pem", "unable to stat SSL certificate from file")]
    public void What_is_wrong_with_a_list_is_told(string entry, string message)
    {
        Bench.WriteFile("bad", "# a comment\n\n" + entry + "\n");
        string path = Bench.WriteFile(
            "bad.cfg", HttpDefaults + "\nfrontend fe\n    bind :1 ssl crt-list <dir>/bad\n");
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'crt-list' : ", result.Errors);
        Assert.Contains(message, result.Errors);
    }

    [Fact]
    public void Tls_is_passed_on_unopened_by_the_name_it_asks_for()
    {
        TlsOrigin first = Bench.Own(new TlsOrigin(A));
        TlsOrigin second = Bench.Own(new TlsOrigin(B));
        base.Start($$"""
            {{TcpDefaults}}
            frontend fe
                bind <fe>
                tcp-request inspect-delay 3s
                tcp-request content accept if { req.ssl_hello_type 1 }
                use_backend second if { req.ssl_sni -i b.test }
                default_backend first
            backend first
                server s1 {{first.Address}}
            backend second
                server s1 {{second.Address}}

            """);
        using TlsWire one = TlsWire.Connect(Bench.Ports["fe"], "a.test");
        using Relay relay = new(Bench.Ports["fe"], piece: 50);
        using TlsWire two = TlsWire.Connect(relay.Port, "b.test");
        Assert.Equal("CN=a.test", one.SubjectOfPeer);
        Assert.Equal("CN=b.test", two.SubjectOfPeer);
        Assert.Equal("name=b.test;", two.Send(Get()).ReadResponse().Text);
    }

    [Fact]
    public void Checks_of_an_encrypted_server_are_encrypted()
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(A));
        Proxy proxy = base.Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                default_backend be
            backend be
                timeout connect 6s
                option httpchk
                http-check send meth GET uri / ver HTTP/1.1 hdr Host check.test
                server s1 {origin.Address} ssl verify none check inter 6s check-sni check.test

            """);
        proxy.WaitUntil(() => origin.Names.Contains("check.test"), "a check");
        Wire client = proxy.Connect("fe");
        Assert.Equal("name=h;", client.Send(Get()).ReadResponse().Text);
        Assert.DoesNotContain(origin.Faults, fault => fault.Contains("frame"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("option tcp-check\ntcp-check connect ssl")]
    public void A_check_that_only_connects_tells_that_it_was_encrypted(string check)
    {
        TlsOrigin origin = Bench.Own(new TlsOrigin(A));
        Proxy proxy = base.Start($"""
            global
                log stdout format raw local0
            {TcpDefaults}
                log global
            backend be
                {check}
                server s1 {origin.Address} ssl verify none check inter 6s init-state down rise 1 check-ssl
            frontend fe
                bind <fe>
            """);
        proxy.AlertsAllowed = true;
        Assert.Contains("UP, reason: Layer6 check passed, ", proxy.Output.WaitFor("Server be/s1 is UP"));
    }

    private Proxy Start(string configuration)
    {
        Bench.WriteFile("a.pem", A.Pem);
        Bench.WriteFile("b.pem", B.Pem);
        Bench.WriteFile("ca.pem", Authority.CertificatePem);
        Bench.WriteFile("list", "# two\n<dir>/a.pem\n<dir>/b.pem [alpn http/1.1] *.list.test !not.list.test\n");
        return base.Start(configuration);
    }
}
