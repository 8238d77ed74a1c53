using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Peers that never read: what they do not take stays with its sender (THREATS.md E13).</summary>
public sealed partial class UnreadOutputTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const int Peers = 120;

    /// <summary>Bytes in buffers for each, at most: about one each way, and one of records.</summary>
    private const int BytesEach = 64 * 1024;

    /// <summary>What the thread keeps at hand to receive into, at most.</summary>
    private const int BytesOfThread = (64 * 256 * 1024) + (2048 * 4096);

    private static readonly byte[] Zeros = new byte[64 * 1024];

    [Theory]
    [InlineData("http", "Content-Length: 1000000000\r\n")]
    [InlineData("http", "Transfer-Encoding: chunked\r\n")]
    [InlineData("http", "")]
    [InlineData("tcp", "")]
    [InlineData("h2", "Content-Length: 1000000000\r\n")]
    [InlineData("h2", "Transfer-Encoding: chunked\r\n")]
    public void A_client_that_never_reads_is_held_little_for(string mode, string framing)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartSmall(origin, mode);
        List<Socket> servers = [];
        for (int i = 0; i < Peers; i++)
        {
            Wire client = Bench.Own(proxy.Connect("fe"));
            if (mode == "h2")
            {
                Http2Wire wire = Http2Wire.Client(client, (SettingId.InitialWindowSize, int.MaxValue));
                wire.Window(0, 0x7f000000);
                wire.Get(1, "/");
            }
            else
            {
                client.Send(Get());
            }
            Wire server = origin.Accept();
            server.ReadHead();
            server.Send($"HTTP/1.1 200 OK\r\n{framing}\r\n" + (framing.StartsWith('T') ? "ffffffff\r\n" : ""));
            servers.Add(server.Socket);
        }
        ExpectLittleHeld(proxy, servers);
    }

    [Theory]
    [InlineData("http", "Content-Length: 1000000000\r\n")]
    [InlineData("http", "Transfer-Encoding: chunked\r\n")]
    [InlineData("tcp", "")]
    public void A_server_that_never_reads_is_held_little_for(string mode, string framing)
    {
        Origin origin = NewOrigin();
        Proxy proxy = StartSmall(origin, mode);
        List<Socket> clients = [];
        for (int i = 0; i < Peers; i++)
        {
            Wire client = Bench.Own(proxy.Connect("fe"));
            client.Send($"POST / HTTP/1.1\r\nHost: h\r\n{framing}\r\n" + (framing.StartsWith('T') ? "ffffffff\r\n" : ""));
            origin.Accept();
            clients.Add(client.Socket);
        }
        ExpectLittleHeld(proxy, clients);
    }

    /// <summary>The kernel's buffers are small, so that little has to be sent until they are full.</summary>
    private Proxy StartSmall(Origin origin, string mode) => StartApi($"""
        {(mode == "tcp" ? TcpDefaults : HttpDefaults)}
        frontend fe
            bind <fe> {(mode == "h2" ? "proto h2" : "")}
            default_backend be
        backend be
            server s1 {origin.Address}

        """, $"nbthread 1\nmaxconn {Peers + 100}\ntune.sndbuf.client 65536\ntune.sndbuf.server 65536\n");

    private void ExpectLittleHeld(Proxy proxy, List<Socket> senders)
    {
        foreach (Socket sender in senders) sender.Blocking = false;
        int quiet = 0;
        proxy.WaitUntil(
            () =>
            {
                quiet = senders.Sum(FillUp) > 0 ? 0 : quiet + 1;
                return quiet >= 3 && BytesInBuffers() <= (Peers * BytesEach) + BytesOfThread;
            },
            "nothing more to be taken, and little to be held");
    }

    private static int FillUp(Socket sender)
    {
        int total = 0;
        for (int sent; (sent = sender.Send(Zeros, SocketFlags.None, out SocketError error)) > 0 && error == SocketError.Success;)
            total += sent;
        return total;
    }

    private long BytesInBuffers() => Allocated().Matches(Say("show pools"))
        .Sum(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Pool buffer\S* .*allocated \((\d+) bytes\)")]
    private static partial Regex Allocated();
}
