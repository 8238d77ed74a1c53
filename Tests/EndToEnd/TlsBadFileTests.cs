using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Files of certificates that break off, hold junk, lead nowhere: refused, and told why.</summary>
public sealed class TlsBadFileTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Junk = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private static readonly TestCertificate Good = TestCertificate.Make(["good.test"]);
    private static readonly TestCertificate Other = TestCertificate.Make(["other.test"]);

    /// <summary>A PEM text without its last lines.</summary>
    private static string Cut(string pem) => pem[..(pem.Length * 2 / 3)];

    private ProgramResult Check(string bind)
    {
        Bench.WriteFile("good.pem", Good.Pem);
        string path = Bench.WriteFile("bad.cfg", $"""
            {HttpDefaults}
            frontend fe
                bind :1234 ssl {bind}
                http-request return status 200

            """);
        return Bench.Run("-c", "-f", path);
    }

    public static TheoryData<string, string, string> Certificates => new()
    {
        { "cut certificate", Cut(Good.CertificatePem), "unable to load certificate from file '<file>': bad end line." },
        { "cut key", Good.CertificatePem + Cut(Good.KeyPem), "unable to load certificate chain from file '<file>': bad end line" },
        { "junk in the chain", Good.Pem + Junk, "unable to load certificate chain from file '<file>': wrong tag" },
        { "cut chain", Good.Pem + Cut(Other.CertificatePem), "unable to load certificate chain from file '<file>': bad end line" },
        { "nothing", "", "unable to load certificate from file '<file>': no start line." },
        { "key alone", Good.KeyPem, "unable to load certificate from file '<file>': no start line." },
        { "other key", Good.CertificatePem + Other.KeyPem, "inconsistencies between private key and certificate loaded '<file>'." },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public void A_certificate_that_is_not_whole_is_refused(string name, string content, string message)
    {
        string file = Bench.WriteFile("c.pem", content);
        ProgramResult result = Check($"crt {file}");
        Assert.NotEmpty(name);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message.Replace("<file>", file), result.Errors);
    }

    /// <summary>An authority that is left out in silence is one that clients are not told of.</summary>
    [Theory]
    [InlineData("ca-file", "bad end line")]
    [InlineData("crl-file", "no certificate or crl found")]
    public void Authorities_that_break_off_are_refused(string word, string reason)
    {
        string file = Bench.WriteFile("ca.pem", Good.CertificatePem + (word == "ca-file" ? Cut(Other.CertificatePem) : ""));
        ProgramResult result = Check($"crt {Bench.Directory}/good.pem ca-file {Bench.Directory}/good.pem {word} {file}");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"Couldn't open the ca-file '{file}' ({reason}).", result.Errors);
    }

    [Fact]
    public void Of_a_directory_of_authorities_the_bad_ones_are_left_out_and_told_of()
    {
        string place = Path.Combine(Bench.Directory, "cas");
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "a.pem"), Good.CertificatePem);
        File.WriteAllText(Path.Combine(place, "b.pem"), Other.CertificatePem + Junk);
        File.WriteAllText(Path.Combine(place, "c.pem"), "");
        ProgramResult result = Check($"crt {Bench.Directory}/good.pem ca-file {place} verify required");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"config : ca-file: '{place}' couldn't load '{place}/b.pem' (wrong tag)", result.Errors);
        Assert.Contains($"config : ca-file: '{place}' couldn't load '{place}/c.pem' (no certificate or crl found)", result.Errors);
    }

    [Fact]
    public void A_link_that_leads_to_itself_is_told_of()
    {
        string loop = Path.Combine(Bench.Directory, "loop.pem");
        File.CreateSymbolicLink(loop, loop);
        ProgramResult result = Check($"crt {Bench.Directory}/good.pem ca-file {loop}");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"Couldn't open the ca-file '{loop}' (Too many levels of symbolic links).", result.Errors);
    }

    [Theory]
    [InlineData("ssl-default-bind-options force-sslv3", "", "all SSL/TLS versions are disabled for bind ':1234' at [")]
    [InlineData("", "force-sslv3", "all SSL/TLS versions are disabled for bind ':1234' at [")]
    public void The_oldest_version_alone_is_none(string global, string word, string message)
    {
        Bench.WriteFile("good.pem", Good.Pem);
        string path = Bench.WriteFile("old.cfg", $"""
            global
                {global}
            {HttpDefaults}
            frontend fe
                bind :1234 ssl crt {Bench.Directory}/good.pem {word}
                http-request return status 200

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }
}
