using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Answers that no server gave: monitoring, places of errors, <c>http-errors</c> sections, tar pits.</summary>
public sealed class OwnAnswerTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Global = """
        global
        nbthread 1
        log stdout format raw local0

        """;

    [Theory]
    [InlineData("/mon", "", 200)]
    [InlineData("/mon", "monitor fail if { src 127.0.0.1 }", 503)]
    [InlineData("/mon", "monitor fail if { src 10.0.0.1 }\nmonitor fail unless { nbsrv(be) ge 1 }", 200)]
    [InlineData("/mon", "monitor fail if { nbsrv(be) ge 1 }", 503)]
    [InlineData("/mon?x", "", 204)]
    [InlineData("/mon", "monitor-uri http://h/mon", 204)]
    [InlineData("http://h/mon", "monitor-uri http://h/mon", 200)]
    [InlineData("/monitor", "", 204)]
    public void The_monitored_target_tells_whether_the_proxy_works(string target, string fails, int status)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => "HTTP/1.1 204 No Content\r\n\r\n");
        Proxy proxy = Start(Global + Simple(origin, $"log global\nlog-format %HU\nmonitor-uri /mon\n{fails}"));
        Wire client = proxy.Connect("fe");
        Assert.Equal(status, client.Send(Get(target)).ReadResponse().Status);
        Assert.Equal(204, client.Send(Get("/last")).ReadResponse().Status);
        Assert.Equal(status == 204 ? target : "/last", proxy.Output.WaitForCount(1)[0]);
    }

    [Theory]
    [InlineData("http-request return status 200", "LR")]
    [InlineData("http-request deny", "PR")]
    [InlineData("http-request tarpit", "PT")]
    [InlineData("http-response return status 200", "LH")]
    [InlineData("http-response deny", "PH")]
    public void The_text_of_an_answer_may_tell_how_the_exchange_ends(string rule, string state)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(
            origin,
            $"""
            log global
            log-format "is %ts"
            timeout tarpit 1ms
            {rule} content-type text/plain hdr x-end "%[txn.sess_term_state]" lf-string "%[txn.sess_term_state]"
            """));
        HttpMessage answer = proxy.Connect("fe").Send(Get("/")).ReadResponse();
        Assert.Equal(state, answer["x-end"]);
        Assert.Equal(state, answer.Text);
        Assert.Equal($"is {state}", proxy.Output.WaitFor("is "));
    }

    [Fact]
    public void Rules_behind_a_challenge_see_no_end_yet()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(
            origin,
            """
            log global
            log-format "is %ts"
            http-request auth
            http-after-response set-header x-end %[txn.sess_term_state]
            """));
        Assert.Equal("--", proxy.Connect("fe").Send(Get("/")).ReadResponse()["x-end"]);
        Assert.Equal("is LR", proxy.Output.WaitFor("is "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http-after-response set-header x-after 1")]
    public void A_reply_may_end_the_connection(string more)
    {
        Proxy proxy = Start(HttpDefaults + $"""

            frontend fe
                bind <fe>
                http-request return status 200 hdr Connection close hdr X-A b
                {more}
            """);
        Wire client = proxy.Connect("fe");
        HttpMessage answer = client.Send(Get()).ReadResponse();
        Assert.Equal(["close"], answer.All("connection"));
        Assert.Equal("b", answer["x-a"]);
        client.ExpectEnd();
    }

    [Fact]
    public void A_reply_that_rules_make_a_switch_keeps_what_it_says_of_it()
    {
        Proxy proxy = Start(HttpDefaults + """

            frontend fe
                bind <fe>
                http-request return status 200 hdr connection upgrade hdr upgrade websocket hdr sec-websocket-accept x
                http-after-response set-status 101
            """);
        Wire client = proxy.Connect("fe");
        string head = client.Send(Get()).ReadHead();
        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.Contains("\r\nconnection: upgrade\r\n", head);
        Assert.Contains("\r\nupgrade: websocket\r\n", head);
        Assert.DoesNotContain("content-length", head);
        client.ExpectEnd();
    }

    /// <summary>A body that is here already goes nowhere, and the connection goes on.</summary>
    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc", true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\na: b\r\n\r\n", true)]
    [InlineData("Content-Length: 4\r\n\r\nabc", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc0\r\n\r\n", false)]
    [InlineData("Content-Length: 3\r\n\r\nabcGET /x HTTP/1.1\r\nHost: h\r\n\r\n", false)] // it is asked again
    [InlineData("Connection: close\r\nContent-Length: 3\r\n\r\nabc", false)]
    public void An_answer_to_a_request_with_a_body(string rest, bool goesOn)
    {
        Proxy proxy = Start(HttpDefaults + """

            frontend fe
                bind <fe>
                http-request return status 200 if { path /return }
                http-request redirect location /x if { path /redirect }
                http-request deny if { path /deny }
                default_backend none
            backend none
            """);
        foreach ((string path, int status) in ((string, int)[])[("return", 200), ("redirect", 302), ("deny", 403), ("", 503)])
        {
            using Wire client = proxy.Connect("fe");
            for (int turn = 0; turn < 2; turn++)
            {
                HttpMessage answer = client.Send($"POST /{path} HTTP/1.1\r\nHost: h\r\n{rest}").ReadResponse();
                Assert.Equal(status, answer.Status);
                Assert.Equal(goesOn ? null : "close", answer["connection"]);
                if (goesOn) continue;
                client.ExpectEnd();
                break;
            }
        }
    }

    [Fact]
    public void A_body_over_several_buffers_is_dropped_too()
    {
        Proxy proxy = Start(HttpDefaults + """

            frontend fe
                bind <fe>
                option http-buffer-request
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        string body = new('x', 9000);
        for (int turn = 0; turn < 3; turn++)
        {
            client.Send($"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {body.Length}\r\n\r\n");
            for (int at = 0; at < body.Length; at += 3000) client.Send(body.Substring(at, 3000));
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }

    [Theory]
    [InlineData("errorloc 403 /denied", 302)]
    [InlineData("errorloc302 403 /denied", 302)]
    [InlineData("errorloc303 403 /denied", 303)]
    public void Errors_can_send_elsewhere(string line, int status)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(
            origin, $"log global\nlog-format %ST\n{line}\nhttp-request deny\nhttp-after-response set-header x-after 1"));
        HttpMessage answer = proxy.Connect("fe").Send(Get()).ReadResponse();
        Assert.Equal(status, answer.Status);
        Assert.Equal("/denied", answer["location"]);
        Assert.Equal("1", answer["x-after"]);
        Assert.NotEmpty(proxy.Output.WaitForCount(1)[0]);
    }

    [Theory]
    [InlineData("errorfiles site", "/deny", 404, "four!")]
    [InlineData("errorfiles site 503", "/deny", 404, null)]
    [InlineData("errorfiles site 404 503", "/none", 503, "away")]
    [InlineData("http-request return status 503 errorfiles site if { path /ret }", "/ret", 503, "away")]
    [InlineData("http-request return status 502 errorfiles site if { path /ret }", "/ret", 502, null)]
    public void Sections_of_messages_serve_several_proxies(string line, string target, int status, string? body)
    {
        string folder = Directory.CreateTempSubdirectory("sluice-errors").FullName;
        string notFound = Path.Combine(folder, "404.http");
        string away = Path.Combine(folder, "503.http");
        File.WriteAllText(notFound, "HTTP/1.1 404 Not There\r\nContent-Length: 5\r\n\r\nfour!");
        File.WriteAllText(away, "HTTP/1.1 503 Away\r\nContent-Length: 4\r\n\r\naway");
        Proxy proxy = Start($"""
            http-errors site
                errorfile 404 {notFound}
                errorfile 503 {away}

            """ + HttpDefaults + $"""
            frontend fe
                bind <fe>
                {line}
                http-request deny deny_status 404 if {"{"} path /deny {"}"}

            """);
        HttpMessage answer = proxy.Connect("fe").Send(Get(target)).ReadResponse();
        Directory.Delete(folder, recursive: true);
        Assert.Equal(status, answer.Status);
        if (body is not null) Assert.Equal(body, answer.Text);
    }

    [Theory]
    [InlineData("http-request tarpit", 500)]
    [InlineData("http-request tarpit deny_status 429 if { path / }", 429)]
    public void A_tar_pit_answers_late(string rule, int status)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(origin, $"log global\noption httplog\ntimeout tarpit 250ms\n{rule}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ExpectSilence(150);
        Assert.Equal(status, client.ReadResponse().Status);
        Assert.Matches($@" fe fe/<NOSRV> .* {status} 0 - - PT-- ", proxy.Output.WaitFor("PT"));
        Assert.Equal(0, origin.RequestCount);
    }

    [Fact]
    public void Rules_behind_a_tar_pit_whose_condition_fails_go_on()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "http-request tarpit if { path /x }\nhttp-request set-header x-on 1"));
        proxy.Connect("fe").Send(Get("/y")).ReadResponse();
        Assert.Equal("1", origin.Requests[0].Request["x-on"]);
    }
}
