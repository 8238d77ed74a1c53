using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Certificates that are made for the names clients ask for (<c>generate-certificates</c>).</summary>
public sealed class TlsForgeTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate RsaAuthority = TestCertificate.Make(["our ca"], isAuthority: true, isRsa: true);
    private static readonly TestCertificate Default = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate Client = TestCertificate.Make(["friend"], Authority);

    [Theory]
    [InlineData("ca.pem", SslProtocols.Tls12)]
    [InlineData("ca.pem", SslProtocols.Tls13)]
    [InlineData("rsa.pem", SslProtocols.Tls13)]
    [InlineData("locked.pem ca-sign-pass secret", SslProtocols.Tls13)]
    [InlineData("split.crt", SslProtocols.Tls13)]
    public void A_name_without_a_certificate_gets_one_that_its_authority_signed(string signer, SslProtocols version)
    {
        Start($"ca-sign-file <dir>/{signer}");
        using X509Certificate2 made = Ask("New.Example", version);
        Assert.Equal("CN=our ca, CN=new.example", Names(made));
        Assert.True(made.MatchesHostname("new.example", allowCommonName: false));
        Assert.Equal(Default.Certificate.GetPublicKey(), made.GetPublicKey());
        Assert.True(made.NotBefore < DateTime.Now && made.NotAfter > DateTime.Now);
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add((signer == "rsa.pem" ? RsaAuthority : Authority).Certificate);
        Assert.True(chain.Build(made), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
    }

    [Theory]
    [InlineData("a.test")]
    [InlineData("x_y.test")]
    [InlineData("")]
    public void What_has_a_certificate_or_is_no_name_gets_the_default(string name)
    {
        Start("ca-sign-file <dir>/ca.pem");
        using X509Certificate2 got = Ask(name);
        Assert.Equal(Default.Certificate.Thumbprint, got.Thumbprint);
    }

    [Fact]
    public void A_strict_line_makes_certificates_and_gives_the_default_to_nobody()
    {
        Start("ca-sign-file <dir>/ca.pem strict-sni");
        using X509Certificate2 made = Ask("new.example");
        Assert.Equal("CN=our ca, CN=new.example", Names(made));
        Assert.ThrowsAny<Exception>(() => Ask("x_y.test"));
        Assert.ThrowsAny<Exception>(() => Ask(""));
    }

    [Fact]
    public void A_long_name_is_an_alternative_name_only()
    {
        Start("ca-sign-file <dir>/ca.pem");
        string name = $"{new string('a', 40)}.{new string('b', 40)}.test";
        using X509Certificate2 made = Ask(name);
        Assert.Equal("CN=our ca", Names(made));
        Assert.True(made.MatchesHostname(name, allowCommonName: false));
    }

    [Fact]
    public void The_certificates_used_last_are_kept_up_to_the_limit()
    {
        Start("ca-sign-file <dir>/ca.pem no-tls-tickets", "tune.ssl.cachesize 0\n    tune.ssl.ssl-ctx-cache-size 2");
        string a = Thumbprint("one.test");
        string b = Thumbprint("two.test");
        Assert.Equal(a, Thumbprint("one.test"));
        Assert.Equal(b, Thumbprint("TWO.test"));
        Assert.Equal(a, Thumbprint("one.test"));
        _ = Thumbprint("three.test"); // two.test makes room
        Assert.Equal(a, Thumbprint("one.test"));
        Assert.NotEqual(b, Thumbprint("two.test"));
    }

    [Fact]
    public void Nothing_is_kept_where_the_limit_is_none()
    {
        Start("ca-sign-file <dir>/ca.pem no-tls-tickets", "tune.ssl.cachesize 0\n    tune.ssl.ssl-ctx-cache-size 0");
        Assert.NotEqual(Thumbprint("one.test"), Thumbprint("one.test"));
    }

    [Fact]
    public async Task Threads_make_certificates_for_many_names_at_once()
    {
        Proxy proxy = Start("ca-sign-file <dir>/ca.pem", "nbthread 2\n    tune.ssl.ssl-ctx-cache-size 5");
        List<string> faults = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), (i, _) =>
        {
            using X509Certificate2 made = Ask($"n{i % 20}.test");
            if (Names(made) == $"CN=our ca, CN=n{i % 20}.test") return ValueTask.CompletedTask;
            lock (faults) faults.Add(made.Subject);
            return ValueTask.CompletedTask;
        });
        Assert.Empty(faults);
        Assert.False(proxy.HasExited);
    }

    [Fact]
    public void What_a_line_asks_of_clients_holds_for_made_certificates_too()
    {
        Start("ca-sign-file <dir>/ca.pem verify required ca-file <dir>/ca.pem");
        Assert.ThrowsAny<Exception>(() => Ask("new.example", SslProtocols.Tls12));
        using TlsWire client = TlsWire.Connect(
            Bench.Ports["fe"], "new.example", SslProtocols.Tls12, Client.WithKey, "h2", "http/1.1");
        Assert.Equal("h2", client.Stream.NegotiatedApplicationProtocol.ToString());
    }

    [Theory]
    [InlineData("", "cannot enable certificate generation, no CA certificate File configured at [")]
    [InlineData("ca-sign-file", "'ca-sign-file' : missing CAfile path")]
    [InlineData("ca-sign-file <dir>/ca.pem ca-sign-pass", "'ca-sign-pass' : missing CAkey password")]
    [InlineData("ca-sign-file /nope", "Chain loading failed: cannot open the file '/nope'.")]
    [InlineData("ca-sign-file <dir>/alone.crt", "alone.crt.key'.")]
    [InlineData("ca-sign-file <dir>/locked.pem ca-sign-pass wrong", "Chain loading failed: No Private Key found in '")]
    [InlineData("ca-sign-file <dir>/junk.pem", "Chain loading failed: unable to load certificate from file '")]
    public void What_is_wrong_with_the_authority_is_told(string words, string message)
    {
        WriteFiles();
        ProgramResult result = Bench.Run("-c", "-f", Bench.WriteFile("bad.cfg", Configuration(words, "")));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }

    [Theory]
    [InlineData("tune.ssl.ssl-ctx-cache-size", "'tune.ssl.ssl-ctx-cache-size' expects an integer argument.")]
    [InlineData("tune.ssl.ssl-ctx-cache-size -1", "'tune.ssl.ssl-ctx-cache-size' expects a positive numeric value.")]
    [InlineData("tune.ssl.ssl-ctx-cache-size 1 2", "cannot handle unexpected argument '2'.")]
    public void What_is_wrong_with_the_limit_is_told(string global, string message)
    {
        WriteFiles();
        string file = Bench.WriteFile("bad.cfg", Configuration("ca-sign-file <dir>/ca.pem", global));
        Assert.Contains(message, Bench.Run("-c", "-f", file).Errors);
    }

    private static string Names(X509Certificate2 certificate) =>
        string.Join(", ", certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
            .Select(part => $"CN={part.GetSingleElementValue()}"));

    private string Thumbprint(string name)
    {
        using X509Certificate2 certificate = Ask(name);
        return certificate.Thumbprint;
    }

    private X509Certificate2 Ask(string name, SslProtocols version = SslProtocols.None)
    {
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], name, version);
        Assert.Equal(204, client.Send(Get()).ReadResponse().Status);
        return X509CertificateLoader.LoadCertificate(client.Stream.RemoteCertificate!.Export(X509ContentType.Cert));
    }

    private void WriteFiles()
    {
        Bench.WriteFile("a.pem", Default.Pem);
        Bench.WriteFile("ca.pem", Authority.Pem);
        Bench.WriteFile("rsa.pem", RsaAuthority.Pem);
        Bench.WriteFile("junk.pem", "junk");
        Bench.WriteFile("alone.crt", Authority.CertificatePem);
        Bench.WriteFile("split.crt", Authority.CertificatePem);
        Bench.WriteFile("split.crt.key", Authority.KeyPem);
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(Authority.KeyPem);
        PbeParameters lockedBy = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        Bench.WriteFile("locked.pem", Authority.CertificatePem + key.ExportEncryptedPkcs8PrivateKeyPem("secret", lockedBy));
    }

    private Proxy Start(string words, string global = "")
    {
        WriteFiles();
        return base.Start(Configuration(words, global));
    }

    private static string Configuration(string words, string global) => $"""
        global
            {global}
        {HttpDefaults}
        frontend fe
            bind <fe> ssl crt <dir>/a.pem generate-certificates {words}
            http-request return status 204

        """;
}
