using System;
using System.IO;
using System.Security.Authentication;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Revocation lists exchanged while clients with certificates come, on two threads.</summary>
public sealed class TlsRevocationTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private static readonly TestCertificate Server = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate Good = TestCertificate.Make(["good"], Authority);
    private static readonly TestCertificate Bad = TestCertificate.Make(["bad"], Authority);
    private static readonly TestCertificate Third = TestCertificate.Make(["third"], Authority);

    /// <summary>Who is on the list is refused from the commit on, and let in by the next; others never notice.</summary>
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void A_list_counts_from_its_commit_on(SslProtocols version)
    {
        Proxy proxy = Start();
        bool isOver = false;
        SideThread<int> others = Aside(() =>
        {
            int served = 0;
            for (; !Volatile.Read(ref isOver); served++) Assert.True(IsServed(Good, version));
            return served;
        });
        long before = 0;
        for (int i = 0; i < 24; i++)
        {
            if (i == 10) before = proxy.ResidentKb;
            Exchange(Authority.Revoking(Bad));
            Assert.False(IsServed(Bad, version));
            Assert.True(IsServed(Third, version));
            Exchange(Authority.Revoking(Third));
            Assert.True(IsServed(Bad, version));
            Assert.False(IsServed(Third, version));
        }
        Volatile.Write(ref isOver, true);
        Assert.NotEqual(0, others.Join());
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 20_000);
    }

    /// <summary>What was set counts for nothing before its commit, nor what was given up.</summary>
    [Fact]
    public void A_list_that_is_only_set_changes_nothing()
    {
        Start();
        Pay($"set ssl crl-file {Dir}/list.crl", Authority.Revoking(Bad));
        Assert.True(IsServed(Bad, SslProtocols.Tls12));
        Assert.Contains("aborted", Say($"abort ssl crl-file {Dir}/list.crl"));
        Assert.True(IsServed(Bad, SslProtocols.Tls12));
        Assert.False(IsServed(Third, SslProtocols.Tls12));
    }

    private string Dir => Bench.Directory;

    private void Exchange(string list)
    {
        Pay($"set ssl crl-file {Dir}/list.crl", list);
        Assert.Contains("Success!", Say($"commit ssl crl-file {Dir}/list.crl"));
    }

    private void Pay(string command, string payload) =>
        Assert.Contains("transaction ", Say($"{command} <<\n{payload.Trim()}\n"));

    private bool IsServed(TestCertificate own, SslProtocols version)
    {
        try
        {
            using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], versions: version, own: own.WithKey);
            return client.Send(Get()).ReadResponse().Status == 200;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException or WireException)
        {
            return false;
        }
    }

    private Proxy Start()
    {
        Bench.WriteFile("a.pem", Server.Pem);
        Bench.WriteFile("ca.pem", Authority.CertificatePem);
        Bench.WriteFile("list.crl", Authority.Revoking(Third));
        Proxy proxy = base.Start($"""
            global
                nbthread 2
                stats socket <dir>/api level admin
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem verify required ca-file <dir>/ca.pem crl-file <dir>/list.crl
                http-request return status 200

            """);
        proxy.WaitUntil(() => File.Exists(Path.Combine(Dir, "api")), "the statistics socket is there");
        return proxy;
    }
}
