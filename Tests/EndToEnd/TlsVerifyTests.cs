using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>How clients' certificates are judged and told of, and which of ours they get.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TlsVerifyTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate Root = TestCertificate.Make(["our root"], isAuthority: true);
    private static readonly TestCertificate Middle = TestCertificate.Make(["our middle"], Root, isAuthority: true);
    private static readonly TestCertificate Friend = TestCertificate.Make(["friend", "second.test"], Middle);
    private static readonly TestCertificate Old =
        TestCertificate.Make(["old friend"], Root, until: DateTimeOffset.UtcNow.AddDays(-1));

    private static readonly TestCertificate Kept = TestCertificate.Make(["kept"], Root);
    private static readonly TestCertificate Taken = TestCertificate.Make(["taken"], Root);

    private static readonly TestCertificate Ecdsa = TestCertificate.Make(["a.test", "*.w.test"]);
    private static readonly TestCertificate Rsa = TestCertificate.Make(["a.test", "*.w.test"], isRsa: true);

    [Theory]
    [InlineData("ca-file <dir>/middle.pem ca-verify-file <dir>/root.pem", "0,x509_v_err_str", "X509_V_OK")]
    [InlineData("ca-file <dir>/root.pem", "0,x509_v_err_str", "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("ca-file <dir>/middle.pem ca-verify-file <dir>/root.pem", "ssl_c_san", "DNS:friend, DNS:second.test")]
    [InlineData("ca-file <dir>/middle.pem ca-verify-file <dir>/root.pem", "ssl_c_r_dn", "/CN=our root")]
    [InlineData("ca-file <dir>/middle.pem ca-verify-file <dir>/root.pem", "ssl_c_r_dn(CN)", "our root")]
    [InlineData("ca-file <dir>/root.pem", "ssl_c_policies", "")]
    [InlineData("ca-file <dir>/root.pem", "ssl_c_chain_der,hex", "")]
    [InlineData("ca-file <dir>/root.pem", "ssl_fc_crtname,regsub(.*/,)", "a.pem")]
    public void Samples_of_a_client_whose_errors_are_overlooked(string authorities, string sample, string value)
    {
        sample = sample.Replace("0,", "ssl_c_verify,");
        Start($"verify required {authorities} ca-ignore-err all crt-ignore-err all", $"%[{sample}]");
        Assert.Equal($"[{value}]", Ask(own: Friend));
    }

    [Fact]
    public void An_expired_certificate_that_is_overlooked_is_told()
    {
        Start(
            "verify required ca-file <dir>/root.pem crt-ignore-err all",
            "%[ssl_c_verify,x509_v_err_str] %[ssl_c_err] %[ssl_c_used]");
        Assert.Equal("[X509_V_ERR_CERT_HAS_EXPIRED 10 1]", Ask(own: Old));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("crt-ignore-err X509_V_ERR_CERT_HAS_EXPIRED", null)]
    [InlineData("ca-ignore-err all", null)]
    [InlineData("crt-ignore-err 23", "[X509_V_ERR_CERT_REVOKED 23]")]
    [InlineData("crt-ignore-err X509_V_ERR_CERT_REVOKED,10", "[X509_V_ERR_CERT_REVOKED 23]")]
    public void A_certificate_that_was_taken_back_is_refused_or_told(string words, string? told)
    {
        Bench.WriteFile("crl.pem", Root.Revoking(Taken));
        Start($"verify required ca-file <dir>/root.pem crl-file <dir>/crl.pem {words}", "%[ssl_c_verify,x509_v_err_str] %[ssl_c_err]");
        if (told is null) Assert.ThrowsAny<Exception>(() => Ask(own: Taken));
        else Assert.Equal(told, Ask(own: Taken));
        Assert.Equal("[X509_V_OK 0]", Ask(own: Kept));
    }

    [Fact]
    public void The_line_of_a_server_that_was_refused_tells_why()
    {
        Bench.WriteFile("a.pem", Ecdsa.Pem);
        Bench.WriteFile("root.pem", Root.CertificatePem);
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
            frontend outer
                bind <outer>
                log global
                log-format "refused %[bc_err]/%[bc_err_name]/%[bc_err_str]/%[ssl_bc_err,and(255)]/%[ssl_bc_err_str,regsub(.*:,)]"
                default_backend be
            backend be
                retries 0
                server s1 <fe> ssl verify required ca-file <dir>/root.pem

            """);
        Assert.Equal(503, proxy.Connect("outer").Send(Get("/")).ReadResponse().Status);
        Assert.EndsWith(
            "refused 34/SSL_HANDSHAKE/SSL handshake failure/134/certificate verify failed", proxy.Output.WaitFor("refused 34"));
    }

    [Theory]
    [InlineData("", "old friend", 10)]
    [InlineData("crt-ignore-err 11", "old friend", 10)]
    [InlineData("", "friend", 20)]
    [InlineData("crt-ignore-err 20", "friend", 20)] // 21 follows, which is the one that is not overlooked
    public void The_line_of_a_client_that_was_refused_tells_of_its_certificate(string words, string name, int error)
    {
        Proxy proxy = Start($"verify required ca-file <dir>/root.pem ssl-max-ver TLSv1.2 {words}", "", """
            error-log-format "refused %[fc_err]/%[fc_err_name]/%[fc_err_str]/%[ssl_c_s_dn(CN)]/%[ssl_c_err] %ts %ac/%fc"
            """);
        Assert.ThrowsAny<Exception>(() => Ask(own: name == "friend" ? Friend : Old));
        Assert.EndsWith(
            $"refused 31/SSL_CRT_FAIL/SSL client certificate not trusted/{name}/{error} PR 1/1",
            proxy.Output.WaitFor("refused"));
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "rsaEncryption")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "id-ecPublicKey")]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256, "id-ecPublicKey")]
    public void The_certificate_is_one_that_the_clients_ciphers_go_with(TlsCipherSuite suite, string kind)
    {
        Bench.WriteFile("rsa.pem", Rsa.Pem);
        Start("crt <dir>/rsa.pem", "%[ssl_f_key_alg]");
        Assert.Equal($"[{kind}]", Ask(suite: suite));
    }

    [Theory]
    [InlineData("x.w.test", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "rsa.pem")]
    [InlineData("x.w.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "")]
    [InlineData("y.w.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "a.pem")]
    [InlineData("k.v.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "a.pem")]
    [InlineData("z.w.test", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "rsa.pem")]
    [InlineData("z.w.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "a.pem")]
    public void A_name_taken_out_of_one_certificate_stays_with_the_other(string name, TlsCipherSuite suite, string file)
    {
        Bench.WriteFile("rsa.pem", Rsa.Pem);
        Bench.WriteFile("list", """
            <dir>/a.pem *.w.test !x.w.test z.w.test !k.v.test
            <dir>/rsa.pem *.w.test
            <dir>/a.pem *.v.test

            """);
        Start("strict-sni crt-list <dir>/list", "%[ssl_fc_crtname,regsub(.*/,)]", own: "");
        if (file.Length == 0) Assert.ThrowsAny<Exception>(() => Ask(name, suite));
        else Assert.Equal($"[{file}]", Ask(name, suite));
    }

    [Theory]
    [InlineData("strict-sni crt-list <dir>/list", "a.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "")]
    [InlineData("crt-list <dir>/list", "a.test", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "rsa.pem")]
    [InlineData("crt <dir>/both", "no.test", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "both.rsa")]
    [InlineData("crt <dir>/both", "no.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "both.ecdsa")]
    [InlineData("crt <dir>/rsa.pem crt <dir>/a.pem", "a.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "a.pem")]
    [InlineData("crt <dir>/rsa.pem crt <dir>/a.pem", "no.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "")]
    [InlineData("crt <dir>/rsa.pem default-crt <dir>/a.pem", "no.test", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "a.pem")]
    [InlineData("crt <dir>/both strict-sni", "no.test", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "")]
    public void Who_serves_names_that_nobody_has(string words, string name, TlsCipherSuite suite, string file)
    {
        Bench.WriteFile("rsa.pem", Rsa.Pem);
        Bench.WriteFile("both.rsa", Rsa.Pem);
        Bench.WriteFile("both.ecdsa", Ecdsa.Pem);
        // Names taken out alone leave the second none.
        Bench.WriteFile("list", "<dir>/rsa.pem b.test\n<dir>/a.pem !x.w.test\n");
        Start(words, "%[ssl_fc_crtname,regsub(.*/,)]", own: "");
        if (file.Length == 0) Assert.ThrowsAny<Exception>(() => Ask(name, suite));
        else Assert.Equal($"[{file}]", Ask(name, suite));
    }

    [Theory]
    [InlineData("ecdhe P-256", "", "prime256v1")]
    [InlineData("ecdhe P-256", "ssl-default-bind-curves P-384", "secp384r1")]
    [InlineData("ecdhe P-256 curves P-521", "", "secp521r1")]
    [InlineData("curves P-521", "ssl-default-bind-curves P-384", "secp521r1")]
    public void Curves_count_before_the_one_curve(string words, string global, string curve)
    {
        Start(words, "%[ssl_fc_curve]", "", global);
        Assert.Equal($"[{curve}]", Ask());
    }

    [Fact]
    public void Defaults_hold_for_the_lines_behind_them()
    {
        Bench.WriteFile("a.pem", Ecdsa.Pem);
        Start($"""
            global
                ssl-default-bind-ciphersuites TLS_AES_256_GCM_SHA384
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
                http-request return status 200 content-type text/plain lf-string [%[ssl_fc_cipher]]
            global
                ssl-default-bind-ciphersuites TLS_CHACHA20_POLY1305_SHA256

            """);
        Assert.Equal("[TLS_AES_256_GCM_SHA384]", Ask());
    }

    [Fact]
    public void Rates_are_those_of_now()
    {
        Proxy proxy = Start("ssl-max-ver TLSv1.2", "x", "", "stats socket <dir>/cli level admin");
        for (int i = 0; i < 3; i++) Ask();
        string told = new AdminSocket(proxy).Say("show info");
        Assert.DoesNotContain("\nMaxSslRate: 0\n", told);
        Assert.DoesNotContain("\nSslFrontendMaxKeyRate: 0\n", told);
    }

    private Proxy Start(string words, string answer, string lines = "", string global = "", string own = "crt <dir>/a.pem")
    {
        Bench.WriteFile("a.pem", Ecdsa.Pem);
        Bench.WriteFile("root.pem", Root.CertificatePem);
        Bench.WriteFile("middle.pem", Middle.CertificatePem);
        return Start($"""
            global
                log stdout format raw local0
                {global}
            {HttpDefaults}
            frontend fe
                bind <fe> ssl {own} {words}
                log global
                {lines}
                http-request return status 200 content-type text/plain lf-string "[{answer}]"

            """);
    }

    /// <summary>What the proxy answers to a client with this certificate, or with this cipher alone.</summary>
    private string Ask(string name = "a.test", TlsCipherSuite suite = default, TestCertificate? own = null)
    {
        X509Certificate2? certificate = own?.WithKey;
        using TcpClient socket = new("127.0.0.1", Bench.Ports["fe"]);
        using SslStream tls = new(socket.GetStream(), false, static (_, _, _, _) => true);
        SslClientAuthenticationOptions options = new() { TargetHost = name };
        if (certificate is not null) options.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        if (suite != default)
        {
            options.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
            options.EnabledSslProtocols =
                suite == TlsCipherSuite.TLS_AES_128_GCM_SHA256 ? SslProtocols.Tls13 : SslProtocols.Tls12;
        }
        tls.AuthenticateAsClient(options);
        tls.Write(Wire.Encoding.GetBytes("GET / HTTP/1.0\r\n\r\n"));
        using System.IO.StreamReader reader = new(tls, Wire.Encoding);
        string answer = reader.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 200", answer);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }
}
