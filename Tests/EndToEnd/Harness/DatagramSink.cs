using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>A syslog server of one socket, UDP or unix: keeps each datagram as one line.</summary>
public sealed class DatagramSink : IDisposable
{
    private readonly Socket socket;

    public DatagramSink(string? unixPath = null)
    {
        if (unixPath is null)
        {
            socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Address = $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
        }
        else
        {
            socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Bind(new UnixDomainSocketEndPoint(unixPath));
            Address = unixPath;
        }
        new Thread(Receive) { IsBackground = true }.Start();
    }

    public string Address { get; }

    public LineCapture Datagrams { get; } = new();

    public void Dispose() => socket.Dispose();

    private void Receive()
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (true)
            {
                int n = socket.Receive(buffer);
                if (n > 0)
                    Datagrams.Add(Wire.Encoding.GetString(buffer, 0, n));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
