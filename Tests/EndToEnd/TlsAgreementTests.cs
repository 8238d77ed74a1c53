using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// What a bind line and a server line agree on. Both are ours: the outer frontend asks the inner one, which answers with
/// what it sees.
/// </summary>
public sealed class TlsAgreementTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"], Authority);
    private static readonly TestCertificate Rsa = TestCertificate.Make(["a.test"], Authority, isRsa: true);
    private static readonly TestCertificate Friend = TestCertificate.Make(["friend"], Authority);

    [Theory]
    [InlineData("", "", "ssl_fc_protocol", "TLSv1.3")]
    [InlineData("", "ssl-max-ver TLSv1.2", "ssl_fc_protocol", "TLSv1.2")]
    [InlineData("ssl-max-ver TLSv1.2", "", "ssl_fc_protocol", "TLSv1.2")]
    [InlineData("", "force-tlsv12", "ssl_fc_protocol", "TLSv1.2")]
    [InlineData("no-tlsv13", "", "ssl_fc_protocol", "TLSv1.2")]
    [InlineData("ssl-min-ver TLSv1.3", "ssl-max-ver TLSv1.2", "ssl_fc_protocol", null)]
    [InlineData("ssl-max-ver TLSv1.2", "ssl-min-ver TLSv1.3", "ssl_fc_protocol", null)]
    [InlineData("ssl-max-ver TLSv1.2", "ciphers ECDHE-ECDSA-AES256-GCM-SHA384", "ssl_fc_cipher", "ECDHE-ECDSA-AES256-GCM-SHA384")]
    [InlineData("ssl-max-ver TLSv1.2 ciphers ECDHE-ECDSA-CHACHA20-POLY1305", "", "ssl_fc_cipher", "ECDHE-ECDSA-CHACHA20-POLY1305")]
    [InlineData("ssl-max-ver TLSv1.2 ciphers ECDHE-RSA-AES128-GCM-SHA256", "", "ssl_fc_cipher", null)]
    [InlineData("ciphersuites TLS_CHACHA20_POLY1305_SHA256", "", "ssl_fc_cipher", "TLS_CHACHA20_POLY1305_SHA256")]
    [InlineData("", "ciphersuites TLS_AES_128_GCM_SHA256", "ssl_fc_cipher", "TLS_AES_128_GCM_SHA256")]
    [InlineData("ciphersuites TLS_AES_256_GCM_SHA384", "ciphersuites TLS_AES_128_GCM_SHA256", "ssl_fc_cipher", null)]
    [InlineData("curves P-384", "", "ssl_fc_curve", "secp384r1")]
    [InlineData("", "curves P-521", "ssl_fc_curve", "secp521r1")]
    [InlineData("curves P-384:P-256", "curves P-256", "ssl_fc_curve", "prime256v1")]
    [InlineData("curves P-384", "curves P-256", "ssl_fc_curve", null)]
    [InlineData("sigalgs ECDSA+SHA256", "", "ssl_fc_protocol", "TLSv1.3")]
    [InlineData("sigalgs RSA-PSS+SHA256", "", "ssl_fc_protocol", null)]
    [InlineData("", "sigalgs RSA-PSS+SHA256", "ssl_fc_protocol", null)]
    [InlineData("crt <dir>/rsa.pem", "sni str(a.test) sigalgs RSA-PSS+SHA256", "ssl_f_key_alg", "rsaEncryption")]
    [InlineData("crt <dir>/rsa.pem", "sni str(a.test) sigalgs ECDSA+SHA256", "ssl_f_key_alg", "id-ecPublicKey")]
    [InlineData("alpn h2,http/1.1", "alpn h2", "ssl_fc_alpn", "h2")]
    [InlineData("alpn http/1.1", "alpn h2,http/1.1", "ssl_fc_alpn", "http/1.1")]
    [InlineData("alpn h2,http/1.1", "", "ssl_fc_alpn", "")]
    [InlineData("no-alpn", "alpn h2,http/1.1", "ssl_fc_alpn", "")]
    [InlineData("npn x,http/1.1 ssl-max-ver TLSv1.2", "npn http/1.1", "ssl_fc_npn", "http/1.1")]
    [InlineData("ssl-max-ver TLSv1.2", "npn http/1.1", "ssl_fc_npn", "")]
    [InlineData("", "sni str(b.test)", "ssl_fc_sni", "b.test")]
    [InlineData("", "no-sni-auto", "ssl_fc_sni", "")]
    [InlineData("strict-sni", "sni str(b.test)", "ssl_fc_sni", null)]
    [InlineData("verify required ca-file <dir>/ca.pem", "crt <dir>/friend.pem", "ssl_c_s_dn(CN)", "friend")]
    [InlineData("verify required ca-file <dir>/ca.pem ssl-max-ver TLSv1.2", "", "ssl_c_s_dn(CN)", null)]
    [InlineData("verify optional ca-file <dir>/ca.pem", "", "ssl_c_used", "0")]
    public void Both_sides_agree_or_do_not(string bind, string server, string sample, string? told)
    {
        HttpMessage answer = Start(bind, $"verify none {server}", sample).Connect("outer").Send(Get("/")).ReadResponse();
        Assert.Equal(told is null ? 503 : 200, answer.Status);
        if (told is not null) Assert.Equal($"[{told}]", answer.Text);
    }

    [Theory]
    [InlineData("verifyhost a.test no-sni-auto", 200)]
    [InlineData("verifyhost b.test no-sni-auto", 503)]
    [InlineData("sni str(a.test)", 200)]
    [InlineData("sni str(b.test)", 503)]
    [InlineData("sni str(a.test) verifyhost b.test", 200)]
    public void A_verified_server_has_the_name_it_is_asked_for(string words, int status)
    {
        Proxy proxy = Start("", $"verify required ca-file <dir>/ca.pem {words}", "ssl_fc_sni");
        Assert.Equal(status, proxy.Connect("outer").Send(Get("/")).ReadResponse().Status);
    }

    [Theory]
    [InlineData("", "", "1")]
    [InlineData("", "ssl-max-ver TLSv1.2", "1")]
    [InlineData("no-tls-tickets", "ssl-max-ver TLSv1.2", "1")]
    [InlineData("no-tls-tickets", "", "1")]
    [InlineData("", "no-ssl-reuse", "0")]
    [InlineData("", "no-tls-tickets ssl-max-ver TLSv1.2", "1")]
    public void A_session_with_a_server_is_resumed(string bind, string server, string resumed)
    {
        Proxy proxy = Start(bind, $"verify none {server}", "ssl_fc_is_resumed");
        Assert.Equal("[0]", proxy.Connect("outer").Send(Get("/")).ReadResponse().Text);
        Assert.Equal($"[{resumed}]", proxy.Connect("outer").Send(Get("/")).ReadResponse().Text);
    }

    private Proxy Start(string bind, string server, string sample)
    {
        Bench.WriteFile("ca.pem", Authority.CertificatePem);
        Bench.WriteFile("a.pem", A.Pem);
        Bench.WriteFile("rsa.pem", Rsa.Pem);
        Bench.WriteFile("friend.pem", Friend.Pem);
        return Start($"""
            global
                nbthread 1
            {HttpDefaults}
                retries 0
            frontend outer
                bind <outer>
                default_backend inner
            backend inner
                http-reuse never
                server s1 <fe> ssl {server}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem {bind}
                http-request return status 200 content-type text/plain lf-string "[%[{sample}]]"

            """);
    }
}
