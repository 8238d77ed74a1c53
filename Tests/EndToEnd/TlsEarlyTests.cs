using System;
using System.Linq;
using System.Net.Sockets;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Early data of clients (<c>allow-0rtt</c>), and what a replay of it can do.</summary>
public sealed class TlsEarlyTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate A = TestCertificate.Make(["a.test"]);

    private const string Told = "\"[%[var(txn.early)] %[ssl_fc_has_early] %[ssl_fc_early_rcvd] %[ssl_fc_is_resumed]]\"";

    [SkippableTheory]
    [InlineData("allow-0rtt", "/own", "[1 1 1 1]")]
    [InlineData("allow-0rtt no-tls-tickets", "/own", "[1 1 1 1]")]
    [InlineData("allow-0rtt", "/wait/own", "[1 0 1 1]")]
    [InlineData("allow-0rtt verify optional ca-file <dir>/a.pem", "/own", "[1 1 1 1]")]
    [InlineData("crt-list <dir>/list", "/own", "[1 1 1 1]")]
    public void A_request_in_early_data_is_answered_before_or_after_the_handshake(string words, string target, string told)
    {
        Start(words);
        EarlyClient client = new(Bench);
        Assert.Contains("[0 0 0 0]", client.Begin(Bench.Ports["fe"], Close("/own")));
        for (int i = 0; i < 2; i++)
        {
            string answer = client.Resume(Bench.Ports["fe"], Close(target));
            Assert.Contains("Early data was accepted", answer);
            Assert.Contains(told, answer);
        }
    }

    [SkippableTheory]
    [InlineData("/", "1")]
    [InlineData("/wait", null)]
    public void Servers_are_told_of_what_may_be_a_replay(string target, string? told)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok($"<{request["early-data"]}>"));
        Start("allow-0rtt", origin.Address);
        EarlyClient client = new(Bench);
        client.Begin(Bench.Ports["fe"], Close("/own"));
        Assert.Contains($"<{told}>", client.Resume(Bench.Ports["fe"], Close(target)));
    }

    [SkippableFact]
    public void A_request_may_begin_early_and_end_later()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok($"<{request.Text}>"));
        Start("allow-0rtt", origin.Address);
        EarlyClient client = new(Bench);
        client.Begin(Bench.Ports["fe"], Close("/own"));
        string head = "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 10\r\n\r\n";
        Assert.Contains("<1234567890>", client.Resume(Bench.Ports["fe"], head + "12345", "67890"));
        string big = new('x', 12_000);
        head = $"POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: {big.Length}\r\n\r\n";
        Assert.Contains($"<{big}>", client.Resume(Bench.Ports["fe"], head + big));
    }

    [SkippableFact]
    public void A_client_whose_early_data_is_refused_can_ask_again()
    {
        Start("");
        EarlyClient client = new(Bench);
        client.Begin(Bench.Ports["fe"], Close("/own"));
        string answer = client.Resume(Bench.Ports["fe"], Close("/own"), Close("/own"));
        Assert.Contains("[0 0 0 1]", answer);
        Assert.DoesNotContain("[1 1", answer);
    }

    [SkippableFact]
    public void A_replayed_flight_gets_nowhere_behind_wait_for_handshake()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("allow-0rtt", origin.Address);
        EarlyClient client = new(Bench);
        client.Begin(Bench.Ports["fe"], Close("/own"));
        byte[] safe = client.FirstFlight(Close("/wait/safe"));
        byte[] open = client.FirstFlight(Close("/open"));
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        using Socket replayed = Send(safe);
        using Socket taken = Send(open);
        // The second shows that flights work at all, and is behind the first.
        proxy.WaitUntil(() => origin.Requests.Any(seen => seen.Request.Target == "/open"), "the request nobody protects");
        Assert.Equal(200, other.Send(Get("/other")).ReadResponse().Status);
        replayed.Shutdown(SocketShutdown.Send);
        proxy.Output.WaitFor("/wait/safe");
        Assert.DoesNotContain(origin.Requests, seen => seen.Request.Target == "/wait/safe");
        Assert.Contains(origin.Requests, seen => seen.Request.Target == "/open" && seen.Request["early-data"] == "1");
    }

    [SkippableFact]
    public void Early_data_without_an_end_of_the_handshake_is_ended_by_its_timeout()
    {
        Proxy proxy = Start("allow-0rtt", timeouts: "timeout client 300ms\n    timeout http-request 300ms");
        EarlyClient client = new(Bench);
        client.Begin(Bench.Ports["fe"], Close("/own"));
        byte[] waiting = client.FirstFlight(Close("/wait/own"));
        byte[] answered = client.FirstFlight(Close("/own"));
        using Socket one = Send(waiting);
        using Socket two = Send(answered);
        Drain(one);
        Drain(two);
        using TlsWire other = TlsWire.Connect(Bench.Ports["fe"]);
        Assert.Equal(200, other.Send(Get("/own")).ReadResponse().Status);
        Assert.False(proxy.HasExited);
    }

    [SkippableFact]
    public void Http2_streams_come_early_too_and_wait_each_for_itself()
    {
        Start("allow-0rtt");
        EarlyClient client = new(Bench, "h2");
        client.Begin(Bench.Ports["fe"], Http2("/own") + GoAway);
        string answer = client.Resume(Bench.Ports["fe"], Http2("/own", "/wait/own"), GoAway);
        Assert.Contains("[1 1 1 1]", answer);
        Assert.Contains("[1 0 1 1]", answer);
    }

    private static string GoAway => "\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\0";

    private static string Close(string target) => Get(target, "Connection: close");

    /// <summary>A preface and a stream for each target.</summary>
    private static string Http2(params string[] targets)
    {
        string text = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
        for (int i = 0; i < targets.Length; i++)
        {
            string block = $"\x82\x87\x04{(char)targets[i].Length}{targets[i]}\x41\x01h";
            text += $"\0\0{(char)block.Length}\x01\x05\0\0\0{(char)((i * 2) + 1)}{block}";
        }
        return text;
    }

    private Socket Send(byte[] flight)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 6_000 };
        socket.Connect("127.0.0.1", Bench.Ports["fe"]);
        socket.Send(flight);
        return socket;
    }

    private static void Drain(Socket socket)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (socket.Receive(buffer) > 0) { }
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
    }

    private Proxy Start(string words, string origin = "127.0.0.1:1", string timeouts = "")
    {
        Bench.WriteFile("a.pem", A.Pem);
        Bench.WriteFile("list", "<dir>/a.pem [allow-0rtt]\n");
        string certificate = words.StartsWith("crt-list", StringComparison.Ordinal) ? "" : "crt <dir>/a.pem";
        return base.Start($$"""
            global
                nbthread 1
                log stdout format raw local0
            {{HttpDefaults}}
                {{timeouts}}
            frontend fe
                bind <fe> ssl {{certificate}} {{words}}
                log global
                option httplog
                http-request set-var(txn.early) ssl_fc_has_early
                http-request wait-for-handshake if { path_beg /wait }
                http-request return status 200 content-type text/plain lf-string {{Told}} if { path_end /own }
                default_backend be
            backend be
                server s1 {{origin}}

            """);
    }
}
