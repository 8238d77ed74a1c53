using System.Buffers.Text;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Tokens verified with certificates: <c>jwt_verify_cert</c>, <c>jwt on</c> and the commands about it.</summary>
public sealed class TokenCertificateTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private static readonly TestCertificate Curve = TestCertificate.Make(["curve"]);
    private static readonly TestCertificate Rsa = TestCertificate.Make(["rsa"], isRsa: true);

    private string Dir => Bench.Directory;

    [Fact]
    public void Tokens_are_verified_with_certificates_that_may_be_used_for_them()
    {
        Proxy proxy = StartTokens();
        string curve = Token("ES256", Curve);
        string rsa = Token("RS256", Rsa);
        Assert.Equal("1 1", Verdicts(proxy, "ES256", "curve.pem", curve));
        Assert.Equal("1 0", Verdicts(proxy, "RS256", "rsa.pem", rsa)); // the name in the file is another's
        Assert.Equal("0 0", Verdicts(proxy, "ES256", "curve.pem", curve[..^4] + "AAAA"));
        Assert.Equal("0 0", Verdicts(proxy, "RS256", "curve.pem", curve));
        Assert.Equal("-3 -3", Verdicts(proxy, "ES256", "curve.pem", "a.b"));
        Assert.Equal("-5 1", Verdicts(proxy, "ES256", "none.pem", curve));
        Assert.Equal("-7 1", Verdicts(proxy, "ES256", "unused.pem", curve));
        Assert.Equal("-2 -2", Verdicts(proxy, "none", "curve.pem", curve));
        Assert.Equal("-2 -2", Verdicts(proxy, "HS256", "curve.pem", curve));
        Assert.Equal("-1 -1", Verdicts(proxy, "XX", "curve.pem", curve));
    }

    [Fact]
    public void What_may_be_used_is_changed_at_run_time()
    {
        Proxy proxy = StartTokens();
        string token = Token("ES256", Curve);
        Assert.Equal($"# filename\n{Dir}/curve.pem\n{Dir}/rsa.pem\n\n", Say("show ssl jwt"));
        Assert.Contains(" in use for JWT validation, can't be deleted!", Say($"del ssl cert {Dir}/rsa.pem"));
        Assert.Contains("\nOption: jwt on\nStatus: Used for JWT verification\n", Say($"show ssl cert {Dir}/rsa.pem"));
        Assert.Equal("\n", Say($"del ssl jwt {Dir}/rsa.pem"));
        Assert.Equal("-7 1", Verdicts(proxy, "ES256", "rsa.pem", token));
        Assert.Contains(" deleted!", Say($"del ssl cert {Dir}/rsa.pem"));
        Assert.Equal("-5 1", Verdicts(proxy, "ES256", "rsa.pem", token));
        Assert.Equal("\n", Say($"add ssl jwt {Dir}/unused.pem"));
        Assert.Equal("0 1", Verdicts(proxy, "ES256", "unused.pem", token));
        Say($"set ssl cert {Dir}/unused.pem <<\n{Curve.Pem}");
        Assert.Contains("Success!", Say($"commit ssl cert {Dir}/unused.pem"));
        Assert.Equal("1 1", Verdicts(proxy, "ES256", "unused.pem", token));
    }

    [Theory]
    [InlineData("add ssl jwt", "'add ssl cert' expects a filename\n\n")]
    [InlineData("del ssl jwt", "'del ssl cert' expects a filename\n\n")]
    [InlineData("add ssl jwt x", "Can't display the certificate: Not found or the certificate is a bundle!\n\n")]
    [InlineData("del ssl jwt x", "Can't display the certificate: Not found or the certificate is a bundle!\n\n")]
    public void What_commands_cannot_do_is_told(string command, string answer)
    {
        StartTokens();
        Assert.Equal(answer, Say(command));
    }

    [Theory]
    [InlineData("jwt_verify_cert(HS256,x.pem)", "HMAC-signed tokens can't be processed by this converter.")]
    [InlineData("jwt_verify_cert(XX,x.pem)", "invalid args in converter 'jwt_verify_cert' : unknown JWT algorithm: XX.")]
    [InlineData("jwt_verify_cert(RS256)", "missing arguments (got 1/2), type 'string' expected.")]
    public void What_is_wrong_with_an_expression_is_told(string converter, string message)
    {
        string path = Bench.WriteFile("bad.cfg", $"frontend fe\n  mode http\n  http-request set-header x %[req.hdr(t),{converter}]\n");
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }

    /// <summary>One verdict with the certificate that a field names, one with the certificate that the file names.</summary>
    private Proxy StartTokens()
    {
        Bench.WriteFile("curve.pem", Curve.CertificatePem); // no key is needed
        Bench.WriteFile("rsa.pem", Rsa.Pem);
        Bench.WriteFile("unused.pem", TestCertificate.Make(["unused"]).Pem);
        return StartApi($"""
            crt-store
                load crt <dir>/rsa.pem jwt on
                load crt <dir>/unused.pem jwt off
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request set-var(txn.a) req.hdr(a)
                http-request set-var(txn.c) req.hdr(c)
                http-request return status 200 content-type text/plain lf-string "%[req.hdr(t),jwt_verify_cert(txn.a,txn.c)] %[req.hdr(t),jwt_verify_cert(txn.a,<dir>/curve.pem)]"

            """);
    }

    private string Verdicts(Proxy proxy, string algorithm, string name, string token)
    {
        using Wire client = proxy.Connect("fe");
        string path = Path.Combine(Dir, name);
        return client.Send($"GET / HTTP/1.1\r\nHost: h\r\na: {algorithm}\r\nc: {path}\r\nt: {token}\r\n\r\n").ReadResponse().Text;
    }

    private static string Token(string algorithm, TestCertificate signer)
    {
        string text = $"{Encoded($"{{\"alg\":\"{algorithm}\"}}")}.{Encoded("{\"a\":1}")}";
        byte[] data = Encoding.ASCII.GetBytes(text);
        byte[] signature = signer.Certificate.GetECDsaPrivateKey() is { } curve
            ? curve.SignData(data, HashAlgorithmName.SHA256)
            : signer.Certificate.GetRSAPrivateKey()!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));
}
