using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Each timeout: what it closes, what the client is told, and the two letters in the log.</summary>
public sealed class TimeoutTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Logged = "global\nnbthread 1\nlog stdout format raw local0\n";
    private const string Log = "log global\noption httplog\n";

    [Theory]
    [InlineData("G")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nX: y")]
    public void A_head_that_does_not_come_whole_is_answered_with_408(string part)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout http-request 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(part);
        HttpMessage response = client.ReadResponse();
        Assert.Equal(408, response.Status);
        Assert.Equal("close", response["connection"]);
        client.ExpectEnd();
        Assert.Matches(@" fe fe/<NOSRV> -1/-1/-1/-1/\d+ 408 \d+ - - cR-- 1/1/0/0/0 0/0 ""<BADREQ>""$",
            proxy.Output.WaitFor(" 408 "));
        Assert.Equal(0, origin.ConnectionCount);
    }

    [Fact]
    public void A_head_that_drips_is_cut_off_all_the_same()
    {
        // THREATS E13: each byte would restart an inactivity timeout, so this one counts from the first.
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout http-request 300ms"));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\n");
        try
        {
            for (int i = 0; i < 200 && !client.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead); i++)
            {
                client.Send("X");
                Thread.Sleep(20);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
        }
        Assert.Equal(408, client.ReadResponse().Status);
    }

    [Fact]
    public void A_client_that_sends_nothing_gets_408_after_the_request_timeout()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout http-request 150ms"));
        Wire client = proxy.Connect("fe");
        Assert.Equal(408, client.ReadResponse().Status);
        client.ExpectEnd();
        string line = proxy.Output.WaitFor(" 408 ");
        Assert.Matches(@" -1/-1/-1/-1/\d+ 408 \d+ - - cR-- 1/1/0/0/0 0/0 ""<BADREQ>""$", line);
        Assert.InRange(TotalOf(line), 140, int.MaxValue);
    }

    [Fact]
    public void Http_ignore_probes_says_nothing_to_a_client_that_said_nothing()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "timeout http-request 150ms\noption http-ignore-probes"));
        Wire client = proxy.Connect("fe");
        client.ExpectEnd();
    }

    [Fact]
    public void An_idle_connection_is_closed_in_silence_after_the_keep_alive_timeout()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout http-keep-alive 150ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.ExpectEnd();
        proxy.Output.WaitForCount(1);
        Thread.Sleep(50);
        Assert.Equal(1, proxy.Output.Count);
    }

    [Fact]
    public void The_request_timeout_stands_in_for_the_keep_alive_timeout()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "timeout http-request 150ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.ExpectEnd();
    }

    [Fact]
    public void The_request_timeout_counts_again_for_the_next_request_of_a_connection()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged
            + Simple(origin, Log + "timeout http-keep-alive 3s\ntimeout http-request 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        client.ExpectSilence(300);
        client.Send("GET / HT");
        Assert.Equal(408, client.ReadResponse().Status);
        client.ExpectEnd();
        proxy.Output.WaitFor(@" -1/-1/-1/-1/\d+ 408 \d+ - - cR-- 1/1/0/0/0 0/0 ""<BADREQ>""$");
    }

    [Fact]
    public void A_body_that_stops_coming_is_a_client_timeout()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout client 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 10") + "abc");
        Wire server = origin.Accept();
        server.ReadHead();
        Assert.Equal("abc", server.ReadText(3));
        Assert.Equal(400, client.ReadResponse().Status);
        client.ExpectEnd();
        server.ExpectGone();
        Assert.Matches(
            @" fe be/s1 \d+/\d+/\d+/-1/\d+ 400 \d+ - - cH-- 1/1/0/0/0 0/0 ""POST / HTTP/1.1""$",
            proxy.Output.WaitFor("POST"));
    }

    [Fact]
    public void A_body_that_stops_coming_behind_the_whole_answer_is_the_clients()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout client 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 10") + "abc");
        Wire server = origin.Accept();
        server.ReadHead();
        server.ReadText(3);
        server.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - cL-- 1/1/0/0/0 0/0 ");
    }

    /// <summary>What a server waits for is not its fault.</summary>
    [Fact]
    public void A_server_is_not_timed_before_it_has_the_whole_request()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout client 500ms", "timeout server 100ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 10") + "abc");
        Wire server = origin.Accept();
        server.ReadHead();
        server.ReadText(3);
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
        client.ReadHead();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 200 \d+ - - cD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void An_interim_answer_gives_the_server_its_time_anew()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "timeout server 1s"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        Thread.Sleep(300);
        server.Send("HTTP/1.1 103 Early Hints\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 103 ", client.ReadHead());
        Assert.Equal(504, client.ReadResponse().Status);
        Assert.InRange(TotalOf(proxy.Output.WaitFor(" 504 .* sH-- ")), 1_290, int.MaxValue);
    }

    [Theory]
    [InlineData("timeout client 1s")]
    [InlineData("timeout client 1s\ntimeout http-request 8s")]
    public void Each_piece_of_a_head_may_take_the_clients_timeout(string timeouts)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + timeouts));
        Wire client = proxy.Connect("fe");
        foreach (string piece in (string[])["GET / H", "TTP/1.1\r\n", "Host: ", "h\r\n", "X: y", "\r\n"])
        {
            client.Send(piece);
            Thread.Sleep(220);
        }
        client.Send("\r\n");
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_head_that_stops_coming_is_cut_off_by_the_shorter_of_both_timeouts()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout client 200ms\ntimeout http-request 20s"));
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\n");
        Assert.Equal(408, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" fe fe/<NOSRV> -1/-1/-1/-1/\d+ 408 \d+ - - cR-- ");
    }

    [Fact]
    public void A_quiet_tunnel_ends_as_the_clients()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "timeout tunnel 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", "Connection: upgrade", "Upgrade: other"));
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\nabc");
        client.ReadHead();
        client.ReadText(3);
        client.ExpectEnd();
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 0/\d+/\d+/\d+/\d+ 101 \d+ - - cD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_server_that_never_answers_is_a_gateway_timeout()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "timeout server 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        Assert.Equal(504, client.ReadResponse().Status);
        server.ExpectGone();
        Assert.Matches(@" fe be/s1 \d+/\d+/\d+/-1/\d+ 504 \d+ - - sH-- 1/1/0/0/0 0/0 ""GET / HTTP/1.1""$",
            proxy.Output.WaitFor(" 504 "));
        client.Send(Get("/next"));
        Wire fresh = origin.Accept();
        fresh.ReadRequest();
        fresh.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_server_that_stops_in_its_head_is_a_gateway_timeout()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "timeout server 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nX-");
        Assert.Equal(504, client.ReadResponse().Status);
        server.ExpectGone();
        proxy.Output.WaitFor(@" 504 \d+ - - sH-- ");
    }

    [Fact]
    public void A_server_that_stops_in_its_body_cuts_the_answer()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "timeout server 200ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        client.ReadHead();
        Assert.Equal("abc", client.ReadToEndOrReset());
        server.ExpectGone();
        proxy.Output.WaitFor(@" fe be/s1 \d+/\d+/\d+/\d+/\d+ 200 \d+ - - sD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_client_that_stops_reading_is_a_client_timeout()
    {
        // THREATS E13: slow read.
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log + "timeout client 300ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {1L << 40}\r\n\r\n");
        server.SendUntilBlocked(new byte[65536], 1L << 30, quietMs: 1_500);
        proxy.Output.WaitFor(@" fe be/s1 \d+/\d+/\d+/\d+/\d+ 200 \d+ - - cD-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_server_that_stops_reading_is_a_server_timeout()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Logged + Simple(origin, Log, "timeout server 300ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", $"Content-Length: {1L << 40}"));
        Wire server = origin.Accept();
        server.ReadHead();
        client.SendUntilBlocked(new byte[65536], 1L << 30, quietMs: 1_500);
        proxy.Output.WaitFor(@" fe be/s1 \d+/\d+/\d+/-1/\d+ (502|504) \d+ - - [sS][HD]-- 1/1/0/0/0 0/0 ");
    }

    [Fact]
    public void A_connect_that_gets_no_reply_is_given_up()
    {
        // A listener whose backlog is full drops further attempts: nothing comes back, not even a refusal.
        using System.Net.Sockets.Socket full = new(
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        full.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        full.Listen(1);
        System.Net.IPEndPoint address = (System.Net.IPEndPoint)full.LocalEndPoint!;
        for (int i = 0; i < 8; i++)
        {
            System.Net.Sockets.Socket filler = Bench.Own(new System.Net.Sockets.Socket(
                System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp));
            filler.Blocking = false;
            try
            {
                filler.Connect(address);
            }
            catch (System.Net.Sockets.SocketException)
            {
            }
        }
        Proxy proxy = Start($"""
            {Logged}
            {HttpDefaults}
            timeout connect 150ms
            {Log}
            listen fe
                bind <fe>
                retries 1
                server s1 {address}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(503, client.ReadResponse().Status);
        Assert.Matches(@" fe fe/s1 0/\d+/-1/-1/\d+ 503 \d+ - - sC-- 1/1/0/0/1 0/0 ",
            proxy.Output.WaitFor(" 503 "));
    }

    [Fact]
    public void The_server_fin_timeout_ends_what_a_half_closed_client_left()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, "timeout server-fin 150ms"));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x").HalfClose();
        Assert.Equal("x", server.ReadToEnd());
        client.ExpectGone();
    }

    [Fact]
    public void The_client_fin_timeout_ends_what_a_half_closed_server_left()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, "timeout client-fin 150ms"));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        server.Send("x").HalfClose();
        Assert.Equal("x", client.ReadToEnd());
        server.ExpectGone();
    }

    [Fact]
    public void Timeouts_of_a_body_that_moves_do_not_strike()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, "timeout client 800ms", "timeout server 800ms"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n");
        client.ReadHead();
        for (int i = 0; i < 12; i++)
        {
            Thread.Sleep(120);
            server.Send("x");
            Assert.Equal("x", client.ReadText(1));
        }
    }

    private static string Relay(Origin origin, string timeout) => $"""
        {TcpDefaults}
        listen fe
            bind <fe>
            {timeout}
            server s1 {origin.Address}
        """;

    /// <summary>Ta of a line, milliseconds.</summary>
    private static int TotalOf(string line) => int.Parse(
        Regex.Match(line, @" (?:-?\d+/)+(\d+) \d\d\d ").Groups[1].Value, CultureInfo.InvariantCulture);
}
