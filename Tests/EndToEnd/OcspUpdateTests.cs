using System;
using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>OCSP responses that are fetched from responders: <c>ocsp-update</c>.</summary>
public sealed class OcspUpdateTests : AdminSocketTest
{
    private const string Stranger = "OCSP response check failure (OCSP_basic_verify() failed)";
    private const string Junk = "OCSP response check failure (d2i_OCSP_RESPONSE() failed)";
    private const string Elsewhere =
        "Error during insertion (OCSP single response: Certificate ID does not match any certificate or issuer)";

    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate OtherAuthority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate Other = TestCertificate.Make(["b.test"], Authority);

    private readonly Origin responder;
    private readonly TestCertificate certificate;

    public OcspUpdateTests(ITestOutputHelper output) : base(output)
    {
        responder = NewOrigin("responder");
        certificate = TestCertificate.Make(["a.test"], Authority, responder: $"http://127.0.0.1:{responder.Port}/ask");
        Bench.WriteFile("a.pem", certificate.Pem + Authority.CertificatePem);
        Bench.WriteFile("plain.pem", Other.Pem + Authority.CertificatePem);
    }

    private string File => Path.Combine(Bench.Directory, "a.pem");

    private string Identifier => OcspAnswer.Identifier(certificate, Authority);

    [Theory]
    [InlineData("crt <dir>/a.pem", "crt-store\n    load crt <dir>/a.pem ocsp-update on\n", "")]
    [InlineData("crt <dir>/a.pem", "", "ocsp-update.mode on")]
    [InlineData("crt-list <dir>/list", "", "")]
    public void A_response_is_fetched_at_the_start(string words, string store, string global)
    {
        Bench.WriteFile("list", $"{File} [ocsp-update on] a.test\n");
        Proxy proxy = Serve(words, store, global);
        byte[] der = OcspAnswer.Make(certificate, Authority);
        string head = Answer(der).Head;
        Assert.StartsWith("GET /ask/ME", head);
        Assert.Contains($"\nHost: 127.0.0.1:{responder.Port}\r\n", head);
        Assert.EndsWith($"<OCSP-UPDATE> {File} 1 \"Update successful\" 0 1", proxy.Output.WaitFor("OCSP-UPDATE"));
        Assert.Equal(Convert.ToBase64String(der), Say($"show ssl ocsp-response base64 {File}").Trim());
        string[] row = Rows()[0].Split(" | ");
        Assert.Equal([Identifier, File], row[..2]);
        Assert.Equal(["1", "0", "1", "Update successful"], row[4..]);
        Assert.Contains("Option: ocsp-update on\n", Say($"show ssl cert {File}"));
        Assert.Equal(200, Get200());
    }

    [Theory]
    [InlineData("404 Not Found", "application/ocsp-response", "good", 2, "HTTP error")]
    [InlineData("302 Found", "application/ocsp-response", "good", 2, "HTTP error")]
    [InlineData("200 OK", "text/plain", "good", 3, "Missing \"ocsp-response\" header")]
    [InlineData("200 OK", "application/ocsp-response", "junk", 4, Junk)]
    [InlineData("200 OK", "application/ocsp-response", "stranger", 4, Stranger)]
    [InlineData("200 OK", "application/ocsp-response", "other", 5, Elsewhere)]
    [InlineData("200 OK", "application/ocsp-response", "unknown", 5, "Error during insertion (OCSP single response: certificate status is unknown)")]
    [InlineData("200 OK", "application/ocsp-response", "old", 5, "Error during insertion (OCSP single response: no longer valid.)")]
    [InlineData("200 OK", "application/ocsp-response", "long", 2, "HTTP error")]
    public void What_cannot_be_used_is_told_and_tried_again_later(string status, string type, string kind, int number, string text)
    {
        Proxy proxy = Serve("crt <dir>/a.pem", "", "ocsp-update.mode on");
        Answer(Body(kind), status, type);
        Assert.EndsWith($"<OCSP-UPDATE> {File} {number} \"{text}\" 1 0", proxy.Output.WaitFor("OCSP-UPDATE"));
        string[] row = Rows()[0].Split(" | ");
        Assert.Equal(["-", "0", "1", $"{number}", text], row[3..]);
        Assert.StartsWith("'show ssl ocsp-response' expects a valid", Say($"show ssl ocsp-response {File}"));
        Assert.Equal(200, Get200());
    }

