using System.Net;
using System.Net.Sockets;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Formats and variables in the scripts of checks, and what the connections of checks are made of.</summary>
public sealed class CheckScriptTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Logged = "global\nlog stdout format raw local0\n";

    [Theory]
    [InlineData("http-check send uri-lf \"/%[srv_name]?%[be_name]\" hdr x %[str(a%),lower] body-lf %[str(B),lower]",
        "OPTIONS /s1?be HTTP/1.0\r\nx: a%\r\ncontent-length: 1\r\n\r\nb")]
    [InlineData("http-check set-var(check.a) str(/a)\nhttp-check set-var-fmt(check.b) %[var(check.a)]b\n"
        + "http-check send uri-lf %[var(check.b)]", "OPTIONS /ab HTTP/1.0\r\n\r\n")]
    [InlineData("http-check set-var(check.a) str(/a)\nhttp-check unset-var(check.a)\n"
        + "http-check send uri-lf /%[var(check.a)]", "OPTIONS / HTTP/1.0\r\n\r\n")]
    public void Requests_of_http_checks_made_of_formats(string check, string request)
    {
        Origin origin = NewOrigin();
        StartChecked("option httpchk\n" + check, origin.Address, "");
        Assert.Equal(request, origin.Accept().ReadText(request.Length));
    }

    /// <summary>One id for a run of a check, by the format of the backend; what asks for a stream finds an idle one.</summary>
    [Theory]
    [InlineData("id-%[be_name]=%[srv_is_up(s1),iif(up,down)]", "id-be=up")]
    [InlineData("%ci:%cp/%b/%B/%ST/%U/%rc/%tsc/%hr/%HM/%ID", "-:-/be/0/-1/0/0/----//<BADREQ>/-")]
    public void Checks_have_unique_ids(string format, string id)
    {
        Origin origin = NewOrigin();
        StartChecked(
            $"unique-id-format \"{format}\"\noption httpchk\nhttp-check send hdr a %[unique-id] hdr b %[unique-id]",
            origin.Address, "");
        string request = $"OPTIONS / HTTP/1.0\r\na: {id}\r\nb: {id}\r\n\r\n";
        Assert.Equal(request, origin.Accept().ReadText(request.Length));
    }

    [Fact]
    public void Ids_of_checks_differ()
    {
        Origin origin = NewOrigin();
        StartChecked("unique-id-format %[uuid]\ntcp-check send-lf \"%[unique-id] %[unique-id] \"\noption tcp-check",
            origin.Address, "inter 50ms");
        string first = origin.Accept().ReadText(74);
        Assert.Equal(first[..37], first[37..]);
        Assert.NotEqual(first, origin.Accept().ReadText(74));
    }

    [Theory]
    [InlineData("send-proxy", "", "PROXY TCP4 127.0.0.1 127.0.0.1 {client} {server}\r\nA")]
    [InlineData("check-send-proxy", "", "PROXY TCP4 127.0.0.1 127.0.0.1 {client} {server}\r\nA")]
    [InlineData("check-send-proxy no-check-send-proxy", "", "A")]
    [InlineData("send-proxy-v2", "", "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0A")]
    [InlineData("send-proxy", "tcp-check connect\n", "A")]
    [InlineData("send-proxy", "tcp-check connect default\n", "PROXY TCP4 127.0.0.1 127.0.0.1 {client} {server}\r\nA")]
    [InlineData("", "tcp-check connect send-proxy\n", "PROXY TCP4 127.0.0.1 127.0.0.1 {client} {server}\r\nA")]
    [InlineData("", "tcp-check set-var(check.a) str(A)\ntcp-check send-lf %[var(check.a)]\n", "AA")]
    public void What_checks_begin_with(string server, string rules, string said)
    {
        Origin origin = NewOrigin();
        StartChecked($"option tcp-check\n{rules}tcp-check send A", origin.Address, server);
        Wire wire = origin.Accept();
        string expected = said.Replace("{client}", $"{wire.RemotePort}").Replace("{server}", $"{wire.LocalPort}");
        Assert.Equal(expected, wire.ReadText(expected.Length));
    }

    [Fact]
    public void A_script_may_ask_for_its_port()
    {
        Origin origin = NewOrigin();
        StartChecked("option tcp-check\ntcp-check set-var(check.port) int(<port:other>)\n"
            + "tcp-check connect port var(check.port)\ntcp-check send A", origin.Address, "");
        using TcpListener other = new(IPAddress.Loopback, Bench.Ports["other"]);
        other.Start();
        using Socket peer = other.AcceptSocket();
        byte[] heard = new byte[1];
        Assert.Equal(1, peer.Receive(heard));
        Assert.Equal((byte)'A', heard[0]);
    }

    [Theory]
    [InlineData("check-proto h2", "")]
    [InlineData("proto h2", "")]
    [InlineData("", "http-check connect proto h2\nhttp-check send uri /there\n")]
    public void Checks_over_http2(string server, string rules)
    {
        Proxy proxy = Start(Logged + HttpDefaults + $"""
            log global
            frontend fe
                bind <fe>
                log-format "asked %HM %[capture.req.uri] %HV"
                http-request return status 200 content-type text/plain string hello
            backend be
                timeout check 5s
                option httpchk GET /there
            {rules}
                http-check expect string hello
                server s1 <fe> check inter 1s rise 1 init-state fully-down {server}
            """);
        proxy.AlertsAllowed = true;
        Assert.Equal("asked GET /there HTTP/2.0", proxy.Output.WaitFor("asked"));
        Assert.Contains("UP, reason: Layer7 check passed, code: 200,", proxy.Output.WaitFor("Server be/s1 is UP"));
    }

    private void StartChecked(string check, string address, string server)
    {
        Proxy proxy = Start(Logged + HttpDefaults + $"""
            log global
            frontend fe
                bind <fe>
                default_backend be
            backend be
                timeout check 5s
            {check}
                server s1 {address} check inter 1s fall 1 rise 1 {server}
            """);
        proxy.AlertsAllowed = true;
    }
}
