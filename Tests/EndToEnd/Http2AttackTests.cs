using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// THREATS.md B on a live proxy of one thread: each time what the attacker gets, and another client that is served
/// meanwhile.
/// </summary>
public sealed class Http2AttackTests(ITestOutputHelper output) : Http2AttackTest(output)
{
    private const uint Window16K = 16_384;

    /// <summary>B4, B22: what would be read differently behind us.</summary>
    public static TheoryData<string, string[]> Malformed => new()
    {
        { "no method", [":scheme: http", ":path: /"] },
        { "no path", [":method: GET", ":scheme: http"] },
        { "no scheme", [":method: GET", ":path: /"] },
        { "empty path", [":method: GET", ":scheme: http", ":path: "] },
        { "twice a method", [":method: GET", .. Asked] },
        { "twice a path", [.. Asked, ":path: /x"] },
        { "pseudo behind fields", [":method: GET", ":scheme: http", "a: b", ":path: /"] },
        { "unknown pseudo", [.. Asked, ":unknown: 1"] },
        { "response pseudo", [.. Asked, ":status: 200"] },
        { "method with a line", [":method: GET / HTTP/1.1\r\nx: y", ":scheme: http", ":path: /"] },
        { "path with a blank", [":method: GET", ":scheme: http", ":path: / HTTP/1.0"] },
        { "path with a line", [":method: GET", ":scheme: http", ":path: /\r\nx: y"] },
        { "path without slash", [":method: GET", ":scheme: http", ":path: x"] },
        { "authority with a blank", [":method: GET", ":scheme: http", ":authority: a b", ":path: /"] },
        { "two hosts", [":method: GET", ":scheme: http", ":path: /", "host: one", "host: other"] },
        { "upper case", [.. Asked, "X-Name: 1"] },
        { "empty name", [.. Asked, ": 1"] },
        { "colon in a name", [.. Asked, "a:b: 1"] },
        { "blank in a name", [.. Asked, "a b: 1"] },
        { "line in a name", [.. Asked, "a\r\nb: 1"] },
        { "line in a value", [.. Asked, "a: b\r\nx-smuggled: 1"] },
        { "line feed in a value", [.. Asked, "a: b\nx-smuggled: 1"] },
        { "null in a value", [.. Asked, "a: b\0c"] },
        { "transfer-encoding", [.. Asked, "transfer-encoding: chunked"] },
        { "connection", [.. Asked, "connection: close"] },
        { "keep-alive", [.. Asked, "keep-alive: 1"] },
        { "proxy-connection", [.. Asked, "proxy-connection: close"] },
        { "upgrade", [.. Asked, "upgrade: h2c"] },
        { "te", [.. Asked, "te: gzip"] },
        { "a length that is none", [.. Asked, "content-length: +5"] },
        { "two lengths", [.. Asked, "content-length: 0", "content-length: 5"] },
        { "a list of lengths", [.. Asked, "content-length: 0, 5"] },
        { "an empty length in a list", [.. Asked, "content-length: 0,"] },
        { "a length and no body", [.. Asked, "content-length: 5"] },
        { "CONNECT with a path", [":method: CONNECT", ":authority: h:1", ":path: /"] },
        { "protocol without CONNECT", [.. Asked, ":protocol: websocket"] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_request_goes_nowhere(string name, string[] fields)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address);
        using Http2Wire client = Client(proxy);
        client.Headers(1, true, fields);
        Assert.NotEmpty(name);
        client.ExpectReset(1, Http2Error.Protocol);
        client.Get(3, "/alive");
        Assert.Equal("alive", client.ReadMessage(3).Text);
        origin.ExpectNoConnection(20);
    }

