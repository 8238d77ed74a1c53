using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Log lines byte by byte, in every format and to every kind of target.</summary>
public sealed class LogTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Date = @"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{3}";

    [SkippableFact]
    public void Httplog_of_a_served_request()
    {
        ReferenceDiffers("counts the size of its own representation of the head instead of the bytes sent");
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartLogged(origin, "stdout format raw local0");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/a?b=c"));
        string response = client.ReadResponse().Head;
        Assert.Matches(
            $@"^127\.0\.0\.1:{client.LocalPort} \[{Date}\] fe be/s1 \d+/0/\d+/\d+/\d+ 200 {response.Length + 2} - - ---- "
            + @"1/1/0/0/0 0/0 ""GET /a\?b=c HTTP/1\.1""$",
            proxy.Output.WaitFor("GET"));
    }

    [Fact]
    public void Httplog_counts_the_connections_at_the_end_of_the_request()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartLogged(origin.Address, "stdout format raw local0");
        Wire first = proxy.Connect("fe");
        first.Send(Get("/1"));
        Wire one = origin.Accept();
        one.ReadRequest();
        Wire second = proxy.Connect("fe");
        second.Send(Get("/2"));
        Wire two = origin.Accept();
        two.ReadRequest();
        two.Send(Ok);
        second.ReadResponse();
        Assert.Contains(" ---- 2/2/1/1/0 0/0 \"GET /2 ", proxy.Output.WaitFor("GET /2 "));
        one.Send(Ok);
        first.ReadResponse();
        Assert.Contains(" ---- 2/2/0/0/0 0/0 \"GET /1 ", proxy.Output.WaitFor("GET /1 "));
    }

    [Fact]
    public void Logasap_does_not_wait_for_the_body()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartLogged(origin.Address, "stdout format raw local0", "option logasap");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/slow"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
        Assert.Matches(@" fe be/s1 \d+/0/\d+/\d+/\+\d+ 200 \+\d+ - - ---- 1/1/1/1/0 ", proxy.Output.WaitFor("GET /slow"));
        server.Send("body");
        Assert.Equal("body", client.ReadResponse().Text);
        client.Send(Get("/next"));
        server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();
        Assert.Equal(2, proxy.Output.WaitForCount(2).Count());
    }

    [Fact]
    public void Httplog_has_one_line_for_each_request_of_a_connection()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((r, _) => AnsweringOrigin.Ok(r.Target));
        Proxy proxy = StartLogged(origin, "stdout format raw local0");
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 5; i++)
            client.Send(Get($"/{i}"));
        for (int i = 0; i < 5; i++)
            client.ReadResponse();
        string[] requests = [.. proxy.Output.WaitForCount(5).Select(l => l[(l.IndexOf('"') + 1)..])];
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"GET /{i} HTTP/1.1\""), requests);
    }

    [Fact]
    public void Httplog_escapes_what_a_terminal_would_act_on()
    {
        // THREATS E9.
        Origin origin = NewOrigin();
        Proxy proxy = StartLogged(
            origin.Address, "stdout format raw local0", "option accept-unsafe-violations-in-http-request");
        Wire client = proxy.Connect("fe");
        client.Send("GET /\x1b[31m\"|\x80 HTTP/1.1\r\nHost: h\r\n\r\n");
        string line = proxy.Output.WaitFor("127");
        Assert.DoesNotContain('\x1b', line);
        Assert.DoesNotContain('\x80', line);
    }

    [Fact]
    public void Httplog_of_a_request_without_host_or_with_odd_fields_is_a_line_all_the_same()
    {
        // THREATS E5: every field may be absent.
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartLogged(origin, "stdout format raw local0");
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.0\r\n\r\n");
        client.ReadResponse();
        Assert.EndsWith("\"GET / HTTP/1.0\"", proxy.Output.WaitFor("GET"));
    }

    [Fact]
    public void A_very_long_request_line_is_cut_in_the_log_not_in_the_request()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartLogged(origin, "stdout format raw local0");
        string target = "/" + new string('a', 6_000);
        Wire client = proxy.Connect("fe");
        client.Send(Get(target));
        client.ReadResponse();
        Assert.Equal(target, origin.Requests[0].Request.Target);
        string line = proxy.Output.WaitFor("GET /a");
        Assert.InRange(line.Length, 900, 1024);
    }

    [Fact]
    public void Tcplog_of_a_relayed_connection()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            global
            nbthread 1
            log stdout format raw local0
            {TcpDefaults}
            log global
            option tcplog
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        client.Send("question").HalfClose();
        Wire server = origin.Accept();
        Assert.Equal("question", server.ReadToEnd());
        server.Send("0123456789");
        server.Close();
        Assert.Equal("0123456789", client.ReadToEnd());
        Assert.Matches(
            $@"^127\.0\.0\.1:{client.LocalPort} \[{Date}\] fe be/s1 \d+/\d+/\d+ 10 -- 1/1/0/0/0 0/0$",
            proxy.Output.WaitFor("fe be"));
    }

    [Fact]
    public void Tcplog_of_a_server_that_is_down()
    {
        Proxy proxy = Start($"""
            global
            nbthread 1
            log stdout format raw local0
            {TcpDefaults}
            timeout connect 100ms
            log global
            option tcplog
            listen fe
                bind <fe>
                retries 1
                server s1 <down>
            """);
        Wire client = proxy.Connect("fe");
        client.ExpectGone();
        Assert.Matches($@"^127\.0\.0\.1:\d+ \[{Date}\] fe fe/s1 \d+/-1/\d+ 0 SC 1/1/0/0/1 0/0$",
            proxy.Output.WaitFor("fe/s1"));
    }

    [Theory]
    [InlineData("option tcplog", "CD", "SD")]
    public void Tcplog_tells_who_ended_it(string option, string byClient, string byServer)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            global
            nbthread 1
            log stdout format raw local0
            {TcpDefaults}
            log global
            {option}
            listen fe
                bind <fe>
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        client.Reset();
        server.ExpectGone();
        proxy.Output.WaitFor($" {byClient} 1/1/0/0/0 0/0$");
        client = proxy.Connect("fe");
        server = origin.Accept();
        server.Send("x");
        client.ReadText(1);
        server.Reset();
        client.ExpectGone();
        proxy.Output.WaitFor($" {byServer} 1/1/0/0/0 0/0$");
    }

    [Fact]
    public void Without_an_option_a_line_says_who_connected()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            global
            log stdout format raw local0
            {HttpDefaults}
            log global
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        Assert.Matches(
            $@"^Connect from 127\.0\.0\.1:{client.LocalPort} to 127\.0\.0\.1:{Bench.Ports["fe"]} \(fe/HTTP\)$",
            proxy.Output.WaitFor("Connect"));
    }

    [Theory]
    [InlineData("raw", @"^127\.0\.0\.1:\d+ \[")]
    [InlineData("local", @"^<134>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [a-z]+\[\d+\]: 127\.0\.0\.1:\d+ \[")]
    [InlineData(
        "rfc3164", @"^<134>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [^ ]+ [a-z]+\[\d+\]: 127\.0\.0\.1:\d+ \[")]
    [InlineData("rfc5424",
        @"^<134>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d) [^ ]+ [a-z]+ \d+ - - 127\.0\.0\.1:\d+ \[")]
    [InlineData("short", @"^<6>127\.0\.0\.1:\d+ \[")]
    [InlineData("timed",
        @"^<6>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d) 127\.0\.0\.1:\d+ \[")]
    public void Every_format_goes_to_udp_and_unix_sockets(string format, string pattern)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        DatagramSink udp = NewSink();
        DatagramSink unix = Bench.Own(new DatagramSink(System.IO.Path.Combine(Bench.Directory, "log")));
        Proxy proxy = StartLogged(
            origin, $"{udp.Address} format {format} local0\nlog {unix.Address} format {format} local0");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        string line = udp.Datagrams.WaitFor("GET");
        Assert.Matches(pattern, line);
        Assert.EndsWith("\"GET / HTTP/1.1\"", line.TrimEnd('\n'));
        Assert.Equal(line.TrimEnd('\n').Length, unix.Datagrams.WaitFor("GET").TrimEnd('\n').Length);
    }

    [Fact]
    public void The_default_format_of_a_udp_target_is_rfc3164_and_the_tag_is_the_programs_name()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        DatagramSink udp = NewSink();
        Proxy proxy = StartLogged(origin, $"{udp.Address} local3");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        Assert.Matches(@"^<158>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([^ ]+ )?haproxy\[\d+\]: 127",
            udp.Datagrams.WaitFor("GET"));
    }

    [Fact]
    public void The_level_of_a_target_filters_lines()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartLogged(origin, "stdout format raw local0 notice");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.Close();
        Thread.Sleep(100);
        Assert.Equal(0, proxy.Output.Lines.Count(l => l.Contains("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_length_of_a_target_cuts_lines()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        DatagramSink udp = NewSink();
        Proxy proxy = StartLogged(origin, $"{udp.Address} len 100 format raw local0");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/" + new string('x', 200)));
        client.ReadResponse();
        Assert.InRange(udp.Datagrams.WaitFor("127").Length, 98, 100);
    }

    [Fact]
    public void Stderr_is_a_target_too()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartLogged(origin, "stderr format raw local0");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/seen"));
        client.ReadResponse();
        proxy.Errors.WaitFor("GET /seen HTTP/1.1\"$");
    }

    [Fact]
    public void No_log_stops_the_lines_of_a_proxy()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartLogged(origin, "stdout format raw local0", "no log");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.Close();
        Thread.Sleep(100);
        Assert.Equal("", proxy.Output.Text);
    }

    [Fact]
    public void Timers_are_plausible_and_consistent()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartLogged(origin.Address, "stdout format raw local0");
        Wire client = proxy.Connect("fe");
        client.Send(Get("/warm"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();

        // What ends the first request is compiled while this one comes; the timed one finds all of it ready.
        client.Send(Get("/warm"));
        server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();
        proxy.Output.WaitForCount(2);
        client.Send("GET /timed HTTP/1.1\r\nHo");
        Thread.Sleep(100);
        client.Send("st: h\r\n\r\n");
        server.ReadRequest();
        Thread.Sleep(120);
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
        Thread.Sleep(60);
        server.Send("cd");
        client.ReadResponse();
        Match m = Regex.Match(proxy.Output.WaitFor("/timed"), @" (\d+)/(\d+)/(\d+)/(\d+)/(\d+) 200 ");
        int[] timers = [.. m.Groups.Values.Skip(1).Select(
            g => int.Parse(g.Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(timers[0], 50, 2_000);
        Assert.InRange(timers[1], 0, 50);
        Assert.InRange(timers[3], 110, 2_000);
        Assert.InRange(timers[4], timers[0] + timers[3] + 50, 5_000);
    }

    [Fact]
    public void A_client_that_gives_up_before_a_server_was_asked_has_no_status()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
                log global
                option httplog
            frontend fe
                bind <fe>
                use_backend queue if {"{"} path /queued /first {"}"}
                use_backend none if {"{"} path /connecting {"}"}
            backend queue
                server s {origin.Address} maxconn 1
            backend none
                timeout connect 8s
                server s 127.0.0.1:1
            """);
        Wire first = proxy.Connect("fe");
        first.Send(Get("/first"));
        Wire server = origin.Accept();
        server.ReadRequest();
        proxy.Connect("fe").Send(Get("/queued")).HalfClose();
        Assert.Contains(" fe queue/<NOSRV> 0/", proxy.Output.WaitFor("/queued"));
        Assert.Contains(" -1 0 - - CQ-- ", proxy.Output.WaitFor("/queued"));
        proxy.Connect("fe").Send(Get("/connecting")).HalfClose();
        Assert.Contains(" -1 0 - - CC-- ", proxy.Output.WaitFor("/connecting"));
        first.HalfClose();
        Assert.Contains(" 400 0 - - CH-- ", proxy.Output.WaitFor("/first"));
    }

    [Fact]
    public void A_request_whose_body_is_cut_off_while_it_is_awaited_names_the_backend_that_rules_choose()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
                log global
                option httplog
            frontend fe
                bind <fe>
                option http-buffer-request
                use_backend be if METH_POST
            backend be
                server s {origin.Address}
            """);
        proxy.Connect("fe").Send(Request("POST", "/cut", "Content-Length: 10") + "half").HalfClose();
        Assert.Matches(@" fe be/<NOSRV> \d+/-1/-1/-1/\d+ 400 \d+ - - CR-- ", proxy.Output.WaitFor("/cut"));
        origin.ExpectNoConnection();
    }

    private Proxy StartLogged(AnsweringOrigin origin, string target, string more = "") =>
        StartLogged(origin.Address, target, more);

    private Proxy StartLogged(string address, string target, string more = "") => Start($"""
        global
        nbthread 1
        log {target}
        {HttpDefaults}
        log global
        option httplog
        frontend fe
            bind <fe>
            {more}
            default_backend be
        backend be
            server s1 {address}
        """);
}
