using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>TCP mode: every byte, every half-close, in both directions.</summary>
public sealed class TcpModeTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void Bytes_pass_unchanged_in_both_directions()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        string all = new([.. Enumerable.Range(0, 256).Select(i => (char)i)]);
        for (int i = 0; i < 3; i++)
        {
            client.Send(all);
            Assert.Equal(all, server.ReadText(256));
            server.Send(all);
            Assert.Equal(all, client.ReadText(256));
        }
    }

    [Fact]
    public void The_server_may_speak_first()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        server.Send("220 ready\r\n");
        Assert.Equal("220 ready\r\n", client.ReadText(11));
        client.SendSlowly("EHLO x\r\n");
        Assert.Equal("EHLO x\r\n", server.ReadText(8));
    }

    [Fact]
    public void A_half_close_of_the_client_passes_and_the_answer_still_comes()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("question").HalfClose();
        Assert.Equal("question", server.ReadToEnd());
        client.ExpectSilence(60);
        server.Send("answer");
        Assert.Equal("answer", client.ReadText(6));
        server.HalfClose();
        client.ExpectEnd();
    }

    [Fact]
    public void A_half_close_of_the_server_passes_and_the_client_may_go_on()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        server.Send("hello").HalfClose();
        Assert.Equal("hello", client.ReadToEnd());
        client.Send("more");
        Assert.Equal("more", server.ReadText(4));
        client.HalfClose();
        server.ExpectEnd();
    }

    [Fact]
    public void Fifty_megabytes_pass_both_ways_at_once()
    {
        const int total = 50 << 20;
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        byte[] data = RandomNumberGenerator.GetBytes(total);
        byte[] other = RandomNumberGenerator.GetBytes(total);
        SideThread<bool> up = Aside(() => { client.Send(data).HalfClose(); });
        SideThread<bool> down = Aside(() => { server.Send(other).HalfClose(); });
        SideThread<byte[]> atServer = Aside(() => SHA256.HashData(server.ReadBytes(total)));
        Assert.Equal(SHA256.HashData(other), SHA256.HashData(client.ReadBytes(total)));
        Assert.Equal(SHA256.HashData(data), atServer.Join());
        up.Join();
        down.Join();
        client.ExpectEnd();
        server.ExpectEnd();
    }

    [Fact]
    public void A_reset_of_the_client_ends_the_server_side()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        client.Reset();
        server.ExpectReset();
    }

    [Fact]
    public void A_reset_of_the_server_ends_the_client_side()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        server.Send("x");
        client.ReadText(1);
        server.Reset();
        client.ExpectGone();
    }

    [Fact]
    public void A_server_that_is_down_closes_the_client()
    {
        Proxy proxy = Start($"""
            {TcpDefaults}
            listen fe
                bind <fe>
                retries 0
                server s1 <down>
            """);
        Wire client = proxy.Connect("fe");
        client.Send("hello");
        client.ExpectGone();
    }

    [Fact]
    public void A_server_that_never_reads_costs_no_memory()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        long before = proxy.ResidentKb;
        long sent = client.SendUntilBlocked(new byte[64 * 1024], 1L << 30);
        Assert.True(sent < 64 << 20, $"{sent} bytes were taken from the client");
        Assert.InRange(proxy.ResidentKb - before, -1 << 20, 24 << 10);
    }

    [Fact]
    public void A_client_that_leaves_at_once_leaves_nothing_behind()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin));
        for (int i = 0; i < 20; i++)
        {
            Wire client = proxy.Connect("fe");
            if (i % 2 == 0)
                client.Reset();
            else
                client.Close();
        }
    }

    [Fact]
    public void Timeouts_close_both_sides_when_nothing_moves()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Relay(origin, "timeout client 300ms\ntimeout server 300ms"));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send("x");
        server.ReadText(1);
        client.ExpectSilence(120);
        client.ExpectEnd();
        server.ExpectEnd();
    }

    [Theory]
    [InlineData("timeout client 100ms\ntimeout server 8s\ntimeout tunnel 400ms", "cD", 400)]
    [InlineData("timeout client 8s\ntimeout server 200ms", "sD", 200)]
    [InlineData("timeout client 200ms\ntimeout server 8s", "cD", 200)]
    public void A_session_in_which_nobody_ever_speaks_is_timed_all_the_same(string timeouts, string end, int leastMs)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start("global\nlog stdout format raw local0\n"
            + Relay(origin, timeouts + "\nlog global\nlog-format \"%ts %Tt\""));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.ExpectEnd();
        server.ExpectEnd();
        string[] words = proxy.Output.WaitForCount(1)[0].Split(' ');
        Assert.Equal(end, words[0]);
        Assert.InRange(int.Parse(words[1], CultureInfo.InvariantCulture), leastMs - 10, int.MaxValue);
    }

    [Fact]
    public void What_a_server_that_ended_no_longer_takes_is_told()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start("global\nlog stdout format raw local0\n" + Relay(origin, "log global\nlog-format %ts"));
        Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        server.Send("bye").Close();
        Assert.Equal("bye", client.ReadToEnd());
        // Whoever is closed answers the first with a reset, which the second meets.
        client.Send("x");
        proxy.WaitUntil(() => SaysMore(client) && proxy.Output.Count > 0, "a line");
        Assert.Equal("SD", proxy.Output.WaitForCount(1)[0]);
    }

    private static bool SaysMore(Wire client)
    {
        try
        {
            client.Send("y");
        }
        catch (Exception gone) when (gone is WireException or System.Net.Sockets.SocketException or System.IO.IOException)
        {
            // The proxy went with the server: its line is there, or comes.
        }
        return true;
    }

    private static string Relay(Origin origin, string more = "") => $"""
        {TcpDefaults}
        listen fe
            bind <fe>
            {more}
            server s1 {origin.Address}

        """;
}
