using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>HTTP/2 from clients in clear, to servers of HTTP/1 (RFC 9113).</summary>
public sealed class Http2Tests(ITestOutputHelper output) : EndToEndTest(output)
{
    private Proxy StartHttp2(AnsweringOrigin origin, string frontend = "", string global = "") =>
        Start(Global(global) + Simple(origin, frontend).Replace("bind <fe>", "bind <fe> proto h2"));

    private Proxy StartHttp2(Origin origin, string frontend = "", string global = "") =>
        Start(Global(global) + Simple(origin, frontend).Replace("bind <fe>", "bind <fe> proto h2"));

    private static string Global(string lines) => lines.Length == 0 ? "" : $"global\n    {lines}\n";

    private static Http2Wire Client(Proxy proxy, params (SettingId, uint)[] settings) =>
        Http2Wire.Client(proxy.Connect("fe"), settings);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_goes_to_the_server_in_HTTP_1_and_its_answer_comes_back(bool isAnnounced)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok("body", "X-Own: Yes\r\n"));
        Proxy proxy = isAnnounced ? StartHttp2(origin) : Start(Simple(origin));
        using Http2Wire client = Client(proxy);
        client.Get(1, "/path?query", "x-field: value", "cookie: a=1", "accept: */*", "cookie: b=2");
        Http2Message answer = client.ReadMessage(1);
        Assert.Equal(200, answer.Status);
        Assert.Equal("body", answer.Text);
        Assert.Equal("Yes", answer["x-own"]);
        Assert.Null(answer["connection"]);
        HttpMessage request = origin.Requests.Single().Request;
        Assert.Equal("GET /path?query HTTP/1.1", request.StartLine);
        Assert.Equal("h", request["host"]);
        Assert.Equal("value", request["x-field"]);
        Assert.Equal(["a=1; b=2"], request.All("cookie"));
        Assert.Null(request["transfer-encoding"]);
    }

    [Theory]
    [InlineData("option disable-h2-upgrade", "bind <fe>")]
    [InlineData("", "bind <fe> proto h1")]
    public void The_preface_may_be_forbidden(string frontend, string bind)
    {
        Proxy proxy = Start(Simple(NewAnsweringOrigin(), frontend).Replace("bind <fe>", bind));
        Wire refused = proxy.Connect("fe").Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 405", refused.ReadToEndOrReset());
    }

    [Fact]
    public void The_preface_may_come_in_pieces()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire wire = proxy.Connect("fe");
        wire.SendSlowly("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        using Http2Wire client = new(wire);
        client.SendSettings();
        client.Get(1);
        Assert.Equal(FrameType.Settings, client.Read().Type);
        Assert.Equal(200, client.ReadMessage(1).Status);
    }

    [Fact]
    public void Many_streams_are_answered_each_by_its_own()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Target));
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        for (uint i = 1; i < 100; i += 2) client.Get(i, $"/{i}");
        int[] seen = new int[100];
        for (int left = 50; left > 0;)
        {
            Http2Frame frame = client.Read();
            if (frame.Type != FrameType.Data) continue;
            Assert.Equal($"/{frame.Stream}", frame.Text);
            Assert.Equal(1, ++seen[frame.Stream]);
            left--;
        }
    }

    [Fact]
    public void Bodies_go_up_with_their_length_or_in_chunks_and_trailers_follow()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Text));
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Post(1, "/", "content-length: 6, 06").Data(1, "abc").Data(1, "def", ends: true);
        Assert.Equal("abcdef", client.ReadMessage(1).Text);
        client.Post(3).Data(3, "gh").Data(3, "").Data(3, "i", ends: true);
        Assert.Equal("ghi", client.ReadMessage(3).Text);
        client.Post(5).Data(5, "jk").Headers(5, true, "x-sum: 11");
        Assert.Equal("jk", client.ReadMessage(5).Text);
        HttpMessage[] requests = [.. origin.Requests.Select(r => r.Request)];
        Assert.Equal("6", requests[0]["content-length"]);
        Assert.Equal("chunked", requests[1]["transfer-encoding"]);
        Assert.Equal("11", requests[2].Trailers.Single(t => t.Key == "x-sum").Value);
        client.Send(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.Padded | FrameFlags.Priority, 7,
            [2, 0, 0, 0, 1, 16, .. Http2Wire.Block(":method: POST", ":scheme: http", ":path: /"), 0, 0]);
        client.Send(FrameType.Data, FrameFlags.EndStream | FrameFlags.Padded, 7, [3, (byte)'p', (byte)'q', 0, 0, 0]);
        Assert.Equal("pq", client.ReadMessage(7).Text);
    }

    [Fact]
    public void Chunks_trailers_interim_heads_and_bodies_until_close_come_down()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Get(1);
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n2;ext\r\nde\r\n");
        server.Send("0\r\nX-Late: yes\r\n\r\n");
        Http2Message first = client.ReadMessage(1);
        Assert.Equal(["103"], first.Interim);
        Assert.Equal("abcde", first.Text);
        Assert.Equal("yes", first.Trailers!["x-late"]);
        Assert.Null(first["transfer-encoding"]);
        client.Get(3);
        server = Next(origin, server);
        server.Send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end");
        server.Close();
        Assert.Equal("until the end", client.ReadMessage(3).Text);
        client.Headers(5, true, ":method: HEAD", ":scheme: http", ":path: /", ":authority: h");
        server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        Http2Message third = client.ReadMessage(5);
        Assert.Equal("1000", third["content-length"]);
        Assert.Empty(third.Body);
    }

    // The proxy may use its connection again or make another.
    private static Wire Next(Origin origin, Wire server)
    {
        Wire next = origin.HasConnection(300) ? origin.Accept() : server;
        next.ReadRequest();
        return next;
    }

    /// <summary>What the server sees is what a strict reader of the frames sees, or the request goes nowhere.</summary>
    [Fact]
    public void Random_requests_arrive_as_they_were_sent()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Text));
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        Random random = new(8113);
        for (uint stream = 1; stream < 400; stream += 2)
        {
            string path = "/" + Some(random, "abc/?%&=;:@~", 20);
            string[] fields =
            [
                .. Enumerable.Range(0, random.Next(8)).Select(i =>
                    $"x{i}{Some(random, "abz0-_.!", 9)}: {Some(random, "ab ,;=\"\t\u00a0\u00ff", 30).Trim(' ', '\t')}"),
            ];
            string body = Some(random, "ab\r\n0", 60);
            client.Post(stream, path, fields);
            int cut = random.Next(body.Length + 1);
            client.Data(stream, body[..cut]).Data(stream, body[cut..], ends: true);
            Http2Message answer = client.ReadMessage(stream);
            Assert.Equal(200, answer.Status);
            Assert.Equal(body, answer.Text);
            HttpMessage seen = origin.Requests[^1].Request;
            Assert.Equal($"POST {path} HTTP/1.1", seen.StartLine);
            Assert.Equal(
                fields, seen.Fields.Where(f => f.Key.StartsWith('x')).Select(f => $"{f.Key}: {f.Value}"));
        }
    }

    private static string Some(Random random, string letters, int most) =>
        new([.. Enumerable.Range(0, random.Next(most)).Select(_ => letters[random.Next(letters.Length)])]);

    [Fact]
    public void A_cut_answer_does_not_look_whole()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Get(1);
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        server.Close();
        client.ExpectReset(1, Http2Error.Cancel, Http2Error.Internal);
        client.ExpectAlive();
    }

    [Fact]
    public void What_is_sent_keeps_to_both_windows()
    {
        string body = new('b', 100_000);
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(body));
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy, (SettingId.InitialWindowSize, 10));
        client.Get(1);
        Assert.Equal(FrameType.Headers, client.ReadOf(1).Type);
        Assert.Equal(10, client.ReadOf(1).Payload.Length);
        client.ExpectAlive();
        client.Window(1, 5);
        Assert.Equal(5, client.ReadOf(1).Payload.Length);
        client.SendSettings((SettingId.InitialWindowSize, 0)); // ten less: below nothing
        client.Window(1, 10).ExpectAlive();
        client.Window(1, 3);
        Assert.Equal(3, client.ReadOf(1).Payload.Length);
        client.Window(1, 1_000_000);
        int total = 18;
        while (total < 65_535) total += client.ReadOf(1).Payload.Length;
        Assert.Equal(65_535, total); // the connection's window
        client.ExpectAlive();
        client.Get(3);
        Assert.Equal(FrameType.Headers, client.ReadOf(3).Type); // its body waits for the same window
        client.Window(0, 200_000);
        while (total < body.Length) total += client.ReadOf(1).Payload.Length;
        Assert.Equal(body.Length, total);
        client.Window(3, 200_000);
        for (int left = body.Length; left > 0;) left -= client.ReadOf(3).Payload.Length;
    }

    [Fact]
    public void A_client_that_overruns_its_window_harms_nobody_else()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.ExpectAlive(); // our SETTINGS were acknowledged before
        client.Post(1);
        string part = new('x', 16_000);
        // More than the window and what lies on the way to a server that reads nothing.
        for (int i = 0; i < 1_000; i++) client.Data(1, part);
        client.ExpectReset(1, Http2Error.FlowControl);
        client.ExpectAlive();
        using Http2Wire other = Client(proxy);
        other.ExpectAlive();
        proxy.SkipEndChecks = true;
    }

    [Fact]
    public void Settings_are_the_first_frame_and_a_body_has_room_at_once()
    {
        Proxy proxy = StartHttp2(NewAnsweringOrigin());
        using Http2Wire client = Client(proxy);
        client.Headers(1, false, ":method: CONNECT", ":protocol: chat", ":scheme: http", ":path: /", ":authority: h");
        Http2Frame frame = client.Read();
        while (frame.Stream != 1) frame = client.Read();
        Assert.Equal(FrameType.WindowUpdate, frame.Type);
        Assert.Equal(1u, client.Settings[SettingId.EnableConnectProtocol]);
    }

    [Theory]
    [InlineData("h:443")]
    [InlineData("h:80")]
    [InlineData("h:99")]
    public void The_host_of_a_CONNECT_keeps_its_port(string authority)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) =>
            $"HTTP/1.1 403 No\r\nContent-Length: 0\r\nX-Seen: {request.Target} {request["host"]}\r\n\r\n");
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Headers(1, true, ":method: CONNECT", $":authority: {authority}");
        Http2Message answer = client.ReadMessage(1);
        Assert.Equal($"{authority} {authority}", answer["x-seen"]);
    }

    /// <summary>RFC 8441 names 0 and 1; what else is said there means nothing.</summary>
    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(2u)]
    public void What_clients_say_of_extended_CONNECT_is_nothing_to_complain_of(uint value)
    {
        Proxy proxy = StartHttp2(NewAnsweringOrigin());
        using Http2Wire client = Client(proxy, (SettingId.EnableConnectProtocol, value));
        client.ExpectAlive();
    }

    [Fact]
    public void Clients_that_get_websockets_wrong_are_not_told_of_them()
    {
        Proxy proxy = StartHttp2(NewAnsweringOrigin(), global: "h2-workaround-bogus-websocket-clients");
        using Http2Wire client = Client(proxy);
        client.ExpectAlive();
        Assert.False(client.Settings.ContainsKey(SettingId.EnableConnectProtocol));
    }

    [Fact]
    public void The_authority_counts_and_a_host_beside_it_does_not()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Headers(1, true, ":method: GET", ":scheme: http", ":path: /", ":authority: one", "host: other");
        Assert.Equal(200, client.ReadMessage(1).Status);
        Assert.Equal(["one"], origin.Requests.Single().Request.All("host"));
    }

    /// <summary>What HTTP/1 could not have in its line is answered as it is there.</summary>
    [Theory]
    [InlineData("scheme", ":method: GET", ":scheme: http://localhost/?", ":path: /")]
    [InlineData("empty scheme", ":method: GET", ":scheme: ", ":path: /")]
    [InlineData("method", ":method: GET?", ":scheme: http", ":path: /")]
    [InlineData("method in two", ":method: GET x", ":scheme: http", ":path: /")]
    [InlineData("preface", ":method: PRI", ":scheme: https", ":path: *")]
    public void A_bad_line_is_answered_with_400_and_logged(string name, params string[] fields)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin, "log stdout format raw local0\n    option httplog");
        using Http2Wire client = Client(proxy);
        client.Headers(1, true, fields);
        Assert.NotEmpty(name);
        Assert.Equal(400, client.ReadMessage(1).Status);
        Assert.Contains("fe fe/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- ", proxy.Output.WaitFor("BADREQ"));
        client.ExpectAlive();
        origin.ExpectNoConnection(20);
    }

    /// <summary>Manual section 3.2, <c>tune.h2.log-errors</c>: which faults are told of.</summary>
    [Theory]
    [InlineData("stream", true, true)]
    [InlineData("connection", false, true)]
    [InlineData("none", false, false)]
    public void Frames_that_make_no_request_are_logged(string level, bool tellsStreams, bool tellsConnections)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        const string form = "log stdout format raw local0\n    log-format \"%ft %b/%s %Ti/%Tt %ST %ts %{+Q}r %OG %HP\"";
        Proxy proxy = StartHttp2(origin, form, "tune.h2.log-errors " + level);
        using Http2Wire client = Client(proxy);
        client.Headers(1, true, ":method: GET", ":scheme: http", ":path: nowhere");
        client.ExpectReset(1, Http2Error.Protocol);
        client.Send(FrameType.Ping, 0, 0, [1]);
        client.ExpectGoAway(Http2Error.FrameSize);
        using Http2Wire other = Client(proxy);
        other.Get(1, "/last");
        Assert.Equal(200, other.ReadMessage(1).Status);
        proxy.Output.WaitFor("/last");
        string[] lines = [.. proxy.Output.Lines.Where(l => l.StartsWith("fe "))];
        int told = (tellsStreams ? 1 : 0) + (tellsConnections ? 1 : 0);
        Assert.Equal(told, lines.Count(l => l == "fe fe/<NOSRV> 0/0 0 PR \"<BADREQ>\" sess_error <BADREQ>"));
        Assert.Equal(told + 1, lines.Length);
    }

    [Fact]
    public void A_request_that_is_given_up_with_its_frames_is_logged_and_goes_nowhere()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin, "log stdout format raw local0\n    option httplog");
        using Http2Wire client = Client(proxy);
        client.ExpectAlive();
        client.Wire.Send([
            .. Http2Wire.Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, Http2Wire.Block(
                ":method: GET", ":scheme: http", ":path: /gone", ":authority: h")),
            .. Http2Wire.Frame(FrameType.ResetStream, 0, 1, Http2Wire.Number((uint)Http2Error.Cancel)),
            .. Http2Wire.Frame(FrameType.Data, FrameFlags.EndStream, 1, [1])]);
        client.ExpectReset(1, Http2Error.StreamClosed);
        Assert.Contains("fe fe/<NOSRV> 0/-1/-1/-1/0 400 0 - - CR-- ", proxy.Output.WaitFor("/gone"));
        client.ExpectAlive();
        origin.ExpectNoConnection(20);
    }

    [Fact]
    public void The_log_tells_what_a_stream_cost()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        const string form = "log stdout format raw local0\n    log-format "
            + "\"%HP %[cpu_calls] %[cpu_ns_tot] %[cpu_ns_avg] %[lat_ns_tot] %[lat_ns_avg]\"";
        Proxy proxy = StartHttp2(origin, form, "profiling.tasks on");
        using Http2Wire client = Client(proxy);
        client.Get(1, "/cost");
        client.ReadMessage(1);
        string[] parts = proxy.Output.WaitFor("/cost ").Split(' ');
        Assert.All(parts[1..], part => Assert.InRange(long.Parse(part), 1, 10_000_000_000));
        Assert.Equal(long.Parse(parts[2]) / long.Parse(parts[1]), long.Parse(parts[3]));
    }

    [Fact]
    public void Rules_and_logs_see_who_gave_up_and_why()
    {
        Origin origin = NewOrigin();
        const string form = "log stdout format raw local0\n    log-format \"%HP %[fs.aborted] %[fs.rst_code] %[fs.id] %[bs.aborted] "
            + "%[bs.rst_code] %[bs.id] %[bc_err] %[fs.debug_str(1)]|%[fs.debug_str(2)]\"";
        Proxy proxy = StartHttp2(origin, form);
        using Http2Wire client = Client(proxy);
        client.Get(1, "/whole");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        client.ReadMessage(1);
        Assert.Matches(@"/whole 0 - 1 0 - 0 0  h2s\.id=1 .*\| h2c\.maxid=1 ", proxy.Output.WaitFor("/whole"));
        client.Get(3, "/reset");
        server.ReadRequest();
        client.Reset(3, Http2Error.Cancel);
        Assert.Contains("/reset 1 8 3 0 - 1 ", proxy.Output.WaitFor("/reset"));
    }

    [Fact]
    public void A_stream_waited_since_the_latest_before_it()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(origin, "log stdout format raw local0\n    log-format \"%HP %Ti\"");
        using Http2Wire client = Client(proxy);
        client.ExpectAlive();
        client.Get(1, "/1");
        client.ReadMessage(1);
        System.Threading.Thread.Sleep(150);
        client.Get(3, "/3");
        client.ReadMessage(3);
        string line = proxy.Output.WaitFor("/3 ");
        Assert.InRange(int.Parse(line.Split(' ')[1]), 140, 10_000);
    }

    [Fact]
    public void The_line_of_the_log_says_HTTP_2()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(origin, "log stdout format raw local0\n    option httplog\n"
            + "    http-request set-header x-ver %[req.ver]-%[fc_http_major]-%[fc_glitches]-%[url]-%[path]");
        using Http2Wire client = Client(proxy);
        client.Get(1, "/p");
        Assert.Equal(200, client.ReadMessage(1).Status);
        Assert.Contains("\"GET http://h/p HTTP/2.0\"", proxy.Output.WaitFor("HTTP/2.0"));
        Assert.Equal("2.0-2-0-http://h/p-/p", origin.Requests.Single().Request["x-ver"]);
    }

    [Fact]
    public void A_request_that_is_none_is_one_glitch()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(origin, "http-request set-header x-glitches %[fc_glitches]");
        using Http2Wire client = Client(proxy);
        client.Headers(1, ends: true, ":method: GET", ":scheme: http", ":authority: h", ":path: no-slash");
        client.ExpectReset(1, Http2Error.Protocol);
        client.Get(3);
        Assert.Equal(200, client.ReadMessage(3).Status);
        Assert.Equal("1", origin.Requests.Single().Request["x-glitches"]);
    }

    [Fact]
    public void A_soft_stop_ends_streams_first_and_connections_after_them()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        proxy.SkipEndChecks = true;
        using Http2Wire idle = Client(proxy);
        idle.ExpectAlive();
        using Http2Wire busy = Client(proxy);
        busy.Get(1);
        Wire server = origin.Accept();
        server.ReadRequest();
        proxy.Signal(10);
        idle.ExpectGoAway(Http2Error.None);
        Http2Frame leave = busy.Read();
        while (leave.Type != FrameType.GoAway) leave = busy.Read();
        Assert.Equal(1, leave.Payload[3]);
        server.Send(Ok);
        Assert.Equal("ok", busy.ReadMessage(1).Text);
        busy.Wire.ReadToEndOrReset();
        Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void An_idle_connection_is_asked_to_leave_when_its_time_is_over()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(origin, "timeout http-keep-alive 300ms\n    timeout http-request 400ms");
        using Http2Wire client = Client(proxy);
        client.Get(1);
        Assert.Equal(200, client.ReadMessage(1).Status);
        client.ExpectGoAway(Http2Error.None);
        using Http2Wire silent = Client(proxy);
        silent.ExpectGoAway(Http2Error.None);
    }

    /// <summary>RFC 8441: HTTP/1 sees an upgrade.</summary>
    [Fact]
    public void A_WebSocket_opens_by_extended_CONNECT()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        Assert.Equal(1u, client.Settings[SettingId.EnableConnectProtocol]);
        client.Headers(1, false, ":method: CONNECT", ":protocol: websocket", ":scheme: http", ":authority: h",
            ":path: /chat", "sec-websocket-version: 13");
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal("GET /chat HTTP/1.1", request.StartLine);
        Assert.Equal("websocket", request["upgrade"]);
        Assert.Equal("upgrade", request["connection"], ignoreCase: true);
        server.Send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Accept: {AcceptOf(request["sec-websocket-key"]!)}\r\nX-Own: 1\r\n\r\nhello");
        Http2Frame head = client.ReadOf(1);
        Assert.Equal("200", head[":status"]);
        Assert.Equal("1", head["x-own"]);
        Assert.Null(head["upgrade"]);
        Assert.Null(head["sec-websocket-accept"]);
        Assert.Equal("hello", client.ReadOf(1).Text);
        client.Data(1, "bytes up");
        Assert.Equal("bytes up", server.ReadText(8));
        client.Data(1, "", ends: true);
        server.ExpectEnd();
        server.Send("last");
        server.Close();
        Assert.Equal("last", client.ReadOf(1).Text);
        Assert.True(client.ReadOf(1).Ends);
        client.ExpectAlive();
    }

    [Fact]
    public void A_server_that_does_not_answer_the_key_speaks_no_WebSocket()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Headers(1, false, ":method: CONNECT", ":protocol: websocket", ":scheme: http", ":authority: h", ":path: /");
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
        Assert.Equal("502", client.ReadOf(1)[":status"]);
        client.ExpectAlive();
    }

    /// <summary>RFC 6455 section 4.2.2.</summary>
    private static string AcceptOf(string key) => Convert.ToBase64String(
        SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));

    [Theory]
    [InlineData("h2c")]
    [InlineData("h2")]
    public void An_upgrade_to_HTTP_2_does_not_pass_in_a_stream(string protocol)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin);
        using Http2Wire client = Client(proxy);
        client.Headers(1, false, ":method: CONNECT", $":protocol: {protocol}", ":scheme: http", ":authority: h", ":path: /");
        client.ExpectReset(1, Http2Error.Protocol);
        origin.ExpectNoConnection();
    }

    [Fact]
    public async Task The_frameworks_client_gets_what_it_asks_for()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Method + request.Text.Length));
        Proxy proxy = StartHttp2(origin);
        using HttpClient client = new()
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Bench.Ports["fe"]}/"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Task<string>[] all =
        [
            .. Enumerable.Range(0, 40).Select(async i =>
            {
                using ByteArrayContent content = new(new byte[i * 10_000]);
                using HttpResponseMessage answer =
                    i % 2 == 0 ? await client.GetAsync("x") : await client.PostAsync("y", content);
                Assert.Equal(HttpVersion.Version20, answer.Version);
                return await answer.Content.ReadAsStringAsync();
            }),
        ];
        string[] answers = await Task.WhenAll(all);
        for (int i = 0; i < answers.Length; i++)
            Assert.Equal(i % 2 == 0 ? "GET0" : $"POST{i * 10_000}", answers[i]);
    }
}