    /// <summary>The line of HTTP comes with that of the update, and the connection is made once.</summary>
    [Fact]
    public void A_responder_that_is_ill_is_logged_as_an_exchange_too()
    {
        Proxy proxy = Serve("crt <dir>/a.pem", "", "ocsp-update.mode on");
        Answer([], "500 Ill", "text/plain");
        Assert.Contains("2 \"HTTP error\" 1 0", proxy.Output.WaitFor("OCSP-UPDATE"));
        string line = proxy.Output.WaitFor("^-:- ");
        Assert.Matches(@"^-:- \[[^]]+\] <OCSP-UPDATE> -/- \d+/0/\d+/\d+/\d+ 500 0 - - ---- 0/0/0/0/0 0/0 \{\} ""GET http://127", line);
    }

    /// <summary>Somebody asks for it to be fetched: with the next turn of those that have one, once for others.</summary>
    [Fact]
    public void A_response_is_fetched_when_somebody_asks()
    {
        Bench.WriteFile("a.pem.ocsp", "");
        System.IO.File.WriteAllBytes(File + ".ocsp", OcspAnswer.Make(certificate, Authority));
        Proxy proxy = Serve("crt <dir>/a.pem crt <dir>/plain.pem", "", "");
        Assert.Empty(Rows());
        Assert.Equal("\n", Say($"update ssl ocsp-response {File}"));
        byte[] fresh = OcspAnswer.Make(certificate, Authority, hours: 20);
        Answer(fresh);
        Assert.Contains($"{File} 1 \"Update successful\" 0 1", proxy.Output.WaitFor("OCSP-UPDATE"));
        Assert.Equal(Convert.ToBase64String(fresh), Say($"show ssl ocsp-response base64 {File}").Trim());
        Assert.Empty(Rows());
        Assert.Equal("'update ssl ocsp-response' expects a filename\n\n", Say("update ssl ocsp-response"));
        Assert.Equal(
            "Unknown certificate! 'update ssl ocsp-response' expects an already known certificate file name.\n"
            + "Can't send ocsp request for x!\n\n", Say("update ssl ocsp-response x"));
        string plain = Path.Combine(Bench.Directory, "plain.pem");
        Assert.Equal(
            "'update ssl ocsp-response' only works on certificates that already have a known OCSP response.\n"
            + $"Can't send ocsp request for {plain}!\n\n", Say($"update ssl ocsp-response {plain}"));
    }

    /// <summary>A responder that says nothing is waited for by nobody else.</summary>
    [Fact]
    public void Clients_do_not_wait_for_a_silent_responder()
    {
        Serve("crt <dir>/a.pem", "", "ocsp-update.mode on");
        using Wire silent = responder.Accept();
        silent.ReadRequest();
        for (int i = 0; i < 5; i++) Assert.Equal(200, Get200());
        Assert.Empty(Rows()); // it is under way
    }

    [Fact]
    public void A_proxy_is_told_the_whole_address()
    {
        Origin between = NewOrigin("proxy");
        Serve("crt <dir>/a.pem", "", $"ocsp-update.mode on\nocsp-update.httpproxy 127.0.0.1:{between.Port}");
        using Wire wire = between.Accept();
        Assert.StartsWith($"GET http://127.0.0.1:{responder.Port}/ask/ME", wire.ReadRequest().StartLine);
    }

    [Fact]
    public void Nothing_is_fetched_where_that_is_disabled()
    {
        Serve("crt <dir>/a.pem", "", "ocsp-update.mode on\nocsp-update.disable on");
        Assert.Empty(Rows());
        responder.ExpectNoConnection();
    }

