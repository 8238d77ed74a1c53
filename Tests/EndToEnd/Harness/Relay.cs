using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// Stands between one client and the proxy: passes the bytes on in pieces, and lets a test add some of its
/// own.
/// </summary>
public sealed class Relay : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int piece;
    private Socket? client;

    /// <param name="port">The proxy's port.</param>
    /// <param name="piece">Bytes passed to the proxy in one segment at most.</param>
    public Relay(int port, int piece = int.MaxValue)
    {
        this.piece = piece;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        server.NoDelay = true;
        server.Connect(IPAddress.Loopback, port);
        new Thread(Pass) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Sends bytes to the proxy that the client did not send.</summary>
    public void Inject(string text) => server.Send(Wire.Encoding.GetBytes(text));

    public void Dispose()
    {
        listener.Dispose();
        server.Dispose();
        client?.Dispose();
    }

    private void Pass()
    {
        try
        {
            client = listener.Accept();
            client.NoDelay = true;
            new Thread(() => Copy(server, client, int.MaxValue)) { IsBackground = true }.Start();
            Copy(client, server, piece);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static void Copy(Socket from, Socket to, int piece)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (from.Receive(buffer) is var count && count > 0)
            {
                for (int at = 0; at < count;)
                    at += to.Send(buffer.AsSpan(at, Math.Min(piece, count - at)));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
