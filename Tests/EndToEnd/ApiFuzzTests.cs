using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Whatever a connection of the Runtime API says, nothing fails inside and the others are served.</summary>
public sealed class ApiFuzzTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const int Connections = 150;

    /// <summary>Waiting is left out: it would only take time. So is what ends the proxies that the test speaks to.</summary>
    private static readonly string[] Words =
    [
        "show", "set", "add", "del", "get", "clear", "enable", "disable", "server", "backend", "frontend", "map", "acl",
        "table", "stat", "info", "sess", "servers", "state", "conn", "errors", "env", "var", "weight", "maxconn", "addr",
        "port", "health", "agent", "check-addr", "check-port", "agent-addr", "agent-send", "fqdn", "name", "ssl", "cert",
        "ca-file", "crl-file", "crt-list", "tls-keys", "counters", "all", "typed", "json", "desc", "up", "no-maint",
        "prepare", "commit", "abort", "new", "key", "data.gpc0", "data.http_req_rate", "gt", "rate-limit", "sessions",
        "global", "timeout", "cli", "profiling", "tasks", "on", "off", "prompt", "i", "n", "p", "timed", "help", "echo",
        "operator", "expert-mode", "experimental-mode", "severity-output", "number", "string", "publish", "unpublish",
        "dynamic-cookie", "dynamic-cookie-key", "be", "be/s1", "be/s2", "be/n1", "fe", "#1", "#2/#1", "@1", "<list>",
        "127.0.0.1", "127.0.0.1:1", "::1", "0", "-1", "1", "257", "50%", "99999999999999999999", "0x1", "0x", "proc.x",
        "int(3)", "str(a),lower", "weight", "check", "inter", "1s", "cookie", "id", "track", "backup", "older", "server",
        "show-uri", "domain", "proxy", "<<", "<<END", ";", ";;", "\\", "\\;", "\\ ", "'", "\"", "$HOME", "%s", "\t",
    ];

    /// <summary>Some never read, some end in the middle of a command or of an answer.</summary>
    [Fact]
    public void Two_hundred_at_once_hold_nothing_up_and_leave_nothing_behind()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = StartApi(
            $"{Simple(origin)}\nbackend many\n server-template s 3000 127.0.0.1:1\n", "stats timeout 1m\nstats maxconn 300");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
        int before = proxy.Descriptors;
        Random random = new(1);
        Socket[] sockets = new Socket[200];
        for (int i = 0; i < sockets.Length; i++)
        {
            sockets[i] = Open();
            sockets[i].Send((i % 5) switch
            {
                0 => "show stat json\n"u8.ToArray(),
                1 => "add map x <<\nkey value\n"u8.ToArray(),
                2 => "show inf"u8.ToArray(),
                3 => "show servers state many\n"u8.ToArray(),
                _ => Noise(random),
            });
            if (i % 10 > 0) continue;
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
        Assert.Contains("3.5-", Say("show version"), StringComparison.Ordinal);
        proxy.WaitUntil(() => proxy.Descriptors >= before + (sockets.Length / 2), "they are served at once");
        foreach (Socket socket in sockets) socket.Dispose();
        // What runs for the first time may open a library and keep it.
        proxy.WaitUntil(() => proxy.Descriptors <= before + 4, "all are let go of");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_that_is_said_fails_inside(int seed)
    {
        string list = Path.Combine(Bench.Directory, "list");
        File.WriteAllText(list, "a b\n");
        Proxy proxy = StartApi($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
                http-request deny if { path,map({{list}}) -m found }
                http-request track-sc0 src table be
                default_backend be
            backend be
                stick-table type ip size 1k store gpc0,http_req_rate(10s)
                server s1 127.0.0.1:1 check inter 1h
                server s2 127.0.0.1:1 disabled
            """, "stats timeout 1m");
        proxy.AlertsAllowed = true; // backends lose their servers
        Random random = new(seed);
        using Socket other = Open();
        for (int i = 0; i < Connections; i++)
        {
            byte[] said = i % 5 == 0 ? Noise(random) : Encoding.Latin1.GetBytes(Lines(random).Replace("<list>", list));
            string answer = Exchange(said, random);
            Assert.False(
                answer.Contains("Internal error", StringComparison.Ordinal), $"{Encoding.Latin1.GetString(said)}\n=> {answer}");
            if (i % 25 == 0) Assert.Contains("3.5", AskOn(other, i == 0 ? "prompt i;show version\n" : "show version\n"));
        }
        Assert.Contains("3.5", Say("show version"));
    }

    [Fact]
    public void Lines_and_payloads_that_never_end_take_bounded_memory()
    {
        StartApi($"{HttpDefaults}\nfrontend fe\n bind <fe>\n http-request return status 200\n");
        byte[] much = new byte[4 << 20];
        Array.Fill(much, (byte)'x');
        Assert.Contains("The command line is too big for the buffer size", Flood(much));
        Encoding.Latin1.GetBytes("set ssl cert a <<\n").CopyTo(much, 0);
        Assert.Contains("The payload is too big for 'tune.cli.max-payload-size'", Flood(much));
        Assert.Contains("3.5", Say("show version"));
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 40_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Lines(Random random)
    {
        StringBuilder text = new();
        for (int line = random.Next(1, 8); line > 0; line--)
        {
            for (int word = random.Next(0, random.Next(20) == 0 ? 90 : 8); word > 0; word--)
                text.Append(Words[random.Next(Words.Length)]).Append(random.Next(10) == 0 ? "" : " ");
            text.Append(random.Next(8) == 0 ? "" : "\n");
        }
        return text.ToString();
    }

    private Socket Open()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    /// <summary>Says it in pieces, ends its side, and reads what there is to read.</summary>
    private string Exchange(byte[] said, Random random)
    {
        using Socket socket = Open();
        try
        {
            for (int at = 0; at < said.Length;)
                at += socket.Send(said, at, Math.Min(random.Next(1, said.Length + 1), said.Length - at), SocketFlags.None);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Closed for what was said before; the answer is there all the same.
        }
        return ReadAll(socket);
    }

    private string Flood(byte[] said)
    {
        using Socket socket = Open();
        socket.SendTimeout = 10_000;
        try
        {
            for (int at = 0; at < said.Length;) at += socket.Send(said, at, Math.Min(65536, said.Length - at), SocketFlags.None);
        }
        catch (SocketException)
        {
            // It need not read on.
        }
        return ReadAll(socket);
    }

    private static string ReadAll(Socket socket)
    {
        using MemoryStream answer = new();
        byte[] part = new byte[65536];
        try
        {
            for (int count; (count = socket.Receive(part)) > 0;) answer.Write(part, 0, count);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A close with bytes that nobody read.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private static string AskOn(Socket socket, string command)
    {
        socket.Send(Encoding.Latin1.GetBytes(command));
        StringBuilder answer = new();
        byte[] part = new byte[4096];
        while (!answer.ToString().Contains("3.5", StringComparison.Ordinal) || !answer.ToString().EndsWith("\n\n", StringComparison.Ordinal))
        {
            int count = socket.Receive(part);
            if (count == 0) break;
            answer.Append(Encoding.Latin1.GetString(part, 0, count));
        }
        return answer.ToString();
    }
}
