using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>tcp-request</c> and <c>tcp-response</c> rules: before the first byte, and while bytes come in.</summary>
public sealed class TcpRuleTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string RdpHead = "\x03\0\0\x13\x0e\xe0\0\0\0\0\0";

    [Theory]
    [InlineData("tcp-request connection reject if { src 127.0.0.1 }")]
    [InlineData("tcp-request session reject if { src 127.0.0.1 }")]
    [InlineData("tcp-request connection reject unless { dst_port 1 }")]
    public void A_connection_that_a_rule_rejects_never_reaches_a_server(string rule)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, rule));
        proxy.Connect("fe").ExpectGone();
        origin.ExpectNoConnection();
    }

    [Theory]
    [InlineData("tcp-request connection accept\ntcp-request connection reject")]
    [InlineData("tcp-request session accept if { src 127.0.0.1 }\ntcp-request session reject")]
    [InlineData("tcp-request content accept\ntcp-request content reject")]
    public void The_first_rule_that_holds_decides(string rules)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, rules));
        Wire client = proxy.Connect("fe");
        client.Send("hello");
        Assert.Equal("hello", origin.Accept().ReadText(5));
    }

    [Fact]
    public void Connection_rules_hold_for_http_too()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "tcp-request connection reject if { src 127.0.0.1 }"));
        proxy.Connect("fe").ExpectGone(); // before it says anything
        Assert.Equal(0, origin.RequestCount);
    }

    [Theory]
    [InlineData("req.payload(0,3) -m str abc", "abcdef")]
    [InlineData("req.payload(1,0) -m sub def", "abcdef")]
    [InlineData("req.len ge 6", "abcdef")]
    [InlineData("req.payload_lv(0,2) -m str hello", "\0\x05hello")]
    [InlineData("req.payload_lv(1,1,4) -m str lo", "x\x02lelo")]
    [InlineData("req.payload_lv(0,1,+1) -m str ok", "\x02xok")]
    [InlineData("payload(2,2) 6364", "abcdef")]
    [InlineData("req.rdp_cookie(mstshash) joe", RdpHead + "Cookie: mstshash=joe\r\n")]
    [InlineData("req.rdp_cookie joe", RdpHead + "Cookie: any=joe\r\n")]
    [InlineData("req_rdp_cookie_cnt 1", RdpHead + "Cookie: mstshash=joe\r\n")]
    [InlineData("req.proto_http", "GET / HTTP/1.0\r\n\r\n")]
    [InlineData("req.ver 1.1", "GET / HTTP/1.1\r\nHost: X\r\n\r\n")]
    [InlineData("method POST", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")]
    public void Inspection_waits_for_what_a_rule_looks_at(string criterion, string bytes)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, $"""
            tcp-request inspect-delay 4s
            tcp-request content accept if {"{"} {criterion} {"}"}
            tcp-request content reject
            """));
        Wire client = proxy.Connect("fe");
        client.SendSlowly(bytes);
        Assert.Equal(bytes, origin.Accept().ReadText(bytes.Length));
    }

    [Theory]
    [InlineData("req.payload(0,3) -m str abc", "abx")]
    [InlineData("req.payload_lv(0,2) -m str hello", "\0\x05hellx")]
    [InlineData("req.rdp_cookie(mstshash) -m found", RdpHead + "Cookie: other=joe\r\n")]
    [InlineData("req.rdp_cookie -m found", "no remote desktop at all")]
    [InlineData("req.payload(0,60000) -m found", "can never be there")]
    [InlineData("req.proto_http", "SSH-2.0-x\r\n")]
    [InlineData("req.ver 1.0", "GET / HTTP/1.1\r\nHost: X\r\n\r\n")]
    [InlineData("method GET", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")]
    public void Inspection_ends_as_soon_as_nothing_can_change(string criterion, string bytes)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, $"""
            tcp-request inspect-delay 1m
            tcp-request content accept if {"{"} {criterion} {"}"}
            tcp-request content reject
            """));
        Wire client = proxy.Connect("fe");
        client.SendSlowly(bytes);
        client.ExpectGone();
        origin.ExpectNoConnection();
    }

    [Fact]
    public void Without_a_delay_rules_decide_on_what_is_there()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, """
            tcp-request content accept if { req.len gt 0 }
            tcp-request content reject
            """));
        proxy.Connect("fe").ExpectGone();
        origin.ExpectNoConnection();
    }

    [Fact]
    public void Wait_end_is_the_end_of_the_delay_or_of_the_client()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, """
            tcp-request inspect-delay 300ms
            tcp-request content accept if WAIT_END
            """));
        Wire client = proxy.Connect("fe");
        client.Send("late");
        origin.ExpectNoConnection(150);
        Assert.Equal("late", origin.Accept().ReadText(4));
        Wire second = proxy.Connect("fe");
        second.Send("now").HalfClose();
        Assert.Equal("now", origin.Accept(200).ReadToEnd());
    }

    [Fact]
    public void The_backend_is_chosen_after_the_inspection_and_inspects_itself()
    {
        Origin one = NewOrigin("one");
        Origin two = NewOrigin("two");
        Proxy proxy = Start($"""
            global
            log stdout format raw local0
            {TcpDefaults}
            log global
            option tcplog
            frontend fe
                bind <fe>
                tcp-request inspect-delay 4s
                tcp-request content accept if {"{"} req.len ge 3 {"}"}
                use_backend two if {"{"} req.payload(0,3) -m str two {"}"}
                default_backend one
            backend one
                server s1 {one.Address}
            backend two
                tcp-request inspect-delay 4s
                tcp-request content reject if {"{"} req.payload(3,1) -m str ! {"}"}
                server s2 {two.Address}
            """);
        Wire client = proxy.Connect("fe");
        client.SendSlowly("two?");
        Assert.Equal("two?", two.Accept().ReadText(4));
        Wire refused = proxy.Connect("fe");
        refused.SendSlowly("two!").ExpectGone();
        two.ExpectNoConnection();
        Assert.Matches(@" fe two/<NOSRV> -1/-1/\d+ 0 PR ", proxy.Output.WaitFor("PR"));
        Wire other = proxy.Connect("fe");
        other.Send("one");
        Assert.Equal("one", one.Accept().ReadText(3));
    }

    [Theory]
    [InlineData("reject if { res.payload(0,3) -m str bad }", "bad", "")]
    [InlineData("accept if { res.payload(0,2) -m str ok }\ntcp-response content reject", "okay", "okay")]
    [InlineData("accept if { res.payload(0,2) -m str ok }\ntcp-response content reject", "no", "")]
    [InlineData("close if { res.len ge 4 }", "last", "last")]
    public void What_a_server_says_first_is_inspected(string rule, string bytes, string arrives)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, "", $"""
            tcp-response inspect-delay 4s
            tcp-response content {rule}
            """));
        Wire client = proxy.Connect("fe");
        client.Send("x");
        Wire server = origin.Accept();
        server.ReadText(1);
        server.SendSlowly(bytes);
        if (arrives == "okay") server.HalfClose();
        if (arrives.Length > 0) client.HalfClose(); // else it may be gone already
        Assert.Equal(arrives, client.ReadToEndOrReset());
    }

    private static string Relay(Origin origin, string frontend, string backend = "") => $"""
        {TcpDefaults}
        frontend fe
            bind <fe>
            {frontend}
            default_backend be
        backend be
            {backend}
            server s1 {origin.Address}

        """;
}
