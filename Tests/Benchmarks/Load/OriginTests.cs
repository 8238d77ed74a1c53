using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Benchmarks.EndToEnd;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.Load;

public sealed class OriginTests : IDisposable
{
    private readonly Origin origin = new(0);
    private readonly Thread server;

    public OriginTests()
    {
        server = new Thread(origin.Run) { IsBackground = true };
        server.Start();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void TheBodyIsThePatternOfItsSize(int bytes) => Assert.Null(FirstAnswer.Ask(origin.Port, bytes));

    [Fact]
    public void ARequestMayComeByteByByte()
    {
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, origin.Port);
        client.NoDelay = true;
        NetworkStream stream = client.GetStream();
        foreach (byte one in Encoding.ASCII.GetBytes("POST /3 HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody"))
            stream.WriteByte(one);
        byte[] pattern = new byte[3];
        OriginPage.FillBody(pattern, 0);
        string answer = ReadUntil(stream, Encoding.ASCII.GetString(pattern));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Contains("\r\nContent-Length: 3\r\n", answer);
    }

    [Theory]
    [InlineData("GET /none HTTP/1.1\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\n\r\nGET /1 HTTP/1.1\r\n\r\n")]
    public void WhatItDoesNotServeEndsTheConnection(string request)
    {
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, origin.Port);
        client.Client.Send(Encoding.ASCII.GetBytes(request));
        byte[] received = new byte[1];
        try
        {
            Assert.Equal(0, client.Client.Receive(received));
        }
        catch (SocketException fault)
        {
            // Bytes that it had not read yet turn the close into a reset.
            Assert.Equal(SocketError.ConnectionReset, fault.SocketErrorCode);
        }
    }

    [Fact]
    public void TheSinkCountsWhatItDrops()
    {
        using LogSink sink = new(0);
        Thread receiver = new(sink.Run) { IsBackground = true };
        receiver.Start();
        using UdpClient sender = new();
        for (int i = 0; i < 10; i++)
            _ = sender.Send(Encoding.ASCII.GetBytes($"<134>line {i}"), "127.0.0.1", sink.Port);
        Assert.Equal(10, LogSink.Ask(sink.Port));
        sink.Stop();
        receiver.Join();
    }

    public void Dispose()
    {
        origin.Stop();
        server.Join();
        origin.Dispose();
    }

    private static string ReadUntil(Stream stream, string end)
    {
        StringBuilder text = new();
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            int one = stream.ReadByte();
            if (one < 0) throw new EndOfStreamException(text.ToString());
            _ = text.Append((char)one);
        }

        return text.ToString();
    }
}
