using System.Collections.Generic;
using System.IO;
using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// THREATS.md B, where little of the attacker's could be much of ours: bytes, memory, work. Another client is served
/// meanwhile.
/// </summary>
public sealed class Http2FloodTests(ITestOutputHelper output) : Http2AttackTest(output)
{
    /// <summary>A block whose list is the same field over and over: one byte each behind the first.</summary>
    private static byte[] Repeating(string name, int valueLength, int times)
    {
        string field = $"{name}: {new string('v', valueLength)}";
        byte[] entry = Http2Wire.Block(field);
        entry[0] = 0x40; // into the table
        return [.. Http2Wire.Block(Asked), .. entry, .. Enumerable.Repeat((byte)0xBE, times)];
    }

    private static byte[] Request(uint stream, byte[] block) =>
        Http2Wire.Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, stream, block);

    private void AllAreGone(Proxy proxy) =>
        proxy.WaitUntil(() => File.Exists(SocketPath) && Say("show info").Contains("\nCurrConns: 0\n"), "no client is connected any more");

    /// <summary>A list that is too large is answered so, and counted.</summary>
    [Theory]
    [InlineData("x-large")]
    [InlineData("cookie")]
    public void A_header_list_that_is_too_large_is_refused(string name)
    {
        Proxy proxy = StartHttp2(NewOrigin().Address, "tune.h2.fe.glitches-threshold 20");
        using Http2Wire client = Client(proxy);
        byte[] list = Repeating(name, 3_000, 20);
        client.Wire.Send(Request(1, list));
        Assert.Equal(431, client.ReadMessage(1).Status);
        client.Get(3, "/alive");
        Assert.Equal("alive", client.ReadMessage(3).Text);
        for (uint stream = 5; stream < 45; stream += 2) SendWhileTaken(client, Request(stream, list), 1);
        client.ExpectGoAway(Http2Error.EnhanceYourCalm);
        OthersAreServed(proxy);
    }

    /// <summary>B19, B20: one byte a field, or crumbs of cookies, or nothing at all, and a list without bound.</summary>
    [Theory]
    [InlineData("x-bomb", 3_000)]
    [InlineData("x-bomb", 0)]
    [InlineData("cookie", 3_000)]
    [InlineData("cookie", 0)]
    public void A_header_list_that_grows_out_of_few_bytes_ends_the_connection(string name, int valueLength)
    {
        Proxy proxy = StartHttp2(NewOrigin().Address);
        long before = proxy.ResidentKb;
        for (int i = 0; i < 10; i++)
        {
            using Http2Wire client = Client(proxy);
            client.Wire.Send(Request(1, Repeating(name, valueLength, 12_000)));
            client.ExpectGoAway(Http2Error.EnhanceYourCalm);
        }
        OthersAreServed(proxy);
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 40_000);
    }

    /// <summary>B9: replies are taken, so nothing stops the frames; they come faster than they are answered.</summary>
    [Fact]
    public void Frames_that_come_faster_than_they_are_read_wait_at_the_sender()
    {
        Proxy proxy = StartHttp2(NewOrigin().Address);
        using Http2Wire client = Client(proxy);
        byte[] ping = Http2Wire.Frame(FrameType.Ping, 0, 0, new byte[8]);
        byte[] many = [.. Enumerable.Repeat(ping, 4_000).SelectMany(f => f)];
        const int rounds = 1_500; // a tenth of a gigabyte
        long before = proxy.ResidentKb;
        SideThread<bool> reader = Aside(() =>
        {
            for (int i = 0; i < rounds; i++) client.Wire.ReadBytes(many.Length);
        });
        for (int i = 0; i < rounds; i++) client.Wire.Send(many);
        OthersAreServed(proxy);
        reader.Join();
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 24_000);
    }

    /// <summary>B11: requests that are none cost a reset each.</summary>
    [Fact]
    public void Requests_that_are_none_end_the_connection_at_the_threshold()
    {
        Proxy proxy = StartHttp2(NewOrigin().Address, "tune.h2.fe.glitches-threshold 100");
        using Http2Wire client = Client(proxy);
        byte[] block = Http2Wire.Block([.. Asked, "Upper: 1"]);
        List<byte> flood = [];
        for (uint stream = 1; stream < 1_000; stream += 2) flood.AddRange(Request(stream, block));
        SendWhileTaken(client, [.. flood], 1);
        OthersAreServed(proxy);
        client.ExpectGoAway(Http2Error.EnhanceYourCalm);
    }

    /// <summary>B14: windows that are wide open, and a socket that is not read.</summary>
    [Fact]
    public void Answers_that_nobody_reads_stay_with_the_server()
    {
        string body = new('b', 4_000_000);
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(body));
        Proxy proxy = StartHttp2(origin.Address, frontend: "timeout client 1s");
        using Http2Wire client = Client(proxy, (SettingId.InitialWindowSize, int.MaxValue));
        client.Window(0, int.MaxValue - 65_535);
        long before = proxy.ResidentKb;
        for (uint stream = 1; stream < 60; stream += 2) client.Get(stream);
        for (int i = 0; i < 5; i++)
        {
            client.Send(FrameType.Ping, 0, 0, new byte[8]);
            OthersAreServed(proxy);
        }
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 60_000);
        AllAreGone(proxy);
    }

    /// <summary>B6: who says good-bye while its answers find no room.</summary>
    [Theory]
    [InlineData(Http2Error.None)]
    [InlineData(Http2Error.Protocol)]
    public void A_GOAWAY_before_a_full_output_ends_the_connection_some_time(Http2Error error)
    {
        string body = new('b', 4_000_000);
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(body));
        Proxy proxy = StartHttp2(origin.Address, frontend: "timeout client 500ms");
        using Http2Wire client = Client(proxy, (SettingId.InitialWindowSize, int.MaxValue));
        client.Window(0, int.MaxValue - 65_535);
        for (uint stream = 1; stream < 20; stream += 2) client.Get(stream);
        client.GoAway(0, error);
        OthersAreServed(proxy);
        AllAreGone(proxy);
        OthersAreServed(proxy);
    }

    /// <summary>RFC 9113 section 6.8: streams that are open go on, and with the last of them the connection ends.</summary>
    [Fact]
    public void A_client_that_says_good_bye_gets_what_it_asked_for()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartHttp2(origin.Address);
        using Http2Wire client = Client(proxy);
        client.Get(1).GoAway(0);
        origin.Accept().ReadRequest();
        client.ExpectAlive();
        using Http2Wire idle = Client(proxy);
        idle.GoAway(0);
        idle.Wire.ReadToEnd();
        OthersAreServed(proxy);
    }

    [Fact]
    public void A_connection_has_so_many_streams_and_no_more()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(
            origin.Address, global: "tune.h2.fe.max-total-streams 3\n    tune.h2.fe.max-concurrent-streams 2");
        using Http2Wire client = Client(proxy);
        for (uint stream = 1; stream <= 5; stream += 2)
        {
            client.Get(stream);
            if (stream < 5) client.ReadMessage(stream);
        }
        Http2Frame frame = client.Read();
        while (frame.Type != FrameType.GoAway) frame = client.Read();
        Assert.Equal(Http2Error.None, frame.Error);
        Assert.Equal(Http2Wire.Number(9), frame.Payload[..4]);
        client.ReadMessage(5);
        client.Get(7); // it may have crossed the GOAWAY
        Assert.Equal(200, client.ReadMessage(7).Status);
        client.Get(9);
        Assert.Equal(200, client.ReadMessage(9).Status);
        client.Wire.ReadToEnd();
        Assert.Equal(5, origin.RequestCount);
    }

    [Theory]
    [InlineData("timeout http-keep-alive 200ms", false)]
    [InlineData("", true)]
    public void A_client_that_was_asked_to_leave_is_not_waited_for_long(string frontend, bool isStopped)
    {
        Proxy proxy = StartHttp2(NewAnsweringOrigin().Address, "tune.h2.fe.max-total-streams 1", frontend);
        using Http2Wire client = Client(proxy);
        client.Get(1);
        Http2Frame frame = client.Read();
        while (frame.Type != FrameType.GoAway) frame = client.Read();
        client.ReadMessage(1);
        if (isStopped) proxy.SkipEndChecks = true;
        if (isStopped) proxy.Signal(10);
        client.Wire.ReadToEnd();
        if (isStopped) Assert.Equal(0, proxy.WaitForExit());
    }

    [Fact]
    public void A_client_that_does_not_leave_when_it_was_asked_is_made_to()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartHttp2(
            origin.Address, global: "tune.h2.fe.max-total-streams 3\n    tune.h2.fe.max-concurrent-streams 2");
        using Http2Wire client = Client(proxy);
        for (uint stream = 1; stream < 20; stream += 2) client.Get(stream);
        Http2Frame frame = client.Read();
        while (frame.Type != FrameType.GoAway || frame.Error == Http2Error.None) frame = client.Read();
        Assert.Equal(Http2Error.EnhanceYourCalm, frame.Error);
        client.Wire.ReadToEndOrReset();
        using Http2Wire other = Client(proxy);
        other.ExpectAlive();
    }
}
