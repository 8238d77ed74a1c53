using System;
using System.Collections.Generic;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What clients say in their ClientHello, byte for byte: captured where we open it, read where we do not.</summary>
public sealed class TlsHelloTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);

    private static readonly byte[] Suites = [0x13, 0x02, 0x13, 0x01, 0x0a, 0x0a, 0xc0, 0x2b, 0x12, 0x34];

    [Fact]
    public void A_client_that_says_no_hello_has_its_own_time()
    {
        Bench.WriteFile("a.pem", A.Pem);
        Proxy proxy = Start($"""
            {HttpDefaults}
                timeout client 1m
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
                timeout client-hs 200ms
                http-request return status 200
            """);
        proxy.Connect("fe").ExpectGone();
    }

    [Theory]
    [InlineData(200, "ssl_fc_protocol_hello_id", "771")]
    [InlineData(200, "ssl_fc_cipherlist_bin,hex", "130213010A0AC02B1234")]
    [InlineData(200, "ssl_fc_cipherlist_bin(1),be2dec(-,2)", "4866-4865-49195-4660")]
    [InlineData(200, "ssl_fc_cipherlist_hex", "130213010A0AC02B1234")]
    [InlineData(200, "ssl_fc_cipherlist_hex(1)", "13021301C02B1234")]
    [InlineData(200, "ssl_fc_cipherlist_str",
        "TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256,UNKNOWN(0a0a),ECDHE-ECDSA-AES128-GCM-SHA256,UNKNOWN(1234)")]
    [InlineData(200, "ssl_fc_cipherlist_xxh", "-6718289630324949629")]
    [InlineData(200, "ssl_fc_extlist_bin(1),be2dec(-,2)", "30583-10-11-13-43-51")]
    [InlineData(200, "ssl_fc_extlist_bin,be2dec(-,2)", "10794-30583-10-11-13-43-51")]
    [InlineData(200, "ssl_fc_eclist_bin,be2hex(-,2)", "1A1A-001D-0017")]
    [InlineData(200, "ssl_fc_eclist_bin(1),be2hex(-,2)", "001D-0017")]
    [InlineData(200, "ssl_fc_ecformats_bin,be2dec(-,1)", "0")]
    [InlineData(200, "ssl_fc_sigalgs_bin,hex", "040308042A2A")]
    [InlineData(200, "ssl_fc_sigalgs_bin(1),hex", "04030804")]
    [InlineData(200, "ssl_fc_supported_versions_bin,hex", "03040303")]
    [InlineData(12, "ssl_fc_cipherlist_hex", "130213010A0AC02B1234")]
    [InlineData(12, "ssl_fc_extlist_bin,be2dec(-,2)", "10794")]
    [InlineData(12, "ssl_fc_eclist_bin,length", "0")]
    [InlineData(3, "ssl_fc_cipherlist_hex", "130213")]
    [InlineData(3, "ssl_fc_cipherlist_hex(1)", "130213")]
    [InlineData(3, "ssl_fc_cipherlist_xxh", "-6718289630324949629")]
    [InlineData(0, "ssl_fc_cipherlist_hex", "-")]
    [InlineData(0, "ssl_fc_protocol_hello_id", "-")]
    public void Hellos_are_captured(int size, string sample, string value)
    {
        Bench.WriteFile("a.pem", A.Pem);
        Proxy proxy = Start($"""
            global
                tune.ssl.capture-buffer-size {size}
                log stdout format raw local0
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/a.pem
                log global
                error-log-format "hello [%[{sample}]]"
                http-request return status 200

            """);
        Wire client = proxy.Connect("fe").Send(Hello());
        client.Send([0x15, 3, 3, 0, 2, 2, 40]).HalfClose();
        Assert.EndsWith($"hello [{value}]", proxy.Output.WaitFor("hello"));
    }

    [Theory]
    [InlineData("req.ssl_cipherlist,be2hex(:,2),lower", "1302:1301:0a0a:c02b:1234")]
    [InlineData("req.ssl_keyshare_groups,be2hex(:,2)", "001D:1A1A")]
    [InlineData("req.ssl_sigalgs,hex", "040308042A2A")]
    [InlineData("req.ssl_supported_groups,hex", "1A1A001D0017")]
    public void Hellos_that_are_passed_on_are_read(string sample, string value)
    {
        Proxy proxy = Start($$"""
            global
                log stdout format raw local0
            {{TcpDefaults}}
            frontend fe
                bind <fe>
                log global
                tcp-request inspect-delay 3s
                tcp-request content set-var(sess.x) {{sample}} if { req.ssl_hello_type 1 } { req.ssl_ver 3.1:3.3 }
                tcp-request content reject if { req.ssl_hello_type 1 }
                log-format "hello [%[var(sess.x)]]"

            """);
        byte[] hello = Hello();
        Wire client = proxy.Connect("fe").Send(hello.AsSpan(0, 50)).Send(hello.AsSpan(50));
        client.ReadToEnd();
        Assert.EndsWith($"hello [{value}]", proxy.Output.WaitFor("hello"));
    }

    [Theory]
    [InlineData("tune.ssl.capture-buffer-size", "'tune.ssl.capture-buffer-size' expects an integer argument.")]
    [InlineData("tune.ssl.capture-buffer-size -1", "'tune.ssl.capture-buffer-size' expects a positive numeric value.")]
    [InlineData("tune.ssl.capture-buffer-size 1\n    tune.ssl.capture-cipherlist-size 2",
        "'tune.ssl.capture-cipherlist-size' is already configured.")]
    public void What_is_wrong_is_told(string line, string message)
    {
        ProgramResult result = Bench.Run("-c", "-f", Bench.WriteFile("bad.cfg", $"global\n    {line}\n"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }

    [Theory]
    [InlineData("3.x", "'3.x' is not a dotted number")]
    [InlineData("3.3:3.1", "'3.3:3.1' is not a valid dotted number range")]
    [InlineData("-m int 3.1", "'3.1' is not a number")]
    public void Wrong_versions_are_told(string patterns, string message)
    {
        string path = Bench.WriteFile("bad.cfg", $$"""
            {{TcpDefaults}}
            frontend fe
                bind :1
                tcp-request inspect-delay 1s
                tcp-request content reject if { req.ssl_ver {{patterns}} }

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }

    /// <summary>A ClientHello in its record (RFC 8446 section 4.1.2), with numbers of RFC 8701 and one nobody knows.</summary>
    private static byte[] Hello()
    {
        byte[] share = [0, 0x1d, 0, 32, .. Enumerable.Repeat((byte)7, 32)];
        byte[] extensions =
        [
            .. Extension(0x2a2a, [0]),
            .. Extension(0x7777, [1, 2, 3]),
            .. Extension(10, [0, 6, 0x1a, 0x1a, 0, 0x1d, 0, 0x17]),
            .. Extension(11, [1, 0]),
            .. Extension(13, [0, 6, 4, 3, 8, 4, 0x2a, 0x2a]),
            .. Extension(43, [4, 3, 4, 3, 3]),
            .. Extension(51, Prefixed([.. share, 0x1a, 0x1a, 0, 1, 0])),
            .. Extension(23, []),
        ];
        byte[] body =
        [
            3, 3, .. Enumerable.Range(0, 32).Select(i => (byte)i), 0, .. Prefixed(Suites), 1, 0, .. Prefixed(extensions),
        ];
        return [22, 3, 1, .. Prefixed([1, 0, .. Prefixed(body)])];
    }

    private static byte[] Extension(int number, byte[] content) =>
        [(byte)(number >> 8), (byte)number, .. Prefixed(content)];

    private static byte[] Prefixed(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
