using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>The answers the proxy makes itself, and how the log tells whose fault it was.</summary>
public sealed class ErrorAnswerTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Logged = "global\nnbthread 1\nlog stdout format raw local0\n";
    private const string Log = "log global\noption httplog\n";

    [Fact]
    public void A_bad_request_is_400_and_closes()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: h\r\nbad header: x\r\n\r\n");
        StandardAnswer.Expect(client.ReadResponse(), 400, "Bad request", closes: true);
        client.ExpectEnd();
        Assert.Matches(
            @"^127\.0\.0\.1:\d+ \[\S+\] fe fe/<NOSRV> -1/-1/-1/-1/\d+ 400 \d+ - - PR-- 1/1/0/0/0 0/0 ""<BADREQ>""$",
            proxy.Output.WaitFor(" 400 "));
        Assert.Equal(0, origin.ConnectionCount);
    }

    [Fact]
    public void A_head_larger_than_the_buffer_is_refused()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged.Replace(
            "nbthread 1", "nbthread 1\ntune.bufsize 4096", StringComparison.Ordinal) + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", "X: " + new string('a', 5_000)));
        HttpMessage response = client.ReadResponse();
        Assert.Equal(431, response.Status);
        client.ExpectGone();
        Assert.Equal(0, origin.ConnectionCount);
        proxy.Output.WaitFor(@" -1/-1/-1/-1/\d+ 431 \d+ - - PR-- ");
    }

    [Fact]
    public void A_head_just_within_the_buffer_passes()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\ntune.bufsize 8192\n" + Simple(origin));
        Wire client = proxy.Connect("fe");
        string value = new('a', 6_800);
        client.Send(Get("/", "X-Large: " + value));
        Assert.Equal(200, client.ReadResponse().Status);
        Assert.Equal(value, origin.Requests[0].Request["x-large"]);
    }

    [Fact]
    public void More_fields_than_maxhdr_are_refused()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\ntune.http.maxhdr 20\n" + Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", [.. Enumerable.Range(0, 15).Select(i => $"X-{i}: v")]));
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get("/", [.. Enumerable.Range(0, 30).Select(i => $"X-{i}: v")]));
        Assert.Equal(400, client.ReadResponse().Status);
        client.ExpectGone();
    }

    [Fact]
    public void A_response_head_larger_than_the_buffer_is_a_bad_gateway()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start("global\nlog stdout format raw local0\ntune.bufsize 4096\n"
            + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send($"HTTP/1.1 200 OK\r\nX: {new string('a', 5_000)}\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal(502, client.ReadResponse().Status);
        server.ExpectGone();
        proxy.Output.WaitFor(@" 502 \d+ - - PH-- ");
    }

    [Fact]
    public void No_server_at_all_is_503()
    {
        Proxy proxy = Start($"""
            {Logged}
            {HttpDefaults}
            {Log}
            frontend fe
                bind <fe>
                default_backend none
            backend none
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        StandardAnswer.Expect(client.ReadResponse(), 503, "Service Unavailable", closes: false);
        Assert.Matches(@" fe none/<NOSRV> 0/-1/-1/-1/\d+ 503 \d+ - - SC-- 1/1/0/0/0 0/0 ""GET / HTTP/1.1""$",
            proxy.Output.WaitFor(" 503 "));
    }

    [Fact]
    public void A_frontend_without_a_backend_is_503()
    {
        Proxy proxy = Start($"{Logged}{HttpDefaults}{Log}frontend fe\nbind <fe>\n");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(503, client.ReadResponse().Status);
        Assert.Matches(@" fe fe/<NOSRV> (0|-1)/-1/-1/-1/\d+ 503 \d+ - - SC-- 1/1/0/0/0 0/0 ",
            proxy.Output.WaitFor(" 503 "));
    }

    [Fact]
    public void A_server_that_closes_before_it_answers_is_502()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Close();
        StandardAnswer.Expect(client.ReadResponse(), 502, "Bad Gateway", closes: false);
        Assert.Matches(@" fe be/s1 0/\d+/\d+/-1/\d+ 502 \d+ - - SH-- 1/1/0/0/0 0/0 ",
            proxy.Output.WaitFor(" 502 "));
    }

    [Fact]
    public void A_server_that_resets_before_it_answers_is_502()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Reset();
        Assert.Equal(502, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/-1/\d+ 502 \d+ - - SH-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void An_answer_that_is_not_http_is_502()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        Assert.Equal(502, client.ReadResponse().Status);
        server.ExpectGone();
        Assert.Matches(@" fe be/s1 0/\d+/\d+/-1/\d+ 502 \d+ - - PH-- 1/1/0/0/0 0/0 ",
            proxy.Output.WaitFor(" 502 "));
    }

    [Fact]
    public void A_client_that_leaves_before_the_answer_is_logged_so()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        client.Close();
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/-1/\d+ 400 \d+ - - CH-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_client_that_resets_in_the_body_of_the_answer_is_logged_so()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
        client.ReadHead();
        client.ReadText(3);
        client.Reset();
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - CD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_server_that_closes_in_its_body_is_logged_so()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        client.ReadHead();
        client.ReadText(3);
        server.Close();
        client.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - SD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_client_that_leaves_in_the_middle_of_its_head_is_logged_so()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHo");
        client.HalfClose();
        Assert.Equal(400, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" fe fe/<NOSRV> -1/-1/-1/-1/\d+ 400 \d+ - - CR-- 1/1/0/0/0 0/0 ""<BADREQ>""$");
    }

    [Fact]
    public void A_client_that_sends_nothing_and_leaves_is_logged_unless_dontlognull()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            {Logged}
            {HttpDefaults}
            {Log}
            frontend loud
                bind <loud>
            frontend quiet
                bind <quiet>
                option dontlognull
            """);
        proxy.Connect("quiet").Close();
        proxy.Connect("loud").Close();
        proxy.Output.WaitFor(
            @" loud loud/<NOSRV> -1/-1/-1/-1/\d+ 400 \d+ - - CR-- 1/1/0/0/0 0/0 ""<BADREQ>""$");
        Assert.Equal(1, proxy.Output.Count);
    }

    [Fact]
    public void What_a_client_said_before_it_was_refused_is_logged_despite_dontlognull()
    {
        Proxy proxy = Start($"""
            {Logged}
            defaults
            timeout connect 5s
            timeout client 5s
            timeout server 5s
            log global
            option tcplog
            option dontlognull
            listen fe
                bind <fe>
                tcp-request inspect-delay 5s
                tcp-request content reject if {"{"} req.len ge 1 {"}"}
                server s1 127.0.0.1:1 disabled
            """);
        proxy.Connect("fe").Send("x").ExpectGone();
        proxy.Output.WaitFor(@" fe fe/<NOSRV> -1/-1/\d+ 0 PR 1/1/0/0/0 0/0$");
    }

    [Fact]
    public void An_error_file_is_sent_as_it_is()
    {
        Bench.WriteFile("503.http",
            "HTTP/1.0 503 Own\r\nCache-Control: no-cache\r\nX-Own: yes\r\nContent-Type: text/plain\r\n\r\nown words");
        Proxy proxy = Start($"""
            {HttpDefaults}
            errorfile 503 <dir>/503.http
            frontend fe
                bind <fe>
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage response = client.ReadResponse();
        Assert.Equal(503, response.Status);
        Assert.Equal("yes", response["x-own"]);
        Assert.Equal("own words", response.Text);
    }

    [Fact]
    public void An_empty_error_file_says_nothing()
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            timeout http-request 100ms
            errorfile 408 /dev/null
            frontend fe
                bind <fe>
            """);
        Wire client = proxy.Connect("fe");
        client.Send("GET");
        client.ExpectEnd();
    }

    [Fact]
    public void A_denied_response_is_502_and_the_servers_connection_is_not_trusted_with_its_rest()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "http-response deny if { status 200 }"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal(502, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 502 \d+ - - PH-- 1/1/0/0/0 0/0 ");
    }
}
