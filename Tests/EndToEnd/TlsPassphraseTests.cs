using System;
using System.IO;
using System.Runtime.Versioning;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Keys that a passphrase opens (<c>ssl-passphrase-cmd</c>).</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TlsPassphraseTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);
    private static readonly TestCertificate B = TestCertificate.Make(["b.test"], isRsa: true);

    [Fact]
    public void A_key_is_opened_with_what_the_program_prints_and_so_is_the_next()
    {
        Script("echo \"$@\" >> <dir>/asked; printf secret");
        Bench.WriteFile("a.pem", A.CertificatePem + A.EncryptedKey("secret"));
        Bench.WriteFile("b.pem", B.CertificatePem);
        Bench.WriteFile("b.pem.key", B.EncryptedKey("secret"));
        Start(Configuration("ssl-passphrase-cmd <dir>/ask.sh one two"));
        foreach (string name in (string[])["a.test", "b.test"])
        {
            using TlsWire client = TlsWire.Connect(Bench.Ports["fe"], name);
            Assert.Equal($"CN={name}", client.SubjectOfPeer);
        }
        Assert.Equal($"{Bench.Directory}/a.pem one two\n", File.ReadAllText($"{Bench.Directory}/asked"));
    }

    [Theory]
    [InlineData("", "config : Trying to load a passphrase-protected private key without an 'ssl-passphrase-cmd' defined.")]
    [InlineData("exit 3", "config : ssl_sock_passwd_cb: external tool error (3)")]
    [InlineData("printf wrong", "No Private Key found in '<dir>/a.pem.key'.")]
    public void A_key_that_stays_shut_is_told(string script, string message)
    {
        Script(script);
        Bench.WriteFile("a.pem", A.CertificatePem + A.EncryptedKey("secret"));
        Bench.WriteFile("b.pem", B.Pem);
        string global = script.Length == 0 ? "" : "ssl-passphrase-cmd <dir>/ask.sh";
        string path = Bench.WriteFile("bad.cfg", Configuration(global));
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message.Replace("<dir>", Bench.Directory), result.Errors);
    }

    private void Script(string text)
    {
        string path = Bench.WriteFile("ask.sh", $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Configuration(string global) => $"""
        global
            {global}
        {HttpDefaults}
        frontend fe
            bind <fe> ssl crt <dir>/a.pem crt <dir>/b.pem
            http-request return status 200

        """;
}