    /// <summary>Another certificate comes: its response is fetched, and nobody asks about the old one any more.</summary>
    [Fact]
    public void An_exchanged_certificate_gets_its_own_response()
    {
        Proxy proxy = Serve("crt <dir>/a.pem", "", "ocsp-update.mode on");
        Answer(OcspAnswer.Make(certificate, Authority));
        proxy.Output.WaitFor("OCSP-UPDATE");
        TestCertificate next = TestCertificate.Make(["a.test"], Authority, responder: $"http://127.0.0.1:{responder.Port}/");
        Say($"set ssl cert {File} <<\n{next.Pem + Authority.CertificatePem}");
        Assert.Contains("Success!", Say($"commit ssl cert {File}"));
        Assert.StartsWith("GET /ME", Answer(OcspAnswer.Make(next, Authority)).Head);
        proxy.Output.WaitForCount(2);
        proxy.WaitUntil(() => Rows().Length == 1, "the new response waits for its turn");
        Assert.StartsWith(OcspAnswer.Identifier(next, Authority), Rows()[0]);
    }

    [Theory]
    [InlineData("[ocsp-update on]", "[ocsp-update off]", " - different parameter 'ocsp-update' : previously 'on' vs 'off'")]
    [InlineData("[ocsp-update on]", "", "keywords without these keywords:\n- different parameter 'ocsp-update' : previously 'on' vs 'default' (ocsp-update.mode off)")]
    [InlineData("", "[ocsp-update on]", "any keyword with these keywords:\n- different parameter 'ocsp-update' : previously 'default' (ocsp-update.mode off) vs 'on'")]
    public void A_certificate_is_kept_up_to_date_or_not(string first, string second, string message)
    {
        Bench.WriteFile("one", $"{File} {first} a.test\n");
        Bench.WriteFile("two", $"{File} {second} b.test\n");
        string path = Bench.WriteFile("bad.cfg", $"""
            frontend fe
                bind :1 ssl crt-list {Bench.Directory}/one
                bind :2 ssl crt-list {Bench.Directory}/two

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors.Replace("\n  ", "\n"));
    }

    [Fact]
    public void A_certificate_without_its_issuer_cannot_be_kept_up_to_date()
    {
        Bench.WriteFile("a.pem", certificate.Pem);
        string path = Bench.WriteFile("warn.cfg", $"""
            global
                ocsp-update.mode on
            {HttpDefaults}
            frontend fe
                bind :1 ssl crt {File}

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(
            $" : 'bind :1' in section 'frontend' :  '{File}' has an OCSP auto-update set to 'on' but an error occurred "
            + "(maybe the OCSP URI or the issuer could not be found)'.", result.Errors);
    }

    private byte[] Body(string kind) => kind switch
    {
        "junk" => [1, 2, 3],
        "stranger" => OcspAnswer.Make(certificate, Authority, OtherAuthority),
        "other" => OcspAnswer.Make(Other, Authority),
        "unknown" => OcspAnswer.Make(certificate, Authority, status: OcspAnswer.Unknown),
        "old" => OcspAnswer.Make(certificate, Authority, hours: -1),
        "long" => new byte[20_000], // more than tune.bufsize
        _ => OcspAnswer.Make(certificate, Authority),
    };

    private Proxy Serve(string words, string store, string global) => StartApi($"""
        {HttpDefaults}
        {store}
        frontend fe
            bind <fe> ssl {words}
            http-request return status 200

        """, global);

    private HttpMessage Answer(byte[] body, string status = "200 OK", string type = "application/ocsp-response")
    {
        Wire wire = responder.Accept();
        HttpMessage request = wire.ReadRequest();
        // In one piece: who is told of too much may be gone before a second.
        string head = $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nLocation: /x\r\n\r\n";
        wire.Send([.. Wire.Encoding.GetBytes(head), .. body]);
        return request;
    }

    private string[] Rows()
    {
        string[] lines = Say("show ssl ocsp-updates").TrimEnd('\n').Split('\n');
        Assert.Equal(
            "OCSP Certid | Path | Next Update | Last Update | Successes | Failures | Last Update Status | "
            + "Last Update Status (str)", lines[0]);
        return lines[1..];
    }

    private int Get200()
    {
        using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], "a.test");
        return client.Send(Get()).ReadResponse().Status;
    }
}
