using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>THREATS.md B5: what hostile and odd servers send, what the client and the log are told, who else is served.</summary>
public sealed class Http2HostileServerTests(ITestOutputHelper output) : Http2HostileServerTest(output)
{
    /// <summary>Name, the frames, the error that ends the connection.</summary>
    private static (string Name, byte[] Frames, Http2Error Error)[] Fatal =>
    [
        ("window of nothing", Frame(FrameType.WindowUpdate, 0, 0, 0, 0, 0, 0), Http2Error.Protocol),
        ("window overflow", Frame(FrameType.WindowUpdate, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF), Http2Error.FlowControl),
        ("window of an idle stream", Frame(FrameType.WindowUpdate, 0, 3, 0, 0, 0, 1), Http2Error.Protocol),
        ("window of a pushed stream", Frame(FrameType.WindowUpdate, 0, 2, 0, 0, 0, 1), Http2Error.Protocol),
        ("window of five bytes", Frame(FrameType.WindowUpdate, 0, 0, 0, 0, 0, 1, 0), Http2Error.FrameSize),
        ("reset of an idle stream", Frame(FrameType.ResetStream, 0, 3, 0, 0, 0, 0), Http2Error.Protocol),
        ("reset of none", Frame(FrameType.ResetStream, 0, 0, 0, 0, 0, 0), Http2Error.Protocol),
        ("push", Frame(FrameType.PushPromise, Whole, 1, 0, 0, 0, 2, 0x82), Http2Error.Protocol),
        ("answer to nobody", Frame(FrameType.Headers, Last, 3, Http2Wire.Block(":status: 200")), Http2Error.Protocol),
        ("answer to none", Frame(FrameType.Headers, Last, 0, Http2Wire.Block(":status: 200")), Http2Error.Protocol),
        ("body of none", Frame(FrameType.Data, 0, 0, 1), Http2Error.Protocol),
        ("ping within a head", [.. Head(0, ":status: 200"), .. Frame(FrameType.Ping, 0, 0, new byte[8])], Http2Error.Protocol),
        ("continuation of nothing", Frame(FrameType.Continuation, Whole, 1), Http2Error.Protocol),
        ("continuations without end", [.. Head(0, ":status: 200"), .. Times(5_000, Frame(FrameType.Continuation, 0, 1))], Http2Error.EnhanceYourCalm),
        ("continuations of too much", [.. Head(0, ":status: 200"), .. Times(40, Frame(FrameType.Continuation, 0, 1, Http2Wire.Block($"x: {new string('y', 8_000)}")))], Http2Error.EnhanceYourCalm),
        ("header bomb", Frame(FrameType.Headers, Whole, 1, [0x88, 0x40, 1, (byte)'x', 127, 0xC9, 0x16, .. new byte[3_000].Select(_ => (byte)'v'), .. new byte[8_000].Select(_ => (byte)0xBE)]), Http2Error.EnhanceYourCalm),
        ("index out of range", Frame(FrameType.Headers, Last, 1, 0x88, 0xFF, 0xFF, 0x7F), Http2Error.Compression),
        ("table update too late", Frame(FrameType.Headers, Last, 1, 0x88, 0x20), Http2Error.Compression),
        ("settings of a stream", Frame(FrameType.Settings, 0, 1), Http2Error.Protocol),
        ("settings cut off", Frame(FrameType.Settings, 0, 0, 0, 3, 0), Http2Error.FrameSize),
        ("acknowledgement with a payload", Frame(FrameType.Settings, FrameFlags.Ack, 0, new byte[6]), Http2Error.FrameSize),
        ("window too large", Frame(FrameType.Settings, 0, 0, 0, 4, 0x80, 0, 0, 0), Http2Error.FlowControl),
        ("frames too small", Frame(FrameType.Settings, 0, 0, 0, 5, 0, 0, 0x3F, 0xFF), Http2Error.Protocol),
        ("ping of three bytes", Frame(FrameType.Ping, 0, 0, 1, 2, 3), Http2Error.FrameSize),
        ("GOAWAY of a stream", Frame(FrameType.GoAway, 0, 1, new byte[8]), Http2Error.Protocol),
        ("GOAWAY cut off", Frame(FrameType.GoAway, 0, 0, new byte[7]), Http2Error.FrameSize),
        ("padding longer than the frame", Frame(FrameType.Headers, Last | FrameFlags.Padded, 1, 0xFF, 0x88), Http2Error.Protocol),
    ];

