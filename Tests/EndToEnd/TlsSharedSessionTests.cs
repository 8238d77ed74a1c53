using System;
using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Sessions are every thread's, and good only under the policy that they were made under (THREATS.md D1).</summary>
public sealed class TlsSharedSessionTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const int Tls12 = 0x0303;
    private const int Tls13 = 0x0304;

    private static readonly TestCertificate Own = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate Other = TestCertificate.Make(["b.test"]);
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);

    /// <summary>Two threads take turns by chance: none of many connections may miss.</summary>
    [SkippableTheory]
    [InlineData(Tls12, "")]
    [InlineData(Tls12, "no-tls-tickets")]
    [InlineData(Tls13, "")]
    [InlineData(Tls13, "no-tls-tickets")]
    public void A_session_made_on_one_thread_is_good_on_the_other(int version, string words)
    {
        Start($"crt <dir>/a.pem {words}");
        nint session = Session("fe", version, "a.test");
        for (int i = 0; i < 12; i++)
        {
            (bool isResumed, string answer) = Offer("fe", version, "a.test", session);
            Assert.StartsWith("HTTP/1.1 200", answer);
            // A ticket of TLS 1.3 that stands for a session kept here is good once (RFC 8446 section 8.1).
            Assert.True(isResumed || (version == Tls13 && words.Length > 0), $"connection {i}");
        }
    }

    /// <summary>The same keys and the same certificate: a client's certificate was never shown.</summary>
    [SkippableTheory]
    [InlineData(Tls12)]
    [InlineData(Tls13)]
    public void A_ticket_of_an_open_bind_opens_no_strict_one(int version)
    {
        Start("crt <dir>/a.pem tls-ticket-keys <dir>/keys");
        nint session = Session("fe", version, "a.test");
        Assert.True(Offer("fe", version, "a.test", session).IsResumed);
        (bool isResumed, string answer) = Offer("strict", version, "a.test", session);
        Assert.False(isResumed);
        Assert.Equal("", answer);
        Assert.StartsWith("HTTP/1.1 200", Offer("fe", version, "a.test", session).Answer);
    }

    /// <summary>RFC 6066 section 3: a session is of the name it was made for.</summary>
    [SkippableTheory]
    [InlineData(Tls12, "")]
    [InlineData(Tls12, "no-tls-tickets")]
    [InlineData(Tls13, "")]
    public void A_session_of_one_certificate_is_none_of_another(int version, string words)
    {
        Start($"crt <dir>/a.pem crt <dir>/b.pem {words}");
        nint session = Session("fe", version, "a.test");
        (bool isResumed, string answer) = Offer("fe", version, "b.test", session);
        Assert.False(isResumed);
        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.True(Offer("fe", version, "a.test", session).IsResumed);
    }

    /// <summary>Who was let in by authorities that are trusted no more is asked again.</summary>
    [SkippableTheory]
    [InlineData(Tls12)]
    [InlineData(Tls13)]
    public void Other_authorities_end_the_sessions_made_before(int version)
    {
        Start("crt <dir>/a.pem ca-file <dir>/ca.pem verify optional");
        nint session = Session("fe", version, "a.test");
        Assert.True(Offer("fe", version, "a.test", session).IsResumed);
        string directory = Bench.Directory;
        Say($"set ssl ca-file {directory}/ca.pem <<\n{Other.CertificatePem.Trim()}\n");
        Assert.Contains("Success!", Say($"commit ssl ca-file {directory}/ca.pem"));
        (bool isResumed, string answer) = Offer("fe", version, "a.test", session);
        Assert.False(isResumed);
        Assert.StartsWith("HTTP/1.1 200", answer);
    }

    private static string Close => Get("/", "Connection: close");

    private nint Session(string bind, int version, string name)
    {
        LibraryClient client = Keep(bind, version, name);
        Assert.StartsWith("HTTP/1.1 200", client.Ask(Close));
        return client.TakeSession();
    }

    private (bool IsResumed, string Answer) Offer(string bind, int version, string name, nint session)
    {
        LibraryClient client = Keep(bind, version, name, session);
        string answer = client.IsConnected ? client.Ask(Close) : "";
        return (client.IsConnected && client.IsResumed, answer);
    }

    /// <summary>The library forgets a session when a client that has it ends: they live as long as the test.</summary>
    private LibraryClient Keep(string bind, int version, string name, nint session = 0) =>
        Bench.Own(new LibraryClient(Bench.Ports[bind], version, name, session));

    private void Start(string words)
    {
        Bench.WriteFile("a.pem", Own.Pem);
        Bench.WriteFile("b.pem", Other.Pem);
        Bench.WriteFile("ca.pem", Authority.CertificatePem);
        string key = Convert.ToBase64String(new byte[48]);
        Bench.WriteFile("keys", $"{key}\n{key}\n{key}\n");
        Proxy proxy = base.Start($"""
            global
                nbthread 2
                stats socket <dir>/api level admin
            {HttpDefaults}
            frontend fe
                bind <fe> ssl {words}
                bind <strict> ssl crt <dir>/a.pem tls-ticket-keys <dir>/keys verify required ca-file <dir>/ca.pem
                http-request return status 200

            """);
        proxy.WaitUntil(() => File.Exists(Path.Combine(Bench.Directory, "api")), "the statistics socket is there");
    }
}
