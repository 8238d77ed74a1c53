using System;
using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Certificates, authorities, lists and ticket keys exchanged by the Runtime API under traffic.</summary>
public sealed class TlsExchangeTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate B = TestCertificate.Make(["b.test"]);
    private static readonly TestCertificate NewA = TestCertificate.Make(["a.test"], isRsa: true);

    private string Dir => Bench.Directory;

    [Fact]
    public void A_committed_certificate_serves_new_connections_and_those_under_way_go_on()
    {
        Start("ssl crt <dir>/a.pem");
        using TlsWire old = Connect();
        Assert.Equal(200, old.Send(Get()).ReadResponse().Status);
        Assert.Equal($"Transaction created for certificate {Dir}/a.pem!\n\n", Say($"set ssl cert {Dir}/a.pem", NewA.Pem));
        Assert.Equal($"# transaction\n*{Dir}/a.pem\n# filename\n{Dir}/a.pem\n\n", Say("show ssl cert"));
        using (TlsWire between = Connect()) Assert.Equal(A.Certificate.Thumbprint, Thumbprint(between));
        Assert.Equal($"Committing {Dir}/a.pem.\nSuccess!\n\n", Say($"commit ssl cert {Dir}/a.pem"));
        using TlsWire fresh = Connect();
        Assert.Equal(NewA.Certificate.Thumbprint, Thumbprint(fresh));
        Assert.Equal(200, fresh.Send(Get()).ReadResponse().Status);
        Assert.Equal(200, old.Send(Get()).ReadResponse().Status);
    }

    [Fact]
    public void A_hundred_exchanges_leave_one_certificate_that_works()
    {
        Start("ssl crt <dir>/a.pem");
        for (int i = 0; i < 100; i++)
        {
            Say($"set ssl cert {Dir}/a.pem", i % 2 == 0 ? NewA.Pem : A.Pem);
            Assert.Contains("Success!", Say($"commit ssl cert {Dir}/a.pem"));
            using TlsWire client = Connect();
            Assert.Equal((i % 2 == 0 ? NewA : A).Certificate.Thumbprint, Thumbprint(client));
        }
    }

    /// <summary>Clients that come while certificates, authorities and entries change find one that works, always.</summary>
    [Fact]
    public void Clients_that_come_meanwhile_are_served()
    {
        Bench.WriteFile("ca.pem", A.CertificatePem);
        Bench.WriteFile("list.txt", $"{Dir}/a.pem\n");
        Proxy proxy = Start("ssl crt-list <dir>/list.txt ca-file <dir>/ca.pem verify optional");
        bool isOver = false;
        SideThread<int> clients = Aside(() =>
        {
            int served = 0;
            while (!System.Threading.Volatile.Read(ref isOver))
            {
                using TlsWire client = Connect();
                Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
                served++;
            }
            return served;
        });
        long before = 0;
        for (int i = 0; i < 60; i++)
        {
            if (i == 30) before = proxy.ResidentKb;
            Say($"set ssl cert {Dir}/a.pem", i % 2 == 0 ? NewA.Pem : A.Pem);
            Assert.Contains("Success!", Say($"commit ssl cert {Dir}/a.pem"));
            Say($"set ssl ca-file {Dir}/ca.pem", i % 2 == 0 ? B.CertificatePem : A.CertificatePem);
            Assert.Contains("Success!", Say($"commit ssl ca-file {Dir}/ca.pem"));
            if (i == 0) Say($"new ssl cert {Dir}/b.pem");
            if (i == 0) Say($"set ssl cert {Dir}/b.pem", B.Pem);
            if (i == 0) Assert.Contains("Success!", Say($"commit ssl cert {Dir}/b.pem"));
            Assert.Contains("Success!", Say($"add ssl crt-list {Dir}/list.txt {Dir}/b.pem"));
            Assert.Contains("deleted", Say($"del ssl crt-list {Dir}/list.txt {Dir}/b.pem"));
        }
        System.Threading.Volatile.Write(ref isOver, true);
        Assert.NotEqual(0, clients.Join());
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 20_000);
    }

    /// <summary>Of a payload that breaks off nothing is taken.</summary>
    [Fact]
    public void Authorities_that_break_off_are_not_taken()
    {
        Bench.WriteFile("ca.pem", A.CertificatePem);
        Start("ssl crt <dir>/a.pem ca-file <dir>/ca.pem verify optional");
        string cut = A.CertificatePem + B.CertificatePem[..400];
        Assert.Equal($"Invalid payload\nCan't update {Dir}/ca.pem!\n\n", Say($"set ssl ca-file {Dir}/ca.pem", cut));
        string chain = A.Pem + B.CertificatePem[..400];
        Assert.Equal(
            $"unable to load certificate chain from file '{Dir}/a.pem': bad end line\nCan't load the payload\n"
                + $"Can't update {Dir}/a.pem!\n\n",
            Say($"set ssl cert {Dir}/a.pem", chain));
    }

    [Theory]
    [InlineData("a.pem", "junk", "unable to load certificate from file '<dir>/a.pem': no start line.\nCan't load the payload\nCan't update <dir>/a.pem!\n\n")]
    [InlineData("zz.pem", "junk", "Can't replace a certificate which is not referenced by the configuration!\nCan't update <dir>/zz.pem!\n\n")]
    [InlineData("a.pem.ocsp", "junk!", "Error reading OCSP response in base64 formatCan't load the payload\nCan't update <dir>/a.pem.ocsp!\n\n")]
    [InlineData("a.pem.sctl", "junk", "Can't load the payload\nCan't update <dir>/a.pem.sctl!\n\n")]
    [InlineData("a.pem.issuer", "junk", "'<dir>/a.pem' cannot be read or parsed'.\nCan't load the payload\nCan't update <dir>/a.pem.issuer!\n\n")]
    public void A_payload_that_is_none_leaves_all_as_it_was(string file, string payload, string answer)
    {
        Start("ssl crt <dir>/a.pem");
        Assert.Equal(answer.Replace("<dir>", Dir), Say($"set ssl cert {Dir}/{file}", payload));
        Assert.Equal($"# filename\n{Dir}/a.pem\n\n", Say("show ssl cert"));
        Assert.Equal($"No ongoing transaction! !\nCan't commit {Dir}/a.pem!\n\n", Say($"commit ssl cert {Dir}/a.pem"));
        using TlsWire client = Connect();
        Assert.Equal(A.Certificate.Thumbprint, Thumbprint(client));
    }

    [Fact]
    public void A_key_that_does_not_fit_is_not_committed()
    {
        Start("ssl crt <dir>/a.pem");
        Say($"set ssl cert {Dir}/a.pem.key", B.KeyPem);
        Assert.Equal(
            $"inconsistencies between private key and certificate loaded '{Dir}/a.pem'.\nCan't commit {Dir}/a.pem!\n\n",
            Say($"commit ssl cert {Dir}/a.pem"));
        Assert.Equal($"Transaction aborted for certificate '{Dir}/a.pem'!\n\n", Say($"abort ssl cert {Dir}/a.pem"));
        Assert.Equal("No ongoing transaction!\n\n", Say($"abort ssl cert {Dir}/a.pem"));
        using TlsWire client = Connect();
        Assert.Equal(A.Certificate.Thumbprint, Thumbprint(client));
    }

    [Fact]
    public void A_new_certificate_joins_a_list_under_its_names_and_leaves_it()
    {
        Bench.WriteFile("list", $"{Dir}/a.pem\n");
        Start("ssl crt-list <dir>/list strict-sni");
        Assert.ThrowsAny<Exception>(() => Connect("x.test"));
        Say($"new ssl cert {Dir}/b.new");
        Assert.Equal(
            $"Can't edit the crt-list: certificate '{Dir}/b.new' is empty!\n\n",
            Say($"add ssl crt-list {Dir}/list {Dir}/b.new"));
        Say($"set ssl cert {Dir}/b.new", B.Pem);
        Say($"commit ssl cert {Dir}/b.new");
        Assert.Equal(
            $"Inserting certificate '{Dir}/b.new' in crt-list '{Dir}/list'.\nSuccess!\n\n",
            Say($"add ssl crt-list {Dir}/list", $"{Dir}/b.new [ssl-min-ver TLSv1.3] x.test"));
        Assert.Equal(
            $"# {Dir}/list\n{Dir}/a.pem:1\n{Dir}/b.new:2 [ssl-min-ver TLSv1.3] x.test\n\n",
            Say($"show ssl crt-list -n {Dir}/list"));
        using (TlsWire client = Connect("x.test")) Assert.Equal("CN=b.test", client.SubjectOfPeer);
        Assert.ThrowsAny<Exception>(() => Connect("x.test", SslProtocols.Tls12));
        Assert.Contains("in use, can't be deleted!", Say($"del ssl cert {Dir}/b.new"));
        Assert.Equal(
            $"Entry '{Dir}/b.new' deleted in crtlist '{Dir}/list'!\n\n",
            Say($"del ssl crt-list {Dir}/list {Dir}/b.new:2"));
        Assert.ThrowsAny<Exception>(() => Connect("x.test"));
        Assert.Equal($"Certificate '{Dir}/b.new' deleted!\n\n", Say($"del ssl cert {Dir}/b.new"));
    }

    [Fact]
    public void The_certificate_that_serves_the_rest_stays_in_its_list()
    {
        Bench.WriteFile("list", $"{Dir}/a.pem\n{Dir}/b.pem [alpn h2] *.foo !x.foo\n");
        Start("ssl crt-list <dir>/list");
        Assert.Matches(
            @"^Can't delete the entry: certificate '\S*/a.pem' cannot be deleted, it is used as default certificate by the "
            + @"following frontends:\n\t- \S+:\d+\n\n$",
            Say($"del ssl crt-list {Dir}/list {Dir}/a.pem"));
        string names = Say("show ssl sni -f fe");
        Assert.StartsWith("# Frontend/Bind\tSNI\tNegative Filter\tType\tFilename\tNotAfter\tNotBefore\nfe/", names);
        Assert.Contains($"\ta.test\t-\tecdsa\t{Dir}/a.pem\t", names);
        Assert.Contains($"\t*\t-\tecdsa\t{Dir}/a.pem\t", names);
        Assert.Contains($"\t*.foo\t!x.foo \tecdsa\t{Dir}/b.pem\t", names);
        Assert.Equal("Couldn't find the specified frontend!\n\n", Say("show ssl sni -f zz"));
        Assert.EndsWith("\tNotBefore\n\n", Say("show ssl sni -A"));
    }

    [Fact]
    public void Authorities_and_revocations_exchanged_count_at_once_for_sessions_too()
    {
        TestCertificate authority = TestCertificate.Make(["our ca"], isAuthority: true);
        TestCertificate other = TestCertificate.Make(["other ca"], isAuthority: true);
        TestCertificate good = TestCertificate.Make(["friend"], authority);
        Bench.WriteFile("ca.pem", authority.CertificatePem);
        Start("ssl crt <dir>/a.pem verify required ca-file <dir>/ca.pem");
        Assert.Equal(200, Ask(good));
        Say($"set ssl ca-file {Dir}/ca.pem", other.CertificatePem);
        Assert.Equal(200, Ask(good));
        Assert.Equal($"Committing {Dir}/ca.pem.\nSuccess!\n\n", Say($"commit ssl ca-file {Dir}/ca.pem"));
        Assert.ThrowsAny<Exception>(() => Ask(good));
        Say($"add ssl ca-file {Dir}/ca.pem", authority.CertificatePem);
        Say($"commit ssl ca-file {Dir}/ca.pem");
        Assert.Equal(200, Ask(good));
        Assert.Contains($"\n{Dir}/ca.pem - 2 certificate(s)\n", Say("show ssl ca-file"));
        Assert.Equal("Invalid payload\nCan't update " + Dir + "/ca.pem!\n\n", Say($"set ssl ca-file {Dir}/ca.pem", "junk"));
    }

    /// <summary>A hundred authorities are about 600 KB in the library: left behind, they would be 100 MB here.</summary>
    [Fact]
    public void Authorities_that_were_exchanged_or_given_up_are_let_go()
    {
        string many = string.Concat(System.Linq.Enumerable.Repeat(A.CertificatePem, 100));
        Bench.WriteFile("ca.pem", A.CertificatePem);
        Proxy proxy = Start("ssl crt <dir>/a.pem verify optional ca-file <dir>/ca.pem");
        long before = 0;
        for (int i = 0; i < 220; i++)
        {
            if (i == 40) before = proxy.ResidentKb;
            Say($"set ssl ca-file {Dir}/ca.pem", many);
            if (i % 4 == 0) Assert.Contains("aborted", Say($"abort ssl ca-file {Dir}/ca.pem"));
            else Assert.Contains("Success!", Say($"commit ssl ca-file {Dir}/ca.pem"));
        }
        Assert.InRange(proxy.ResidentKb - before, long.MinValue, 60_000);
    }

    [Fact]
    public void A_session_goes_on_after_the_certificate_was_exchanged()
    {
        Start("ssl crt <dir>/a.pem");
        Say($"set ssl cert {Dir}/a.pem", NewA.Pem);
        Say($"commit ssl cert {Dir}/a.pem");
        using TlsWire client = Connect();
        Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
    }

    [Theory]
    [InlineData("new ssl cert", "'new ssl cert' expects a filename\n\n")]
    [InlineData("set ssl cert x", "'set ssl cert' expects a filename and a certificate as a payload\n\n")]
    [InlineData("commit ssl cert", "'commit ssl cert' expects a filename\n\n")]
    [InlineData("abort ssl cert", "'abort ssl cert' expects a filename\n\n")]
    [InlineData("del ssl cert", "'del ssl cert' expects a certificate name\n\n")]
    [InlineData("del ssl cert zz", "Can't remove the certificate: certificate 'zz' doesn't exist!\n\n")]
    [InlineData("show ssl cert zz", "Can't display the certificate: Not found or the certificate is a bundle!\n\n")]
    [InlineData("show ssl ca-file zz", "Can't display the CA file : Not found!\n\n")]
    [InlineData("show ssl crl-file zz", "Can't display the CRL file : Not found!\n\n")]
    [InlineData("show ssl ca-file zz:x", "wrong CA index after colons in 'zz:x'!\n\n")]
    [InlineData("set ssl ca-file", "'set ssl ca-file' expects a filename and CAs as a payload\n\n")]
    [InlineData("set ssl crl-file", "'set ssl crl-file' expects a filename and CRLs as a payload\n\n")]
    [InlineData("commit ssl crl-file", "'commit ssl ca-file' expects a filename\n\n")]
    [InlineData("del ssl crl-file zz", "Can't remove the CRL file: CRL file 'zz' doesn't exist!\n\n")]
    [InlineData("show ssl crt-list zz", "didn't find the specified filename\n\n")]
    [InlineData("add ssl crt-list zz", "'add ssl crtlist' expects a filename and a certificate name\n\n")]
    [InlineData("add ssl crt-list zz x", "Can't edit the crt-list: crt-list 'zz' does not exist!\n\n")]
    [InlineData("del ssl crt-list zz x", "Can't delete the entry: crt-list 'zz' does not exist!\n\n")]
    [InlineData("show tls-keys", "# id (file)\n\n")]
    [InlineData("show tls-keys zz", "'show tls-keys' unable to locate referenced filename\n\n")]
    [InlineData("set ssl tls-key zz", "'set ssl tls-key' expects a filename and the new TLS key in base64 encoding.\n\n")]
    [InlineData("set ssl tls-key zz aaaa", "'set ssl tls-key' unable to locate referenced filename\n\n")]
    [InlineData("show ssl ocsp-response", "\n")]
    [InlineData("show ssl ocsp-response zz", "'show ssl ocsp-response' expects a valid certid or certificate path.\n\n")]
    [InlineData("set ssl ocsp-response", "'set ssl ocsp-response' expects response in base64 encoding.\n\n")]
    [InlineData("set ssl ocsp-response zz", "'set ssl ocsp-response' received invalid base64 encoded response.\n\n")]
    [InlineData("show ssl providers", "Loaded providers : \n\t- default\n\n")]
    public void Answers(string command, string answer)
    {
        Start("ssl crt <dir>/a.pem");
        Assert.Equal(answer, Say(command));
    }

    [Fact]
    public void Ticket_keys_roll_on_and_tickets_of_a_known_key_resume()
    {
        Bench.WriteFile("keys", $"{Key(1)}\n{Key(2)}\n{Key(3)}\n");
        Start("ssl crt <dir>/a.pem tls-ticket-keys <dir>/keys");
        Assert.Equal($"# id (file)\n0 ({Dir}/keys)\n\n", Say("show tls-keys"));
        Assert.Equal("'set ssl tls-key' received a key of wrong size.\n\n", Say($"set ssl tls-key #0 {Key(4, 80)}"));
        Assert.Equal("TLS ticket key updated!\n\n", Say($"set ssl tls-key {Dir}/keys {Key(4)}"));
        Assert.Equal(
            $"# id secret\n# 0 ({Dir}/keys)\n0.0 {Key(2)}\n0.1 {Key(3)}\n0.2 {Key(4)}\n\n", Say("show tls-keys *"));
        using TlsWire client = Connect();
        Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
    }

    private static string Key(byte fill, int length = 48)
    {
        byte[] key = new byte[length];
        Array.Fill(key, fill);
        return Convert.ToBase64String(key);
    }

    private static string Thumbprint(TlsWire wire) => wire.Stream.RemoteCertificate!.GetCertHashString();

    private int Ask(TestCertificate own)
    {
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], own: own.WithKey, versions: SslProtocols.Tls12);
        return client.Send(Get()).ReadResponse().Status;
    }

    private TlsWire Connect(string name = "a.test", SslProtocols versions = SslProtocols.None) =>
        TlsWire.Connect(Bench.Ports["fe"], name, versions);

    private string Say(string command, string? payload = null)
    {
        string text = payload is null ? command + "\n" : $"{command} <<\n{payload.Trim()}\n\n";
        using Socket socket = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(Dir, "api")));
        socket.Send(Encoding.Latin1.GetBytes(text));
        using StreamReader reader = new(new NetworkStream(socket), Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private Proxy Start(string bind)
    {
        Bench.WriteFile("a.pem", A.Pem);
        Bench.WriteFile("b.pem", B.Pem);
        Proxy proxy = base.Start($"""
            global
                stats socket <dir>/api level admin
            {HttpDefaults}
            frontend fe
                bind <fe> {bind}
                http-request return status 200

            """);
        // Its own socket comes behind those of the frontends.
        proxy.WaitUntil(() => File.Exists(Path.Combine(Dir, "api")), "the statistics socket is there");
        return proxy;
    }
}