    [Fact]
    public void What_breaks_a_connection_is_a_502_and_a_GOAWAY()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        foreach ((string name, byte[] frames, Http2Error error) in Fatal)
        {
            string path = "/" + name.Replace(' ', '-');
            Wire client = proxy.Connect("fe").Send(Get(path));
            using Http2Wire server = Accept(origin);
            ReadRequest(server);
            server.Wire.Send(frames);
            Assert.True(client.ReadResponse().Status == 502, name);
            OthersAreServed(proxy);
            server.ExpectGoAway(error);
            ExpectLine(proxy, "502 SH 0", path);
        }
    }

    /// <summary>Name, the answer.</summary>
    private static (string Name, byte[] Head)[] Malformed =>
    [
        ("no status", Head(Last, "x: y")),
        ("late status", Head(Last, "x: y", ":status: 200")),
        ("two states", Head(Last, ":status: 200", ":status: 200")),
        ("a status of letters", Head(Last, ":status: abc")),
        ("a status of two digits", Head(Last, ":status: 20")),
        ("a status below 100", Head(Last, ":status: 099")),
        ("a switch", Head(Last, ":status: 101")),
        ("a path", Head(Last, ":status: 200", ":path: /")),
        ("an upper case name", Head(Last, ":status: 200", "X-Y: z")),
        ("a name with a blank", Head(Last, ":status: 200", "x y: z")),
        ("a line end in a value", Head(Last, ":status: 200", "x: a\nset-cookie: b")),
        ("a zero in a value", Head(Last, ":status: 200", "x: a\0b")),
        ("a transfer coding", Head(Last, ":status: 200", "transfer-encoding: chunked")),
        ("a connection field", Head(Last, ":status: 200", "connection: close")),
        ("two lengths", Head(Whole, ":status: 200", "content-length: 2", "content-length: 3")),
        ("a length that is none", Head(Whole, ":status: 200", "content-length: +2")),
        ("a length that overflows", Head(Whole, ":status: 200", "content-length: 99999999999999999999")),
        ("a length and no body", Head(Last, ":status: 200", "content-length: 5")),
        ("an end with 100", Head(Last, ":status: 100")),
    ];

    /// <summary>The stream is reset, the connection stays, the log tells whose fault it was.</summary>
    [Fact]
    public void A_head_that_is_none_costs_the_stream_alone()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always");
        Http2Wire? server = null;
        foreach ((string name, byte[] head) in Malformed)
        {
            string path = "/" + name.Replace(' ', '-');
            Wire client = proxy.Connect("fe").Send(Get(path));
            server ??= Accept(origin);
            uint stream = ReadRequest(server).Stream;
            server.Wire.Send(OnStream(head, stream));
            Assert.True(client.ReadResponse().Status == 502, name);
            server.ExpectReset(stream, Http2Error.Protocol);
            ExpectLine(proxy, "502 PH 0", path);
        }
        Assert.Equal(1, origin.AcceptedCount);
        server?.Dispose();
    }

    /// <summary>Manual section 4.2, retry-on: what kind of failure each is.</summary>
    [Theory]
    [InlineData("malformed", "junk-response", true)]
    [InlineData("malformed", "empty-response", false)]
    [InlineData("malformed", "conn-failure", false)]
    [InlineData("reset", "empty-response", true)]
    [InlineData("reset", "junk-response", false)]
    [InlineData("refused", "empty-response", true)]
    [InlineData("refused", "conn-failure", false)]
    [InlineData("refused", "none", false)]
    [InlineData("broken", "empty-response", true)]
    [InlineData("broken", "junk-response", false)]
    [InlineData("broken", "all-retryable-errors", true)]
    public void Retries_follow_what_retry_on_says(string fault, string retryOn, bool isSentAgain)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "retry-on " + retryOn);
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        server.Wire.Send(fault switch
        {
            "malformed" => Head(Last, "x: y"),
            "reset" => Frame(FrameType.ResetStream, 0, 1, Http2Wire.Number((uint)Http2Error.Cancel)),
            "refused" => Frame(FrameType.ResetStream, 0, 1, Http2Wire.Number((uint)Http2Error.RefusedStream)),
            _ => Frame(FrameType.Ping, 0, 0, 1),
        });
        if (isSentAgain)
        {
            using Http2Wire again = Accept(origin);
            uint stream = ReadRequest(again).Stream;
            again.Headers(stream, true, ":status: 204");
            Assert.Equal(204, client.ReadResponse().Status);
            ExpectLine(proxy, "204 -- 1");
        }
        else
        {
            Assert.Equal(502, client.ReadResponse().Status);
            ExpectLine(proxy, fault == "malformed" ? "502 PH 0" : "502 SH 0");
        }
    }

    /// <summary>Name, the frames behind half a body.</summary>
    private static (string Name, byte[] Frames)[] Cut =>
    [
        ("reset", Frame(FrameType.ResetStream, 0, 1, 0, 0, 0, 2)),
        ("an end before its time", Body("", ends: true)),
        ("too much", Body("abcdefgh", ends: true)),
        ("trailers before their time", Head(Last, "t: 1")),
        ("a second head", Head(Last, ":status: 200")),
        ("a frame too large", Frame(FrameType.Data, 0, 1, new byte[16_385])),
        ("padding longer than the frame", Frame(FrameType.Data, FrameFlags.Padded, 1, 9, 1)),
    ];

    /// <summary>What came reaches the client, and the end does not look like one.</summary>
    [Fact]
    public void An_answer_that_breaks_off_ends_short_of_its_length()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        foreach ((string name, byte[] frames) in Cut)
        {
            string path = "/" + name.Replace(' ', '-');
            Wire client = proxy.Connect("fe").Send(Get(path));
            using Http2Wire server = Accept(origin);
            ReadRequest(server);
            server.Wire.Send([.. Head(Whole, ":status: 200", "content-length: 6"), .. Body("abc")]);
            Assert.Contains("content-length: 6", client.ReadHead());
            Assert.Equal("abc", client.ReadText(3));
            server.Wire.Send(frames);
            Assert.True(client.ReadToEnd().Length == 0, name);
            OthersAreServed(proxy);
            ExpectLine(proxy, "200 SD 0", path);
        }
    }

    /// <summary>Name, one frame: floods of it change nothing and fill no memory.</summary>
    public static TheoryData<string, byte[]> Idle => new()
    {
        { "settings", Frame(FrameType.Settings, 0, 0) },
        { "acknowledgements", Frame(FrameType.Settings, FrameFlags.Ack, 0) },
        { "pings", Frame(FrameType.Ping, 0, 0, new byte[8]) },
        { "answered pings", Frame(FrameType.Ping, FrameFlags.Ack, 0, new byte[8]) },
        { "windows", Frame(FrameType.WindowUpdate, 0, 0, 0, 0, 0, 1) },
        { "windows of the stream", Frame(FrameType.WindowUpdate, 0, 1, 0, 0, 0, 1) },
        { "priorities", Frame(FrameType.Priority, 0, 1, new byte[5]) },
        { "frames that nobody knows", Frame((FrameType)0x55, 0, 0, 1, 2, 3) },
    };

    [Theory]
    [MemberData(nameof(Idle))]
    public void Floods_of_frames_change_nothing(string name, byte[] frame)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, global: "tune.h2.be.glitches-threshold 100");
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        SideThread<bool> reader = Aside(() =>
        {
            Http2Frame one = server.Read();
            while (one.Type != FrameType.Ping || one.Payload[0] != 9) one = server.Read();
        });
        long before = proxy.ResidentKb;
        byte[] many = Times(1_000, frame);
        for (int i = 0; i < 100; i++) server.Wire.Send(many);
        OthersAreServed(proxy);
        server.Wire.Send([.. Frame(FrameType.Ping, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0), .. GoodAnswer]);
        Assert.True(client.ReadResponse().Text == "ok", name);
        reader.Join();
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 24_000);
    }
}