    /// <summary>B7: the body must be what was promised.</summary>
    [Theory]
    [InlineData("short")]
    [InlineData("long")]
    [InlineData("trailers")]
    public void A_body_that_differs_from_its_length_is_cut_off(string how)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address);
        using Http2Wire client = Client(proxy);
        client.Post(1, "/", "content-length: 5");
        Wire server = origin.Accept();
        if (how == "short") client.Data(1, "abc", ends: true);
        else if (how == "long") client.Data(1, "abcdefGET /smuggled", ends: true);
        else client.Data(1, "abc").Headers(1, true, "x: y");
        client.ExpectReset(1, Http2Error.Protocol);
        Assert.DoesNotContain("smuggled", server.ReadToEndOrReset());
        OthersAreServed(proxy);
    }

    /// <summary>Connection errors: name, frames behind the preface, the code that is told.</summary>
    public static TheoryData<string, byte[], Http2Error> Broken
    {
        get
        {
            byte[] block = Http2Wire.Block(Asked);
            const FrameFlags whole = FrameFlags.EndHeaders | FrameFlags.EndStream;
            byte[] open = Http2Wire.Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, Http2Wire.Block(
                [":method: POST", ":scheme: http", ":path: /"]));
            return new()
            {
                { "B1 index beyond", Http2Wire.Frame(FrameType.Headers, whole, 1, [0xFF, 0x80, 0x80, 0x01]), Http2Error.Compression },
                { "B2 priority cut", Http2Wire.Frame(FrameType.Headers, whole | FrameFlags.Priority, 1, [0, 0]), Http2Error.FrameSize },
                { "B21 integer", Http2Wire.Frame(FrameType.Headers, whole, 1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]), Http2Error.Compression },
                { "padding beyond", Http2Wire.Frame(FrameType.Headers, whole | FrameFlags.Padded, 1, [9, .. block[..3]]), Http2Error.Protocol },
                { "data padding beyond", [.. open, .. Http2Wire.Frame(FrameType.Data, FrameFlags.Padded, 1, [9, 1])], Http2Error.Protocol },
                { "frame too large", [0, 0x40, 1, 0, 0, 0, 0, 0, 1], Http2Error.FrameSize },
                { "data on no stream", Http2Wire.Frame(FrameType.Data, 0, 0, [1]), Http2Error.Protocol },
                { "data on an idle stream", Http2Wire.Frame(FrameType.Data, 0, 7, [1]), Http2Error.Protocol },
                { "even stream", Http2Wire.Frame(FrameType.Headers, whole, 2, block), Http2Error.Protocol },
                { "push", Http2Wire.Frame(FrameType.PushPromise, FrameFlags.EndHeaders, 1, [0, 0, 0, 2]), Http2Error.Protocol },
                { "continuation alone", Http2Wire.Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1, block), Http2Error.Protocol },
                { "frame in a block", [.. Http2Wire.Frame(FrameType.Headers, 0, 1, block), .. Http2Wire.Frame(FrameType.Ping, 0, 0, new byte[8])], Http2Error.Protocol },
                { "settings size", Http2Wire.Frame(FrameType.Settings, 0, 0, [1]), Http2Error.FrameSize },
                { "settings window", Http2Wire.Frame(FrameType.Settings, 0, 0, [0, 4, 0x80, 0, 0, 0]), Http2Error.FlowControl },
                { "settings frame", Http2Wire.Frame(FrameType.Settings, 0, 0, [0, 5, 0, 0, 0, 1]), Http2Error.Protocol },
                { "window of the connection", Http2Wire.Frame(FrameType.WindowUpdate, 0, 0, [0x7F, 0xFF, 0xFF, 0xFF]), Http2Error.FlowControl },
                { "window by nothing", Http2Wire.Frame(FrameType.WindowUpdate, 0, 0, new byte[4]), Http2Error.Protocol },
                { "ping size", Http2Wire.Frame(FrameType.Ping, 0, 0, [1]), Http2Error.FrameSize },
                { "reset of an idle stream", Http2Wire.Frame(FrameType.ResetStream, 0, 9, new byte[4]), Http2Error.Protocol },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_connection_that_breaks_the_rules_ends_alone(string name, byte[] frames, Http2Error error)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address);
        using Http2Wire client = Client(proxy);
        client.Wire.Send(frames);
        Assert.NotEmpty(name);
        client.ExpectGoAway(error);
        OthersAreServed(proxy);
    }

    /// <summary>B17: a header block that does not end, in bytes or in frames.</summary>
    [Theory]
    [InlineData(1_000)]
    [InlineData(1)]
    public void A_header_block_without_end_is_cut_off(int size)
    {
        Proxy proxy = StartHttp2(NewOrigin().Address);
        using Http2Wire client = Client(proxy);
        client.Send(FrameType.Headers, 0, 1, Http2Wire.Block(Asked));
        byte[] part = Http2Wire.Frame(FrameType.Continuation, 0, 1, Enumerable.Repeat((byte)0x82, size).ToArray());
        SendWhileTaken(client, part, 1_000);
        client.ExpectGoAway(Http2Error.EnhanceYourCalm);
        OthersAreServed(proxy);
    }

    /// <summary>B16: streams opened and given up at once cost what they cost, and are counted.</summary>
    [Fact]
    public void Rapid_resets_end_the_connection_at_the_threshold()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address, "tune.h2.fe.glitches-threshold 100");
        using Http2Wire client = Client(proxy);
        List<byte> flood = [];
        for (uint stream = 1; stream < 2_000; stream += 2)
        {
            flood.AddRange(Http2Wire.Frame(
                FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, stream, Http2Wire.Block(Asked)));
            flood.AddRange(Http2Wire.Frame(FrameType.ResetStream, 0, stream, Http2Wire.Number(8)));
        }
        SendWhileTaken(client, [.. flood], 1);
        OthersAreServed(proxy);
        client.ExpectGoAway(Http2Error.EnhanceYourCalm);
    }

    [Fact]
    public void Rapid_resets_without_a_threshold_starve_nobody()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(origin.Address, "tune.h2.fe.max-rst-at-once 1");
        using Http2Wire client = Client(proxy);
        for (uint stream = 1; stream < 1_000; stream += 2)
        {
            client.Get(stream);
            client.Reset(stream);
        }
        OthersAreServed(proxy);
        client.Get(1_001, "/alive");
        Assert.Equal("alive", client.ReadMessage(1_001).Text);
    }

    /// <summary>B18: what makes us reset counts like a reset.</summary>
    [Fact]
    public void Resets_that_we_are_made_to_send_count_too()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address, "tune.h2.fe.glitches-threshold 100");
        using Http2Wire client = Client(proxy);
        List<byte> flood = [];
        for (uint stream = 1; stream < 1_000; stream += 2)
        {
            flood.AddRange(Http2Wire.Frame(FrameType.Headers, FrameFlags.EndHeaders, stream, Http2Wire.Block(
                [":method: POST", ":scheme: http", ":path: /"])));
            flood.AddRange(Http2Wire.Frame(FrameType.WindowUpdate, 0, stream, new byte[4]));
        }
        SendWhileTaken(client, [.. flood], 1);
        OthersAreServed(proxy);
        client.ExpectGoAway(Http2Error.EnhanceYourCalm);
    }

    /// <summary>B9, B12, B15: frames that cost a reply each, or nothing at all, from one who does not read.</summary>
    [Theory]
    [InlineData(FrameType.Ping, 8)]
    [InlineData(FrameType.Settings, 0)]
    [InlineData(FrameType.Data, 0)]
    [InlineData(FrameType.Priority, 5)]
    [InlineData((FrameType)0x55, 0)]
    public void A_flood_of_frames_fills_no_memory_and_starves_nobody(FrameType type, int size)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address);
        using Http2Wire client = Client(proxy);
        uint stream = type is FrameType.Data or FrameType.Priority ? 1u : 0u;
        if (type == FrameType.Data) client.Post(1);
        byte[] many = [.. Enumerable.Repeat(Http2Wire.Frame(type, 0, stream, new byte[size]), 1_000).SelectMany(f => f)];
        long before = proxy.ResidentKb;
        client.Wire.SendUntilBlocked(many, 12_000_000);
        OthersAreServed(proxy);
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 40_000);
    }

    /// <summary>Streams beyond what was announced are refused, one by one.</summary>
    [Fact]
    public void More_streams_than_announced_are_refused()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address, "tune.h2.fe.max-concurrent-streams 2");
        using Http2Wire client = Client(proxy);
        Assert.Equal(2u, client.Settings[SettingId.MaxConcurrentStreams]);
        client.Get(1).Get(3).Get(5);
        client.ExpectReset(5, Http2Error.RefusedStream);
        OthersAreServed(proxy);
    }

    /// <summary>B8, B14, B23: one that takes its answers byte by byte, or not at all, holds a bounded part of them.</summary>
    [Fact]
    public void A_client_that_takes_nothing_holds_little_and_not_for_ever()
    {
        string body = new('b', 4_000_000);
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(body));
        Proxy proxy = StartHttp2(origin.Address, frontend: "timeout client 700ms");
        using Http2Wire client = Client(proxy, (SettingId.InitialWindowSize, 1));
        long before = proxy.ResidentKb;
        for (uint stream = 1; stream < 20; stream += 2) client.Get(stream);
        OthersAreServed(proxy);
        for (int left = 10; left > 0;)
        {
            Http2Frame frame = client.Read();
            if (frame.Type != FrameType.ResetStream) continue;
            Assert.Equal(Http2Error.Cancel, frame.Error);
            left--;
        }
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 60_000);
        client.Get(99, "/alive");
        client.Window(99, Window16K);
        Assert.Equal("alive", client.ReadMessage(99).Text);
    }

    /// <summary>B24: what comes behind a reset finds nobody.</summary>
    [Fact]
    public void Frames_of_a_stream_that_is_gone_do_no_harm()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address);
        using Http2Wire client = Client(proxy);
        client.Post(1);
        origin.Accept();
        client.Reset(1).Data(1, "late").Window(1, 1).Reset(1);
        client.ExpectAlive();
        client.Headers(3, false, [":method: POST", .. Asked[1..3], ":path: /x\r\ny"]);
        client.ExpectReset(3, Http2Error.Protocol);
        client.Data(3, "crossed our reset").Headers(3, true, "x: y");
        client.ExpectAlive();
        OthersAreServed(proxy);
    }
}
