using System.Collections.Generic;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Lines at the steps of a stream, by rules, and dressed by the target they go to.</summary>
public sealed class LogProfileTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("all", "txn_accept 0,txn_request -1,txn_connect -1,txn_response 200,txn_close 200")]
    [InlineData("accept,close", "txn_accept 0,txn_close 200")]
    [InlineData("request,response", "txn_request -1,txn_response 200")]
    [InlineData("all\noption logasap", "txn_response 200")]
    [InlineData("close", "txn_close 200")]
    public void Lines_are_written_at_the_steps_that_are_asked_for(string steps, string expected)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"""
            log stdout format raw local0
            log-format "%OG %ST"
            log-steps {steps}
            """));
        Wire client = proxy.Connect("fe");
        Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
        Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
        string[] lines = expected.Split(',');
        Assert.Equal([.. lines, .. lines], proxy.Output.WaitForCount(2 * lines.Length));
    }

    [Fact]
    public void A_session_tells_of_its_accept_its_server_and_its_end()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            {TcpDefaults}
            frontend fe
                bind <fe>
                log stdout format raw local0
                log-format "%OG %s %fc/%bc/%sc"
                log-steps all
                default_backend be
            backend be
                server s1 {origin.Address}

            """);
        Wire client = proxy.Connect("fe").Send("x").HalfClose();
        Wire server = origin.Accept();
        Assert.Equal("x", server.ReadText(1));
        server.Close();
        client.ExpectGone();
        Assert.Equal(
            ["txn_accept <NOSRV> 1/0/0", "txn_connect s1 1/1/1", "txn_close s1 1/0/0"], proxy.Output.WaitForCount(3));
    }

    [Fact]
    public void Each_target_has_its_own_dress()
    {
        DatagramSink plain = NewSink();
        DatagramSink dressed = NewSink();
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            log-profile p
                log-tag other
                on close format "CLOSE %ST" sd "[x a=\"%HM\"]"
                on error format "ERROR %OG %ST"
                on any drop

            """ + Simple(origin, $"""
            log {plain.Address} format rfc5424 local0
            log {dressed.Address} format rfc5424 profile p local0
            log-format "LINE %OG"
            log-format-sd "[own]"
            log-steps request,close
            """));
        Assert.Equal(200, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
        Assert.EndsWith(" [x a=\"GET\"] CLOSE 200", dressed.Datagrams.WaitForCount(1)[0].TrimEnd());
        Assert.Contains(" other ", dressed.Datagrams.Lines[0]);
        Assert.Equal(400, proxy.Connect("fe").Send("BAD\r\n\r\n").ReadResponse().Status);
        Assert.EndsWith(" [own] ERROR sess_error 400", dressed.Datagrams.WaitForCount(2)[1].TrimEnd());
        IReadOnlyList<string> lines = plain.Datagrams.WaitForCount(3);
        Assert.EndsWith(" [own] LINE txn_request", lines[0].TrimEnd());
        Assert.EndsWith(" [own] LINE txn_close", lines[1].TrimEnd());
        Assert.EndsWith(" [own] LINE sess_error", lines[2].TrimEnd());
    }

    [Fact]
    public void Rules_write_lines_of_their_own()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("""
            log-profile p
                on tcp-req-conn format "C %OG"
                on http-res drop
            log-profile q
                on http-req format "Q %OG %HU"

            """ + Simple(origin, """
            log stdout format raw profile p local0
            log-format "LINE %OG %ST"
            option dontlog-normal
            tcp-request connection do-log
            tcp-request session do-log
            tcp-request content do-log
            http-request set-header x-a %[path,upper]
            http-request do-log
            http-request do-log profile q
            http-request do-log if { path /no }
            http-request set-log-level silent if { path /quiet }
            http-request set-header x-b %[path,lower]
            http-response do-log
            http-response do-log profile q
            http-after-response do-log
            """, "http-request do-log if { path /quiet }"));
        Wire client = proxy.Connect("fe");
        Assert.Equal(200, client.Send(Get("/Foo")).ReadResponse().Status);
        string[] expected =
        [
            "C tcp-req-conn", "LINE tcp-req-sess 0", "LINE tcp-req-cont -1", "LINE http-req -1", "Q http-req /Foo",
            "LINE http-res 200", "LINE http-after-res 200",
        ];
        Assert.Equal(expected, proxy.Output.WaitForCount(expected.Length));
        Assert.Equal("/FOO", origin.Requests[0].Request["x-a"]);
        Assert.Equal("/foo", origin.Requests[0].Request["x-b"]);
    }

    [Fact]
    public void A_profile_that_is_not_there_is_told_at_the_start()
    {
        string file = Bench.WriteFile("haproxy.cfg", """
            defaults
                mode http
                timeout client 1s
            frontend fe
                bind <fe>
                log stdout format raw profile nosuch local0

            """);
        Assert.Equal(0, Bench.Run("-c", "-f", file).ExitCode);
        ProgramResult result = Bench.Run("-f", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("unknown log-profile 'nosuch'.", result.Errors);
    }
}
