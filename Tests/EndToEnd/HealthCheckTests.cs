using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Checks of servers over real connections, and the lines that tell of them.</summary>
public sealed class HealthCheckTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Logged = "global\nlog stdout format raw local0\n";

    [Fact]
    public void A_server_that_refuses_connections_goes_down_and_comes_up_again()
    {
        AnsweringOrigin other = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + HttpDefaults + $"""
            log global
            frontend fe
                bind <fe>
                default_backend be
            backend be
                balance roundrobin
                server s1 <late> check inter 100ms fall 2 rise 2
                server s2 {other.Address}
            """);
        proxy.AlertsAllowed = true;
        Assert.Matches(
            @"^Server be/s1 is DOWN, reason: Layer4 connection problem, info: ""ECONNREFUSED returned by OS "
                + @"\(Connection refused\)"", check duration: \d+ms\. 1 active and 0 backup servers left\. 0 sessions "
                + @"active, 0 requeued, 0 remaining in queue\.$",
            proxy.Output.WaitFor("Server be/s1 is DOWN"));
        for (int i = 0; i < 4; i++) Assert.Equal(200, Ask(proxy).Status);
        using TcpListener late = new(IPAddress.Loopback, Bench.Ports["late"]);
        late.Start();
        Assert.Matches(
            @"^Server be/s1 is UP, reason: Layer4 check passed, check duration: \d+ms\. 2 active and 0 backup servers "
                + @"online\. 0 sessions requeued, 0 total in queue\.$",
            proxy.Output.WaitFor("Server be/s1 is UP"));
    }

    [Fact]
    public void The_last_server_that_goes_down_is_an_emergency()
    {
        Proxy proxy = Start(Logged + HttpDefaults + """
            log global
            frontend fe
                bind <fe>
                default_backend be
            backend be
                server s1 <gone> check inter 100ms fall 1
            """);
        proxy.AlertsAllowed = true;
        Assert.Equal("backend be has no server available!", proxy.Output.WaitFor("no server available"));
        Assert.Contains("backend 'be' has no server available!", proxy.Errors.WaitFor("no server available"));
        HttpMessage response = Ask(proxy);
        Assert.Equal(503, response.Status);
    }

    [Theory]
    [InlineData("option httpchk", "200 OK", "x", "UP, reason: Layer7 check passed, code: 200,")]
    [InlineData("option httpchk", "302 Found", "x", "UP, reason: Layer7 check passed, code: 302,")]
    [InlineData("option httpchk GET /x\nhttp-check expect status 200-204,300", "203 Y", "x",
        "UP, reason: Layer7 check passed, code: 203,")]
    [InlineData("option httpchk\nhttp-check expect rstring w.rld", "200 OK", "hello world",
        "UP, reason: Layer7 check passed, code: 200,")]
    [InlineData("option httpchk\nhttp-check expect ! string nope", "200 OK", "hello",
        "UP, reason: Layer7 check passed, code: 200,")]
    [InlineData("option httpchk\nhttp-check expect hdr name x-state value up", "200 OK", "hello",
        "UP, reason: Layer7 check passed, code: 200,")]
    [InlineData("option httpchk\nhttp-check expect fhdr name -m beg X-St value -m reg ^b", "200 OK", "hello",
        "UP, reason: Layer7 check passed, code: 200,")]
    [InlineData("option httpchk\nhttp-check expect hdr name -m reg ^X-S[t]ate$ value -m reg ^up", "200 OK", "hello",
        "UP, reason: Layer7 check passed, code: 200,")]
    [InlineData("option httpchk\nhttp-check expect status 200\nhttp-check set-var(check.a) res.fhdr(x-state),field(2,\" \")\n"
        + "http-check expect hdr name x-state value-lf %[var(check.a)]", "200 OK", "hello",
        "UP, reason: Layer7 check passed, code: 200,")]
    public void Http_checks_that_pass(string check, string status, string body, string said)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) =>
            $"HTTP/1.1 {status}\r\nX-State: booting, up\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Proxy proxy = StartChecked(check, origin.Address, "init-state fully-down");
        Assert.Contains(said, proxy.Output.WaitFor("Server be/s1 is UP"));
    }

    [Theory]
    [InlineData("option httpchk", "500 Broken", "x", "reason: Layer7 wrong status, code: 500, info: \"Broken\"")]
    [InlineData("option httpchk\nhttp-check expect ! rstatus ^2", "200 Fine", "x",
        "reason: Layer7 wrong status, code: 200, info: \"Fine\"")]
    [InlineData("option httpchk\nhttp-check expect string nope", "200 OK", "hello",
        "reason: Layer7 invalid response, info: \"HTTP content check did not match\"")]
    [InlineData("option httpchk\nhttp-check expect string nope", "200 OK", "",
        "reason: Layer7 invalid response, info: \"HTTP content check could not find a response body\"")]
    [InlineData("option httpchk\nhttp-check expect ! string ell comment \"no hell\"", "200 OK", "hello",
        "reason: Layer7 invalid response, info: \"HTTP check matched unwanted content comment: no hell\"")]
    [InlineData("option httpchk\nhttp-check expect hdr name x-a value -m reg ^(a+)+\\1$", "200 OK", "hello",
        "reason: Layer7 wrong status, code: 200, info: \"OK\"")]
    [InlineData("option httpchk\nhttp-check expect hdr name x-other on-error \"not there\"", "200 OK", "hello",
        "reason: Layer7 wrong status, code: 200, info: \"not there\"")]
    public void Http_checks_that_fail(string check, string status, string body, string said)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) =>
            $"HTTP/1.1 {status}\r\nX-A: {new string('a', 40)}b\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Proxy proxy = StartChecked(check, origin.Address, "");
        Assert.Contains(said, proxy.Output.WaitFor("Server be/s1 is DOWN"));
    }

    [Theory]
    [InlineData("option httpchk", "OPTIONS / HTTP/1.0\r\n\r\n")]
    [InlineData("option httpchk /there", "OPTIONS /there HTTP/1.0\r\n\r\n")]
    [InlineData("option httpchk HEAD /there", "HEAD /there HTTP/1.0\r\n\r\n")]
    [InlineData("option httpchk GET /x HTTP/1.1 www", "GET /x HTTP/1.1\r\nhost: www\r\nconnection: close\r\n\r\n")]
    [InlineData("option httpchk\nhttp-check send meth PUT uri /y ver HTTP/1.1 hdr Host h hdr X-A \"b c\" body {}",
        "PUT /y HTTP/1.1\r\nhost: h\r\nx-a: b c\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")]
    [InlineData("option httpchk\nhttp-check send uri-lf %[var(check.none)] ver HTTP/1.1",
        "OPTIONS / HTTP/1.1\r\nconnection: close\r\n\r\n")]
    [InlineData("option httpchk\nhttp-check send ver HTTP/1.1 hdr connection upgrade hdr upgrade raw",
        "OPTIONS / HTTP/1.1\r\nconnection: upgrade\r\nupgrade: raw\r\n\r\n")]
    [InlineData("option httpchk\nhttp-check send ver HTTP/1.1 hdr connection keep-alive", "OPTIONS / HTTP/1.1\r\n\r\n")]
    [InlineData("option httpchk\nhttp-check send ver HTTP/1.1 hdr connection \"x, Close\"",
        "OPTIONS / HTTP/1.1\r\nconnection: x\r\nconnection: close\r\n\r\n")]
    [InlineData("option httpchk\nhttp-check send hdr connection keep-alive",
        "OPTIONS / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n")]
    [InlineData("option httpchk\nhttp-check connect\nhttp-check send uri /1", "OPTIONS /1 HTTP/1.0\r\n\r\n")]
    public void Requests_of_http_checks(string check, string request)
    {
        Origin origin = NewOrigin();
        StartChecked(check, origin.Address, "");
        Wire wire = origin.Accept();
        Assert.Equal(request, wire.ReadText(request.Length));
    }

    [Fact]
    public void A_404_takes_a_server_out_of_use_without_a_word_of_failure()
    {
        string status = "200 OK";
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => $"HTTP/1.0 {status}\r\nContent-Length: 0\r\n\r\n");
        Proxy proxy = StartChecked("option httpchk\nhttp-check disable-on-404", origin.Address, "");
        Volatile.Write(ref status, "404 Not Found");
        Assert.StartsWith(
            "Server be/s1 is stopping, reason: Layer7 check conditionally passed, code: 404, info: \"Not Found\"",
            proxy.Output.WaitFor("is stopping"));
        Volatile.Write(ref status, "200 OK");
        Assert.StartsWith("Server be/s1 is UP, reason: Layer7 check passed, code: 200",
            proxy.Output.WaitFor("is UP"));
    }

    [Theory]
    [InlineData("option tcp-check\ntcp-check expect string HELLO", "+HELLO\r\n", "UP, reason: Layer7 check passed, "
        + "code: 0, info: \"(tcp-check)\"")]
    [InlineData("option tcp-check\ntcp-check connect\ntcp-check expect rbinary 2B48.*0D0A", "+HELLO\r\n",
        "UP, reason: Layer7 check passed, code: 0, info: \"(tcp-check)\"")]
    [InlineData("option tcp-check\ntcp-check connect\ntcp-check expect binary 2b48", "+HELLO\r\n",
        "UP, reason: Layer7 check passed, code: 0, info: \"(tcp-check)\"")]
    [InlineData("option tcp-check\ntcp-check expect string-lf %[str(HELLO)] on-success \"said by %[srv_name]\" "
        + "status-code int(4),add(1)", "+HELLO\r\n", "UP, reason: Layer7 check passed, code: 5, info: \"said by s1\"")]
    [InlineData("option tcp-check\ntcp-check expect binary-lf %[str(HE),hex]", "+HELLO\r\n",
        "UP, reason: Layer7 check passed, code: 0, info: \"(tcp-check)\"")]
    [InlineData("option tcp-check\ntcp-check expect min-recv 3 ! rstring ^error", "+HELLO\r\n",
        "UP, reason: Layer7 check passed, code: 0, info: \"(tcp-check)\"")]
    [InlineData("option spop-check", "\0\0\0\u0036e\0\0\0\u0001\0\0\u0007version\b\u00032.0\u000emax-frame-size\u0003\u00fc\u00f0\u0006\fcapabilities\b\0", "UP, reason: Layer7 check passed, code: 0, info: \"SPOA server is ok\"")]
    [InlineData("option redis-check", "+PONG\r\n",
        "UP, reason: Layer7 check passed, code: 0, info: \"Redis server is ok\"")]
    public void Scripts_that_pass(string check, string words, string said)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartChecked(check, origin.Address, "init-state down");
        origin.Accept().Send(words);
        Assert.Contains(said, proxy.Output.WaitFor("Server be/s1 is UP"));
    }

    [Fact]
    public void A_mail_server_is_greeted_and_left()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartChecked("option smtpchk EHLO me", origin.Address, "init-state down");
        Wire wire = origin.Accept();
        wire.Send("220-hi\r\n220 there\r\n");
        Assert.Equal("EHLO me\r\n", wire.ReadText(9));
        wire.Send("250-a\r\n250 b\r\n");
        Assert.Equal("QUIT\r\n", wire.ReadText(6));
        wire.Send("221 bye\r\n");
        Assert.Contains("UP, reason: Layer7 check passed, code: 221, info: \"bye\"",
            proxy.Output.WaitFor("Server be/s1 is UP"));
    }

    [Theory]
    [InlineData("option tcp-check\ntcp-check send A\\n\ntcp-check expect string B", "",
        "reason: Layer7 timeout, info: \" at step 2 of tcp-check (expect string 'B')\"")]
    [InlineData("option tcp-check\ntcp-check connect\ntcp-check expect ! string B comment \"no bees\"", "ABC",
        "reason: Layer7 invalid response, info: \"TCPCHK matched unwanted content 'B' at step 2 comment: no bees\"")]
    [InlineData("option tcp-check\ntcp-check expect ! rstring ^error", "valid", // it may still come
        "reason: Layer7 timeout, info: \" at step 1 of tcp-check (expect regex)\"")]
    [InlineData("option spop-check", "\0\0\0\u0007e\0\0\0\0\0\0", "reason: Layer7 invalid response, info: \"invalid frame received\"")]
    [InlineData("option spop-check", "\0\0\0\u0014e\0\0\0\u0001\0\0\u0007version\b\u00031.0",
        "reason: Layer7 invalid response, info: \"unsupported version\"")]
    [InlineData("option spop-check", "\0\0\0\u0014e\0\0\0\u0001\0\0\u0007version\b\u00032.0",
        "reason: Layer7 invalid response, info: \"max-frame-size value not found\"")]
    [InlineData("option spop-check", "\0\0\0\u0013e\0\0\0\u0001\0\0\u0007version\b\u00032.", // the value is cut off
        "reason: Layer7 invalid response, info: \"invalid frame received\"")]
    [InlineData("option spop-check", "\0\0\0\u0014g\0\0\0\u0001\0\0\u0007version\b\u00032.0",
        "reason: Layer7 invalid response, info: \"invalid frame received\"")]
    [InlineData("option smtpchk", "554 go away\r\n", "reason: Layer7 wrong status, code: 554, info: \"go away\"")]
    [InlineData("option smtpchk", "nonsense\r\n", "reason: Layer7 invalid response, info: \"nonsense\"")]
    [InlineData("option pgsql-check user u", "E\0\0\0\u000CSFATAL\0\0", "reason: Layer7 invalid response, info: \"FATAL\"")]
    [InlineData("option mysql-check user u", "\u0006\0\0\0\n8.0x\0\u000C\0\0\u0002\u00FF\u0015\u0004denied !!",
        "Layer7 wrong status, code: 1045, info: \"denied !!\"")]
    [InlineData("option ssl-hello-chk", "", "reason: Layer6 ")]
    [InlineData("option mysql-check user u", "\u000C\0\0\u0002\u00FF\u0015\u0004denied !!", "Layer7 wrong status, code: 1045, info: \"denied !!\"")]
    [InlineData("option mysql-check user u", "\u0006\0\0\0\n8.0x\0\u0012\0\0\u0002\u00FF\u0015\u0004#28000denied !!",
        "Layer7 wrong status, code: 1045, info: \"#28000denied !!\"")]
    [InlineData("option smtpchk", "d\0\0\0\n5.5.5\0\r\n", "Layer7 invalid response, info: \"d\"")]
    [InlineData("option ldap-check", "HTTP/1.1 400 Bad\r\n\r\n", "reason: Layer7 invalid response, info: \"Not LDAPv3 protocol\"")]
    [InlineData("option ssl-hello-chk", "HTTP/1.1 400 Bad\r\n\r\n", "reason: Layer6 invalid response, check")]
    public void Scripts_that_fail(string check, string words, string said)
    {
        Origin origin = NewOrigin();
        bool runsOut = words.Length == 0 || said.Contains("timeout", StringComparison.Ordinal);
        string limit = runsOut ? "1s" : "5s";
        Proxy proxy = StartChecked($"timeout check {limit}\n{check}", origin.Address, "");
        origin.Accept().Send(words);
        Assert.Contains(said, proxy.Output.WaitFor("Server be/s1 is DOWN"));
    }

    [Theory]
    [InlineData("http-check send hdr a b", "OPTIONS / HTTP/1.0\r\na: b\r\n\r\n")]
    [InlineData("option httpchk HEAD /own", "HEAD /own HTTP/1.0\r\n\r\n")]
    [InlineData("http-check disable-on-404", "GET /status HTTP/1.1\r\nx: y\r\nconnection: close\r\n\r\n")]
    public void A_request_of_its_own_takes_nothing_of_the_defaults(string check, string asked)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(HttpDefaults + $"""
            option httpchk GET /status HTTP/1.1
            http-check send hdr x y
            frontend fe
                bind <fe>
                default_backend be
            backend be
                {check}
                server s1 {origin.Address} check inter 30s
            """);
        proxy.AlertsAllowed = true; // nobody answers the check
        Assert.Equal(asked, origin.Accept().ReadHead());
    }

    [Theory]
    [InlineData("rise 3", "UP -2/3", "0")]
    [InlineData("rise 3 init-state none", "UP -2/3", "0")]
    [InlineData("rise 3 init-state up", "UP 1/3", "3")]
    [InlineData("rise 3 init-state down", "DOWN 2/3", "2")]
    public void Until_the_first_check_is_over_a_server_has_the_health_it_begins_with(string options, string status, string health)
    {
        Origin origin = NewOrigin(); // answers nothing
        Proxy proxy = Start($"""
            global
                stats socket <dir>/cli level admin
            {HttpDefaults}
            listen fe
                bind <fe>
                option httpchk
                server s1 {origin.Address} check inter 60s {options}

            """);
        proxy.AlertsAllowed = true; // the origin goes away first
        AdminSocket admin = new(proxy);
        Assert.Equal(status, admin.Stat("fe", "s1", "status"));
        Assert.Equal(health, admin.Stat("fe", "s1", "check_health"));
    }

    [Fact]
    public void An_agent_rules_over_weight_and_state()
    {
        using TcpListener agent = new(IPAddress.Loopback, Bench.Ports["agent"]);
        agent.Start();
        Origin origin = NewOrigin();
        Proxy proxy = StartChecked("", origin.Address,
            "no-check agent-check agent-inter 1s agent-port <port:agent> agent-send hello\\n");
        Assert.Equal("hello\n", Say(agent, "down #fire\n"));
        Assert.Contains("reason: Layer7 wrong status, code: 0, info: \"via agent : down (fire)\"",
            proxy.Output.WaitFor("Server be/s1 is DOWN"));
        Say(agent, "up\n");
        Assert.Contains("reason: Layer7 check passed, code: 0, info: \"via agent : up\"",
            proxy.Output.WaitFor("Server be/s1 is UP"));
        AdminSocket admin = new(proxy);
        Assert.Equal("no check", admin.Stat("be", "s1", "status"));
        Say(agent, "down#fire\n"); // no word that it knows: nothing changes
        Say(agent, "foo FAIL #water\n");
        Assert.Contains("reason: Layer7 wrong status, code: 0, info: \"via agent : FAIL (water)\"",
            proxy.Output.WaitFor("via agent : FAIL"));
        Assert.Equal("DOWN (agent)", admin.Stat("be", "s1", "status"));
        Say(agent, "Up\n");
        proxy.Output.WaitFor("via agent : Up");
        Say(agent, "drain\n");
        proxy.Output.WaitFor("Server be/s1 enters drain state");
        Assert.Equal("DRAIN (agent)", admin.Stat("be", "s1", "status"));
        Say(agent, "ready maint\n");
        proxy.Output.WaitFor("Server be/s1 is going DOWN for maintenance");
    }

    [Fact]
    public void A_check_in_the_middle_of_its_words_does_not_hold_up_a_stop()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartChecked("timeout check 60s\noption httpchk", origin.Address, "");
        Wire wire = origin.Accept();
        wire.ReadText(10);
        proxy.Signal(LibC.SigUsr1);
        Assert.Equal(0, proxy.WaitForExit());
        proxy.SkipEndChecks = true;
    }

    private static string Say(TcpListener agent, string words)
    {
        using Socket peer = agent.AcceptSocket();
        byte[] heard = new byte[100];
        int count = peer.Receive(heard);
        peer.Send(Encoding.Latin1.GetBytes(words));
        return Encoding.Latin1.GetString(heard, 0, count);
    }

    private static HttpMessage Ask(Proxy proxy)
    {
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        return client.ReadResponse();
    }

    private Proxy StartChecked(string check, string address, string server)
    {
        // Without its own a check may take as long as the interval, which is short for a crowded machine.
        string limit = check.Contains("timeout check", StringComparison.Ordinal) ? "" : "timeout check 5s";
        Proxy proxy = Start("global\n  stats socket <dir>/cli level admin\n" + Logged + HttpDefaults + $"""
            log global
            frontend fe
                bind <fe>
                default_backend be
            backend be
            {limit}
            {check}
            server s1 {address} check inter 1s fall 1 rise 1 {server}
            """);
        proxy.AlertsAllowed = true;
        return proxy;
    }
}
