using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What goes wrong around a proxy: none of it may crash it, leak, or make it spin.</summary>
public sealed class FaultTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const int IdleConnections = 2_000;

    [Fact]
    public void A_port_in_use_is_an_alert_and_an_exit()
    {
        int port = Bench.Ports.Release("fe");
        using Socket holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, port));
        holder.Listen();
        Bench.WriteFile("used.cfg", $"{HttpDefaults}frontend fe\nbind <fe>\n");
        ProgramResult result = Bench.Run("-db", "-f", "<dir>/used.cfg");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches($@"(?m)^\[ALERT\]    \(\d+\) : .*fe.*127\.0\.0\.1:{port}", result.Errors);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_alert_and_an_exit()
    {
        // A directory where a file is wanted: even the superuser cannot read it.
        Directory.CreateDirectory(Path.Combine(Bench.Directory, "d.http"));
        Bench.WriteFile("bad.cfg", $"{HttpDefaults}errorfile 503 <dir>/d.http\nfrontend fe\nbind <fe>\n");
        ProgramResult result = Bench.Run("-db", "-f", "<dir>/bad.cfg");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[ALERT]", result.Errors);
        Assert.Contains("d.http", result.Errors);
    }

    [Fact]
    public void Without_descriptors_it_stops_accepting_and_recovers()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Bench.Start(
            "global\nnbthread 1\nno strict-limits\nmaxconn 1000\n" + Simple(origin), descriptorsMax: 120);
        proxy.AlertsAllowed = true;
        List<Wire> clients = [];
        for (int i = 0; i < 200; i++)
            clients.Add(proxy.Connect("fe"));
        Thread.Sleep(300);
        Assert.False(proxy.HasExited);
        long before = proxy.CpuMs;
        Thread.Sleep(300);
        Assert.InRange(proxy.CpuMs - before, 0, 200);
        foreach (Wire client in clients)
            client.Close();
        Wire after = Bench.Own(proxy.Connect("fe"));
        after.Send(Get());
        Assert.Equal(200, after.ReadResponse().Status);
    }

    [Fact]
    public void A_log_target_that_is_full_drops_lines_and_not_traffic()
    {
        // A unix datagram socket that nobody reads fills after a few lines.
        string path = Path.Combine(Bench.Directory, "full");
        using Socket full = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        full.Bind(new UnixDomainSocketEndPoint(path));
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"global\nlog {path} format raw local0\n"
            + Simple(origin, "log global\noption httplog"));
        proxy.AlertsAllowed = true;
        ServeMany(proxy, 500);
    }

    [Fact]
    public void A_log_target_that_goes_away_does_not_matter()
    {
        string path = Path.Combine(Bench.Directory, "gone");
        Socket target = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        target.Bind(new UnixDomainSocketEndPoint(path));
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"global\nlog {path} format raw local0\nlog 127.0.0.1:9 format raw local0\n"
            + Simple(origin, "log global\noption httplog"));
        proxy.AlertsAllowed = true;
        ServeMany(proxy, 20);
        target.Dispose();
        File.Delete(path);
        ServeMany(proxy, 200);
    }

    [Fact]
    public void A_standard_output_that_is_closed_or_full_does_not_matter()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        string configuration = Bench.WriteFile("out.cfg",
            "global\nlog stdout format raw local0\n" + Simple(origin, "log global\noption httplog"));
        // The shell's pipe is read by a sleeper that reads nothing and then goes.
        Proxy proxy = Bench.LaunchProgram("/bin/sh",
            ["-c", "exec \"$0\" -db -f \"$1\" > \"$2\"", ProgramUnderTest.Path, configuration, "/dev/full"]);
        proxy.AlertsAllowed = true;
        proxy.WaitUntilListening(["fe"]);
        ServeMany(proxy, 300);
    }

    [Fact]
    public void Thousands_of_idle_connections_cost_little_and_close_cleanly()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"global\nmaxconn {IdleConnections + 100}\n"
            + Simple(origin, "timeout http-keep-alive 20s", "http-reuse always"));
        ServeMany(proxy, 50);
        long before = proxy.ResidentKb;
        List<Wire> clients = [];
        for (int i = 0; i < IdleConnections; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
            clients.Add(client);
        }
        Assert.InRange(proxy.ResidentKb - before, -1 << 20, 64 << 10);
        long cpu = proxy.CpuMs;
        Thread.Sleep(200);
        Assert.InRange(proxy.CpuMs - cpu, 0, 120);
        for (int i = 0; i < clients.Count; i += 100)
        {
            clients[i].Send(Get());
            Assert.Equal(200, clients[i].ReadResponse().Status);
        }
    }

    public static TheoryData<string> ResetStates =>
    [
        "connected", "in request line", "in head", "after head", "in body", "after request", "in answer head",
        "in answer body", "in chunk size", "after answer", "in queue", "in tunnel", "both at once",
    ];

    [Theory]
    [MemberData(nameof(ResetStates))]
    public void A_reset_in_any_state_ends_that_connection_alone(string state)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start("global\nnbthread 1\n"
            + Simple(origin, server: state == "in queue" ? "maxconn 1" : ""));
        for (int round = 0; round < 3; round++)
        {
            Wire client = proxy.Connect("fe");
            Wire? server = Drive(state, proxy, origin, client);
            client.Reset();
            if (state == "both at once")
                server!.Reset();
            else if (server is not null && state is not "after answer" and not "in queue")
                server.ExpectGone();
            if (state == "in queue")
                server!.Reset();
        }
        ExpectServed(proxy, origin);
    }

    public static TheoryData<string> ServerResetStates =>
        ["accepted", "in request body", "in status line", "in head", "in body", "in chunk", "after answer",
            "in tunnel"];

    [Theory]
    [MemberData(nameof(ServerResetStates))]
    public void A_reset_by_the_server_in_any_state_ends_that_exchange_alone(string state)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start("global\nnbthread 1\n" + Simple(origin, backend: "retries 0"));
        for (int round = 0; round < 3; round++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(state switch
            {
                "in request body" => Request("POST", "/", "Content-Length: 100000") + "part",
                "in tunnel" => "CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\n\r\n",
                _ => Get(),
            });
            Wire server = origin.Accept();
            if (state != "accepted")
                server.ReadHead();
            server.Send(state switch
            {
                "in status line" => "HTTP/1.1 20",
                "in head" => "HTTP/1.1 200 OK\r\nContent-Le",
                "in body" => "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "in chunk" => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
                "after answer" => Ok,
                "in tunnel" => "HTTP/1.1 200 OK\r\n\r\n",
                _ => "",
            });
            if (state is "in body" or "in chunk" or "after answer" or "in tunnel")
                client.ReadHead();
            server.Reset();
            if (state == "after answer")
                Assert.Equal("ok", client.ReadText(2));
            else if (state is "in body" or "in chunk" or "in tunnel")
                client.ReadToEndOrReset();
            else
                Assert.Equal(502, client.ReadResponse().Status);
            client.Close();
        }
        ExpectServed(proxy, origin);
    }

    [Fact]
    public void A_server_that_is_unreachable_is_503_and_its_neighbour_serves()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            {HttpDefaults}
            timeout connect 100ms
            frontend fe
                bind <fe>
                use_backend down if {"{ path /down }"}
                default_backend be
            backend down
                retries 0
                server s1 <down>
            backend be
                server s1 {origin.Address}
            """);
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 5; i++)
        {
            client.Send(Get("/down"));
            Assert.Equal(503, client.ReadResponse().Status);
            client.Send(Get("/up"));
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }

    private Wire? Drive(string state, Proxy proxy, Origin origin, Wire client)
    {
        Wire server;
        switch (state)
        {
            case "connected":
                return null;
            case "in request line":
                client.Send("GET /");
                return null;
            case "in head":
                client.Send("GET / HTTP/1.1\r\nHost: h\r\nX-");
                return null;
            case "after head":
                client.Send(Request("POST", "/", "Content-Length: 10"));
                server = origin.Accept();
                server.ReadHead();
                return server;
            case "in body":
                client.Send(Request("POST", "/", "Content-Length: 10") + "abc");
                server = origin.Accept();
                server.ReadHead();
                server.ReadText(3);
                return server;
            case "in tunnel":
                client.Send("CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\n\r\n");
                server = origin.Accept();
                server.ReadHead();
                server.Send("HTTP/1.1 200 OK\r\n\r\n");
                client.ReadHead();
                return server;
            case "in queue":
                Wire first = proxy.Connect("fe");
                first.Send(Get("/first"));
                server = origin.Accept();
                server.ReadRequest();
                client.Send(Get("/queued"));
                Thread.Sleep(20);
                return server;
            default:
                client.Send(Get());
                server = origin.Accept();
                server.ReadRequest();
                break;
        }
        server.Send(state switch
        {
            "in answer head" => "HTTP/1.1 200 OK\r\nX-",
            "in answer body" => "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc",
            "in chunk size" => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1",
            "after answer" => Ok,
            _ => "",
        });
        if (state is "in answer body" or "in chunk size" or "after answer")
            client.ReadHead();
        return server;
    }

    private void ExpectServed(Proxy proxy, Origin origin)
    {
        Wire client = proxy.Connect("fe");
        client.Send(Get("/after"));
        while (true)
        {
            Wire server = origin.Accept();
            HttpMessage? request = null;
            try
            {
                request = server.ReadRequestOrEnd();
            }
            catch (SocketException)
            {
            }
            if (request is not { Target: "/after" })
                continue;
            server.Send(Ok);
            Assert.Equal(200, client.ReadResponse().Status);
            return;
        }
    }

    private static void ServeMany(Proxy proxy, int count)
    {
        using Wire client = proxy.Connect("fe");
        for (int i = 0; i < count; i++)
        {
            client.Send(Get());
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }
}
