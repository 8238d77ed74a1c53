using System.Linq;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Servers that change their mind while requests are under way (RFC 9113 sections 6.5, 6.8 and 8.1).</summary>
public sealed class Http2OddServerTests(ITestOutputHelper output) : Http2HostileServerTest(output)
{
    /// <summary>Interim answers are bounded by nothing in the protocol: by us, and only while nobody takes them.</summary>
    [Fact]
    public void Interim_answers_without_end_fill_no_memory()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        long before = proxy.ResidentKb;
        byte[] many = Times(1_000, Head(Whole, ":status: 103", "link: x"));
        try
        {
            for (int i = 0; i < 2_000; i++) server.Wire.Send(many);
        }
        catch (WireException)
        {
            // It was told to stop, and then left.
        }
        OthersAreServed(proxy);
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 24_000);
        Assert.Contains("HTTP/1.1 103", client.ReadText(400));
    }

    [Fact]
    public void Interim_answers_of_HTTP_1_without_end_wait_at_the_server()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        long before = proxy.ResidentKb;
        const string interim = "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n";
        server.SendUntilBlocked(Wire.Encoding.GetBytes(string.Concat(Enumerable.Repeat(interim, 1_000))), 200_000_000);
        Assert.InRange(proxy.ResidentKb - before, -1_000_000, 24_000);
        for (int i = 0; i < 40_000; i++) Assert.Equal(interim, client.ReadText(interim.Length));
    }

    /// <summary>What it answers it did process, whatever its GOAWAY says.</summary>
    [Fact]
    public void A_GOAWAY_behind_the_head_of_an_answer_does_not_cut_it()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        server.Wire.Send([.. Head(Whole, ":status: 200", "content-length: 4"), .. Body("ab")]);
        client.ReadHead();
        server.GoAway(0).Data(1, "cd", ends: true);
        Assert.Equal("abcd", client.ReadText(4));
        server.Wire.ReadToEndOrReset();
        ExpectLine(proxy, "200 -- 0");
    }

    /// <summary>Those below its last stream are answered, those above go elsewhere.</summary>
    [Fact]
    public void A_GOAWAY_sends_away_what_it_names_alone()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always");
        Wire warm = proxy.Connect("fe").Send(Get("/warm"));
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        server.Headers(1, true, ":status: 204");
        warm.ReadResponse();
        Wire[] clients = new Wire[3];
        for (uint i = 0; i < 3; i++)
        {
            clients[i] = proxy.Connect("fe").Send(Get($"/{i}"));
            server.ReadOf(3 + (2 * i));
        }
        server.GoAway(5);
        using Http2Wire other = Accept(origin);
        Assert.Equal("/2", ReadRequest(other)[":path"]);
        other.Headers(1, true, ":status: 202");
        server.Headers(5, true, ":status: 201").Headers(3, true, ":status: 200");
        Assert.Equal([200, 201, 202], clients.Select(c => c.ReadResponse().Status));
        server.Wire.ReadToEndOrReset();
    }

    /// <summary>RFC 9113 section 6.9.2: a smaller window may make that of a stream negative.</summary>
    [Fact]
    public void A_window_that_shrinks_under_way_is_kept_to()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        string body = new('b', 1_000);
        Wire client = proxy.Connect("fe").Send(Request("POST", "/", "Content-Length: 1000"));
        using Http2Wire server = Accept(origin, (SettingId.InitialWindowSize, 100));
        ReadRequest(server);
        client.Send(body);
        Assert.Equal(100, server.ReadOf(1).Payload.Length);
        server.SendSettings((SettingId.InitialWindowSize, 10)); // 90 less than nothing
        server.ExpectAlive();
        server.Window(1, 95);
        Assert.Equal(5, server.ReadOf(1).Payload.Length);
        server.SendSettings((SettingId.InitialWindowSize, 100_000));
        int rest = 0;
        Http2Frame frame;
        do
        {
            frame = server.ReadOf(1);
            if (frame.Type == FrameType.Data) rest += frame.Payload.Length;
        }
        while (!frame.Ends);
        Assert.Equal(895, rest);
        server.Headers(1, true, ":status: 204");
        Assert.Equal(204, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_limit_of_streams_that_comes_under_way_is_kept_to(uint most)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, "http-reuse always");
        Wire first = proxy.Connect("fe").Send(Get("/0"));
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        server.SendSettings((SettingId.MaxConcurrentStreams, most)).ExpectAlive();
        Wire second = proxy.Connect("fe").Send(Get("/1"));
        using Http2Wire other = Accept(origin);
        Assert.Equal("/1", ReadRequest(other)[":path"]);
        other.Headers(1, true, ":status: 201");
        server.Headers(1, true, ":status: 200");
        Assert.Equal(200, first.ReadResponse().Status);
        Assert.Equal(201, second.ReadResponse().Status);
    }

    /// <summary>We never take pushes, so that whether a server says that it could send any is no matter.</summary>
    [Theory]
    [InlineData(SettingId.EnablePush, 0)]
    [InlineData(SettingId.EnablePush, 1)]
    [InlineData(SettingId.MaxHeaderListSize, 1)]
    [InlineData(SettingId.HeaderTableSize, 0)]
    [InlineData(SettingId.HeaderTableSize, uint.MaxValue)]
    [InlineData((SettingId)99, 1)]
    public void Settings_that_do_not_concern_us_are_read_over(SettingId id, uint value)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin, (id, value));
        ReadRequest(server);
        server.Wire.Send(GoodAnswer);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    /// <summary>Manual section 3.2, tune.h2.be.glitches-threshold: asked to leave at three quarters, left at all.</summary>
    [Fact]
    public void A_server_of_many_glitches_is_left()
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin, global: "tune.h2.be.glitches-threshold 100");
        Wire client = proxy.Connect("fe").Send(Get());
        using Http2Wire server = Accept(origin);
        ReadRequest(server);
        server.Wire.Send([.. Head(Whole, ":status: 200"), .. Times(80, Body(""))]);
        client.ReadHead();
        Http2Frame leave = server.Read();
        while (leave.Type != FrameType.GoAway) leave = server.Read();
        Assert.Equal(Http2Error.None, leave.Error);
        server.Wire.Send(Times(30, Body("")));
        server.ExpectGoAway(Http2Error.EnhanceYourCalm);
        client.ReadToEnd();
        ExpectLine(proxy, "200 SD 0");
        OthersAreServed(proxy);
    }

    /// <summary>A preface of HTTP/2 is answered by something else, or by nothing.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("\0\0\u0008\u0006\0\0\0\0\0abcdefgh")]
    [InlineData("")]
    public void A_server_that_speaks_no_HTTP_2_is_a_502(string says)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartTo(origin);
        Wire client = proxy.Connect("fe").Send(Get());
        Wire server = origin.Accept();
        server.ReadText(24);
        if (says.Length > 0) server.Send(says);
        else server.Close();
        Assert.Equal(502, client.ReadResponse().Status);
        ExpectLine(proxy, "502 SH 0");
        OthersAreServed(proxy);
    }
}
