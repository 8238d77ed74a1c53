using System.IO;
using System.Net.Sockets;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Certificates of <c>crt-store</c> sections, their names elsewhere, and <c>ssl-f-use</c>.</summary>
public sealed class TlsStoreTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate B = TestCertificate.Make(["b.test"]);
    private static readonly TestCertificate C = TestCertificate.Make(["c.test"]);

    private string Dir => Bench.Directory;

    [Theory]
    [InlineData("crt @web/first", "x.test", "CN=a.test")]
    [InlineData("crt @web/first crt @web/b.crt", "b.test", "CN=b.test")]
    [InlineData("crt @/third", "x.test", "CN=c.test")]
    [InlineData("crt <dir>/a.crt", "x.test", "CN=a.test")]
    [InlineData("crt-list <dir>/list", "listed.test", "CN=b.test")]
    [InlineData("crt-list <dir>/list", "own.test", "CN=c.test")]
    public void A_name_of_a_store_stands_for_its_certificate(string words, string name, string subject)
    {
        Start($"""
            frontend fe
                bind <fe> ssl {words}
                http-request return status 200

            """);
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], name);
        Assert.Equal(subject, client.SubjectOfPeer);
        Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
    }

    [Fact]
    public void Lines_of_a_frontend_serve_all_its_binds_and_the_last_is_for_unknown_names()
    {
        Start($"""
            frontend fe
                bind <fe> ssl
                bind <two> ssl crt <dir>/c.pem
                ssl-f-use crt @web/first
                ssl-f-use crt <dir>/plain.crt key <dir>/keys/b.key ssl-max-ver TLSv1.2
                http-request return status 200 content-type text/plain lf-string %[ssl_fc_protocol]

            """);
        Assert.Equal("CN=b.test", Subject("fe", "x.test"));
        Assert.Equal("CN=a.test", Subject("fe", "a.test"));
        Assert.Equal("CN=c.test", Subject("two", "x.test"));
        using TlsWire client = TlsWire.Connect(Bench.Ports["two"], "b.test");
        Assert.Equal("TLSv1.2", client.Send(Get()).ReadResponse().Text);
        Assert.Equal("@fe\n\n", Say("show ssl crt-list"));
        Assert.Equal(
            $"# @fe\n{Dir}/plain.crt [ssl-max-ver TLSv1.2]\n@web/first\n\n", Say("show ssl crt-list @fe"));
    }

    [Fact]
    public void A_certificate_of_a_store_is_exchanged_by_its_name()
    {
        Start("""
            frontend fe
                bind <fe> ssl crt @web/first
                http-request return status 200

            """);
        Assert.StartsWith(
            "Filename: @web/first\nCrt filename: a.crt\nKey filename: a.key\nOption: ocsp-update off\n",
            Say("show ssl cert @web/first"));
        Say("set ssl cert @web/first", C.Pem);
        Assert.Contains("Success!", Say("commit ssl cert @web/first"));
        Assert.Equal("CN=c.test", Subject("fe", "x.test"));
        Assert.Contains("in use, can't be deleted!", Say("del ssl cert @web/first"));
    }

    [Fact]
    public void A_server_shows_a_certificate_of_a_store()
    {
        Proxy proxy = Start("""
            frontend origin
                bind <origin> ssl crt @/third verify required ca-file <dir>/a.crt
                http-request return status 200 content-type text/plain lf-string %[ssl_c_s_dn(CN)]
            listen fe
                bind <fe>
                http-reuse never
                server s1 <origin> ssl verify none crt @web/first

            """);
        using Wire client = proxy.Connect("fe");
        Assert.Equal("a.test", client.Send(Get()).ReadResponse().Text);
    }

    [Theory]
    [InlineData("load", "[bad.cfg:2] : 'load' in section 'crt-store': mandatory 'crt' parameter not found.")]
    [InlineData("load crt <dir>/c.pem colour red", "'load colour' in section 'crt-store': unknown keyword 'colour'.")]
    [InlineData("load crt <dir>/none", "parsing [bad.cfg:2] : cannot open the file '<dir>/none'.\n '<dir>/none' cannot be read or parsed.")]
    [InlineData("load crt <dir>/c.pem key <dir>/none", "parsing [bad.cfg:2] :  '<dir>/none' cannot be read or parsed.")]
    [InlineData("load crt <dir>/c.pem key <dir>/keys/b.key", "inconsistencies between private key and certificate loaded '<dir>/c.pem'.")]
    [InlineData("load crt <dir>/c.pem ocsp <dir>/none", "Error opening OCSP response file '<dir>/none' cannot be read or parsed.")]
    [InlineData("load crt <dir>/c.pem issuer <dir>/none", "parsing [bad.cfg:2] :  '<dir>/none' cannot be read or parsed.")]
    [InlineData("load crt <dir>/c.pem sctl <dir>/c.pem", "parsing [bad.cfg:2] :  '<dir>/c.pem' cannot be read or parsed.")]
    [InlineData("load crt <dir>/c.pem ocsp-update x", "cannot parse 'ocsp-update' value 'x', 'on' or 'off' is expected.")]
    [InlineData("load crt <dir>/c.pem\n    load crt <dir>/c.pem", "[bad.cfg:3] : 'load' in section 'crt-store': store '<dir>/c.pem' was already defined.")]
    [InlineData("load crt <dir>/c.pem\n    key-base /", "'key-base' can't be used after a load line, use it at the beginning of the section.")]
    [InlineData("crt-base", "'crt-base' requires a <path> argument.")]
    [InlineData("load crt <dir>/plain.crt alias x\nfrontend fe\n    bind :1 ssl crt @/x", "unable to load SSL private key into SSL Context '@/x': passed a null parameter.")]
    [InlineData("load crt <dir>/c.pem\nfrontend fe\n    bind :1 ssl crt @/c", "unable to stat SSL certificate from file '@/c' : No such file or directory.")]
    [InlineData("load crt <dir>/c.pem\nfrontend fe\n    bind :1 ssl\n    ssl-f-use alpn h2", "Trying to load a certificate but no 'crt' keyword specified.")]
    [InlineData("load crt <dir>/c.pem\nfrontend fe\n    bind :1 ssl\n    ssl-f-use crt <dir>/c.pem colour", "unknown crt keyword 'colour'")]
    [InlineData("load crt <dir>/c.pem\nfrontend fe\n    bind :1 ssl\n    ssl-f-use crt <dir>/c.pem key <dir>/c.pem", "'<dir>/c.pem' in crt-list 'bad.cfg' line 5, is already defined with incompatible parameters:\n - different parameter 'key' : previously '(null)' vs '<dir>/c.pem'")]
    public void What_is_wrong_with_a_store_is_told(string lines, string message)
    {
        WriteFiles();
        string path = Bench.WriteFile("bad.cfg", $"crt-store\n    {lines}\n");
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message.Replace("<dir>", Dir), result.Errors.Replace(path, "bad.cfg"));
    }

    private string Subject(string port, string name)
    {
        using TlsWire client = TlsWire.Connect(Bench.Ports[port], name);
        return client.SubjectOfPeer;
    }

    private string Say(string command, string payload = "")
    {
        string text = payload.Length == 0 ? command + "\n" : $"{command} <<\n{payload}\n";
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(Dir, "api")));
        socket.Send(Encoding.Latin1.GetBytes(text));
        using StreamReader reader = new(new NetworkStream(socket), Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private void WriteFiles()
    {
        Directory.CreateDirectory(Path.Combine(Dir, "keys"));
        Bench.WriteFile("a.crt", A.CertificatePem);
        Bench.WriteFile("keys/a.key", A.KeyPem);
        Bench.WriteFile("a.crt.key", A.KeyPem);
        Bench.WriteFile("b.crt", B.Pem);
        Bench.WriteFile("plain.crt", B.CertificatePem);
        Bench.WriteFile("keys/b.key", B.KeyPem);
        Bench.WriteFile("c.pem", C.Pem);
        Bench.WriteFile("list", "<dir>/a.crt\n@web/b.crt listed.test\n@/third [alpn http/1.1] own.test\n");
    }

    private Proxy Start(string rest)
    {
        WriteFiles();
        return base.Start($"""
            global
                stats socket <dir>/api level admin
                key-base <dir>/keys
            crt-store
                load crt <dir>/c.pem alias third
            crt-store web
                crt-base <dir>
                load crt a.crt key a.key alias first
                load crt b.crt
            {HttpDefaults}
            {rest}
            """);
    }
}
