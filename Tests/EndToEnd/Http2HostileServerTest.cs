using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>A server that speaks HTTP/2 frame by frame as it likes, behind a proxy of one thread, and another client.</summary>
public abstract class Http2HostileServerTest(ITestOutputHelper output) : AdminSocketTest(output)
{
    protected const FrameFlags Whole = FrameFlags.EndHeaders;
    protected const FrameFlags Last = FrameFlags.EndHeaders | FrameFlags.EndStream;

    /// <summary>Status, termination state, retries and path of every request are written to standard output.</summary>
    protected Proxy StartTo(Origin origin, string backend = "", string global = "") => Start($$"""
        global
            nbthread 1
            stats socket <dir>/api level admin
            log stdout format raw local0
            {{global}}
        {{HttpDefaults}}
        frontend fe
            bind <fe>
            log global
            log-format "%ST %ts %rc %HP"
            http-request return status 200 content-type text/plain string alive if { path /alive }
            default_backend be
        backend be
            {{backend}}
            server s1 {{origin.Address}} proto h2

        """);

    protected static Http2Wire Accept(Origin origin, params (SettingId, uint)[] settings) =>
        Http2Wire.Server(origin.Accept(), settings);

    /// <summary>The next request of a connection, read to the end of its head.</summary>
    protected static Http2Frame ReadRequest(Http2Wire server)
    {
        Http2Frame frame = server.Read();
        while (frame.Type != FrameType.Headers) frame = server.Read();
        return frame;
    }

    protected static byte[] Frame(FrameType type, FrameFlags flags, uint stream, params byte[] payload) =>
        Http2Wire.Frame(type, flags, stream, payload);

    protected static byte[] Head(FrameFlags flags, params string[] fields) =>
        Frame(FrameType.Headers, flags, 1, Http2Wire.Block(fields));

    protected static byte[] Body(string text, bool ends = false) =>
        Frame(FrameType.Data, ends ? FrameFlags.EndStream : 0, 1, Wire.Encoding.GetBytes(text));

    protected static byte[] GoodAnswer => [.. Head(Whole, ":status: 200", "content-length: 2"), .. Body("ok", ends: true)];

    /// <summary>The same frame for another stream than 1.</summary>
    protected static byte[] OnStream(byte[] frame, uint stream) => [.. frame[..5], .. Http2Wire.Number(stream), .. frame[9..]];

    protected static byte[] Times(int count, byte[] frame) => [.. Enumerable.Repeat(frame, count).SelectMany(f => f)];

    protected static void OthersAreServed(Proxy proxy) =>
        Assert.Equal("alive", proxy.Connect("fe").Send(Get("/alive")).ReadResponse().Text);

    /// <summary>The log line of the one request to a path.</summary>
    protected static void ExpectLine(Proxy proxy, string state, string path = "/") =>
        proxy.WaitUntil(() => proxy.Output.Lines.Any(l => l == $"{state} {path}"), $"a line: {state} {path}");
}
