using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Message bodies of every framing, streamed both ways (RFC 9112 sections 6 and 7).</summary>
public sealed class BodyTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const int Large = 50 * 1024 * 1024;

    [Theory]
    [InlineData("POST", 0)]
    [InlineData("POST", 1)]
    [InlineData("PUT", 1_000)]
    [InlineData("PATCH", 16_384)]
    [InlineData("GET", 5)]
    [InlineData("DELETE", 70_000)]
    [InlineData("UNKNOWN", 12)]
    public void A_request_body_with_a_length_arrives_whole(string method, int length)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        string body = Pattern(length);
        client.Send(Request(method, "/", $"Content-Length: {length}") + body);
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal(body, request.Text);
        Assert.Equal($"{length}", request["content-length"]);
        server.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(16_384)]
    [InlineData(300_000)]
    public void A_response_body_with_a_length_arrives_whole(int length)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        string body = Pattern(length);
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
        Assert.Equal(body, client.ReadResponse().Text);
    }

    [Fact]
    public void Chunks_and_trailers_pass_in_both_directions()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Transfer-Encoding: chunked", "TE: trailers")
            + "5\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-Sum: 31\r\nX-Other: y\r\n\r\n");
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal("helloabcdefghijklmnopqrstuvwxyz", request.Text);
        Assert.Equal(["x-sum=31", "x-other=y"],
            request.Trailers.Select(t => $"{t.Key.ToLowerInvariant()}={t.Value}"));

        server.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2\r\nab\r\n3\r\ncde\r\n0\r\nX-Back: z\r\n\r\n");
        HttpMessage response = client.ReadResponse();
        Assert.Equal("abcde", response.Text);
        Assert.Equal(["x-back=z"], response.Trailers.Select(t => $"{t.Key.ToLowerInvariant()}={t.Value}"));
    }

    [Fact]
    public void Chunk_data_is_passed_on_as_it_comes()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.ReadHead();
        foreach (string piece in (string[])["first", "second", "third"])
        {
            server.Send($"{piece.Length:x}\r\n{piece}\r\n");
            Assert.Equal($"{piece.Length:x}\r\n{piece}\r\n", client.ReadText(piece.Length + 5),
                ignoreCase: true);
        }
        server.Send("0\r\n\r\n");
        Assert.Equal("0\r\n\r\n", client.ReadText(5));
    }

    [Fact]
    public void A_body_with_a_length_is_passed_on_as_it_comes()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 6") + "abc");
        Wire server = origin.Accept();
        server.ReadHead();
        Assert.Equal("abc", server.ReadText(3));
        client.Send("def");
        Assert.Equal("def", server.ReadText(3));
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nuvw");
        client.ReadHead();
        Assert.Equal("uvw", client.ReadText(3));
        server.Send("xyz");
        Assert.Equal("xyz", client.ReadText(3));
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    [InlineData("")]
    public void An_answer_to_head_has_no_body_whatever_it_announces(string fields)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("HEAD", "/1"));
        Wire server = origin.Accept();
        Assert.Equal("HEAD", server.ReadRequest().Method);
        server.Send($"HTTP/1.1 200 OK\r\n{fields}\r\n");
        HttpMessage response = client.ReadResponse(toHead: true);
        Assert.Equal(fields.Length > 0 && fields[0] == 'C' ? "1000" : null, response["content-length"]);
        client.ExpectSilence(60);
        client.Send(Get("/2"));
        NextRequest(origin, server).Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(304, "")]
    [InlineData(304, "Content-Length: 1000\r\n")]
    [InlineData(304, "ETag: \"x\"\r\n")]
    public void Answers_without_content_are_followed_by_the_next_one(int status, string fields)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send($"HTTP/1.1 {status} None\r\n{fields}\r\n");
        Assert.Equal(status, client.ReadResponse().Status);
        client.ExpectSilence(60);
        client.Send(Get("/2"));
        NextRequest(origin, server).Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void A_response_without_length_ends_with_its_connection()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\n\r\npart one, ");
        client.ReadHead();
        Assert.Equal("part one, ", client.ReadText(10));
        server.Send("part two");
        server.HalfClose();
        Assert.Equal("part two", client.ReadToEnd());
    }

    [Fact]
    public void A_response_cut_short_is_cut_short_for_the_client_too()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        server.Close();
        client.ReadHead();
        Assert.Equal("only this", client.ReadToEndOrReset());
    }

    [Fact]
    public void A_chunked_response_cut_short_gets_no_last_chunk()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n");
        client.ReadHead();
        Assert.Equal("4\r\nabcd\r\n", client.ReadText(9));
        server.Close();
        string rest = client.ReadToEndOrReset();
        Assert.DoesNotContain("0\r\n", rest);
    }

    [Fact]
    public void A_request_body_cut_short_never_looks_complete()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Transfer-Encoding: chunked") + "4\r\nabcd\r\n");
        Wire server = origin.Accept();
        server.ReadHead();
        Assert.Equal("4\r\nabcd\r\n", server.ReadText(9));
        client.Close();
        Assert.DoesNotContain("0\r\n", server.ReadToEndOrReset());
    }

    [Fact]
    public void Fifty_megabytes_go_up_unchanged()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        byte[] data = RandomNumberGenerator.GetBytes(1 << 20);
        client.Send(Request("POST", "/", $"Content-Length: {Large}"));
        SideThread<bool> sender = Aside(() => SendRepeated(client, data, Large));
        Wire server = origin.Accept();
        server.ReadHead();
        ExpectRepeated(server, data, Large);
        sender.Join();
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void Fifty_megabytes_come_down_unchanged()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        byte[] data = RandomNumberGenerator.GetBytes(1 << 20);
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {Large}\r\n\r\n");
        SideThread<bool> sender = Aside(() => SendRepeated(server, data, Large));
        client.ReadHead();
        ExpectRepeated(client, data, Large);
        sender.Join();
        client.Send(Get("/next"));
        Assert.Equal("/next", server.ReadRequest().Target);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void Large_chunked_bodies_go_both_ways_at_once()
    {
        const int count = 200;
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        string chunk = $"{100_000:x}\r\n{Pattern(100_000)}\r\n";
        string expected = string.Concat(Enumerable.Repeat(Pattern(100_000), 1));
        SideThread<bool> up = Aside(
            () => SendChunks(client, Request("POST", "/", "Transfer-Encoding: chunked"), chunk, count));
        Wire server = origin.Accept();
        SideThread<bool> down = Aside(() =>
            SendChunks(server, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, count));
        SideThread<HttpMessage> response = Aside(() => client.ReadResponse());
        HttpMessage request = server.ReadRequest();
        Assert.Equal(count * 100_000, request.Body.Length);
        byte[] received = response.Join().Body;
        Assert.Equal(count * 100_000, received.Length);
        up.Join();
        down.Join();
        for (int i = 0; i < count; i++)
        {
            Assert.True(request.Body.AsSpan(i * 100_000, 100_000).SequenceEqual(
                Wire.Encoding.GetBytes(expected)));
            Assert.True(received.AsSpan(i * 100_000, 100_000).SequenceEqual(
                Wire.Encoding.GetBytes(expected)));
        }
    }

    [Fact]
    public void A_client_that_never_reads_costs_no_memory()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        byte[] data = new byte[64 * 1024];
        Wire warm = proxy.Connect("fe");
        warm.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        warm.ReadResponse();
        long before = proxy.ResidentKb;

        warm.Send(Get("/large"));
        server.ReadRequest();
        server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {1L << 40}\r\n\r\n");
        long sent = server.SendUntilBlocked(data, 1L << 30);
        Assert.True(sent < 64 << 20, $"{sent} bytes were taken from the origin");
        Assert.InRange(proxy.ResidentKb - before, -1 << 20, 24 << 10);
    }

    [Fact]
    public void An_origin_that_never_reads_costs_no_memory()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        byte[] data = new byte[64 * 1024];
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 1"));
        Wire server = origin.Accept();
        server.ReadHead();
        client.Send("x");
        server.Send(Ok);
        client.ReadResponse();
        long before = proxy.ResidentKb;

        client.Send(Request("POST", "/", $"Content-Length: {1L << 40}"));
        long sent = client.SendUntilBlocked(data, 1L << 30);
        Assert.True(sent < 64 << 20, $"{sent} bytes were taken from the client");
        Assert.InRange(proxy.ResidentKb - before, -1 << 20, 24 << 10);
    }

    [Fact]
    public void A_slow_reader_gets_everything()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Socket.ReceiveBufferSize = 32 * 1024;
        string body = Pattern(3_000_000);
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        SideThread<Wire> sender = Aside(
            () => server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        Thread.Sleep(100);
        client.ReadHead();
        StringWriter got = new();
        byte[] part = new byte[50_000];
        for (int left = body.Length; left > 0;)
        {
            int n = client.ReadSome(part.AsSpan(0, Math.Min(left, part.Length)));
            got.Write(Wire.Encoding.GetString(part, 0, n));
            left -= n;
            if (left % 7 == 0)
                Thread.Sleep(1);
        }
        Assert.Equal(body, got.ToString());
        sender.Join();
    }

    [Fact]
    public void An_early_answer_arrives_while_the_upload_goes_on()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 1000000") + "start");
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 413 Too Much\r\nContent-Length: 4\r\n\r\nstop");
        Assert.Equal("stop", client.ReadResponse().Text);
    }

    [Fact]
    public void The_upload_may_be_finished_after_an_early_answer_and_the_next_request_is_a_request()
    {
        // THREATS A4: what is left of the body must never be taken for a request on either side.
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        string smuggled = Get("/smuggled");
        client.Send(Request("POST", "/upload", $"Content-Length: {smuggled.Length + 5}") + "start");
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal("ok", client.ReadResponse().Text);
        try
        {
            client.Send(smuggled + Get("/after"));
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The proxy may have closed already.
        }
        string seen = server.ReadUntilQuiet();
        int body = seen.IndexOf("start", StringComparison.Ordinal);
        Assert.Equal(0, body);
        // Either the rest of the body and then the next request, or nothing more at all on this connection.
        if (seen.Contains("/smuggled", StringComparison.Ordinal))
            Assert.StartsWith("start" + smuggled, seen);
        Assert.True(seen == "start" || seen.StartsWith("start" + smuggled, StringComparison.Ordinal), seen);
    }

    [Fact]
    public void An_early_answer_with_close_ends_the_upload()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", $"Content-Length: {100 << 20}"));
        Wire server = origin.Accept();
        server.ReadHead();
        server.Send("HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
        server.Close();
        Assert.Equal("no", client.ReadResponse().Text);
    }

    [Fact]
    public void The_smallest_chunks_cost_time_by_their_number_and_no_more()
    {
        // THREATS E4 and A14: a hundred thousand chunks of one byte in each direction.
        const int count = 100_000;
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        string chunks = string.Concat(Enumerable.Repeat("1\r\nx\r\n", count)) + "0\r\n\r\n";
        SideThread<Wire> up = Aside(
            () => client.Send(Request("POST", "/", "Transfer-Encoding: chunked") + chunks));
        Wire server = origin.Accept();
        Assert.Equal(count, server.ReadRequest().Body.Length);
        up.Join();
        SideThread<Wire> down = Aside(
            () => server.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks));
        Assert.Equal(count, client.ReadResponse().Body.Length);
        down.Join();
        Assert.InRange(proxy.CpuMs, 0, 4_000);
    }

    private Wire NextRequest(Origin origin, Wire server)
    {
        // A proxy may distrust the old connection after a bodiless answer that announced one.
        string first = "";
        try
        {
            first = server.ReadRequestOrEnd()?.Target ?? "";
        }
        catch (System.Net.Sockets.SocketException)
        {
        }
        if (first.Length > 0)
            return server;
        Wire next = origin.Accept();
        next.ReadRequest();
        return next;
    }

    private static string Pattern(int length) =>
        string.Create(length, 0, (span, _) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = (char)('a' + (i * 7 + i / 251) % 26);
        });

    private static void SendRepeated(Wire wire, byte[] data, long total)
    {
        for (long sent = 0; sent < total; sent += data.Length)
            wire.Send(data);
    }

    private static void ExpectRepeated(Wire wire, byte[] data, long total)
    {
        byte[] got = new byte[data.Length];
        for (long read = 0; read < total; read += data.Length)
        {
            wire.ReadExactly(got);
            Assert.True(got.AsSpan().SequenceEqual(data), $"bytes differ after {read}");
        }
    }

    private static void SendChunks(Wire wire, string head, string chunk, int count)
    {
        wire.Send(head);
        byte[] bytes = Wire.Encoding.GetBytes(chunk);
        for (int i = 0; i < count; i++)
            wire.Send(bytes);
        wire.Send("0\r\n\r\n");
    }
}
