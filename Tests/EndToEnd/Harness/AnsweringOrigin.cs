using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>An origin that answers by itself: one thread per connection, one call of the answer function per
/// request.</summary>
public sealed class AnsweringOrigin : IDisposable
{
    private readonly Socket listener;
    private readonly Func<HttpMessage, Wire, string> answer;
    private readonly ConcurrentDictionary<int, Wire> connections = new();
    private readonly ConcurrentQueue<(int Connection, HttpMessage Request)> requests = new();
    private readonly ConcurrentQueue<string> errors = new();
    private int connectionCount;
    private volatile bool closing;

    /// <summary>The answer function returns the bytes of the response; an empty answer closes the
    /// connection.</summary>
    public AnsweringOrigin(Func<HttpMessage, Wire, string>? answer = null)
    {
        this.answer = answer ?? ((_, _) => Ok("ok"));
        listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        new Thread(AcceptAll) { IsBackground = true }.Start();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public int ConnectionCount => Volatile.Read(ref connectionCount);

    public int RequestCount => requests.Count;

    public IReadOnlyList<(int Connection, HttpMessage Request)> Requests => [.. requests];

    /// <summary>What was malformed in what the proxy sent; tests expect none.</summary>
    public IReadOnlyList<string> Errors => [.. errors];

    /// <summary>Every byte that came in, connection by connection.</summary>
    public string Captured => string.Join(
        "\n----\n", connections.OrderBy(c => c.Key).Select(c => c.Value.Captured));

    public static string Ok(string body, string fields = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{fields}\r\n{body}";

    /// <summary>Drops all connections and forgets what came over them.</summary>
    public void Restart()
    {
        CloseConnections();
        connections.Clear();
        requests.Clear();
        errors.Clear();
    }

    public void CloseConnections()
    {
        foreach (Wire wire in connections.Values)
            wire.Close();
    }

    public void Dispose()
    {
        closing = true;
        listener.Dispose();
        CloseConnections();
    }

    private void AcceptAll()
    {
        while (!closing)
        {
            try
            {
                Socket socket = listener.Accept();
                int number = Interlocked.Increment(ref connectionCount);
                Wire wire = new(socket, $"origin#{number}");
                wire.Socket.ReceiveTimeout = 0;
                connections[number] = wire;
                new Thread(() => Serve(number, wire), 256 * 1024) { IsBackground = true }.Start();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Serve(int number, Wire wire)
    {
        try
        {
            while (wire.ReadRequestOrEnd() is { } request)
            {
                if (!connections.ContainsKey(number))
                    break;
                requests.Enqueue((number, request));
                string response = answer(request, wire);
                if (response.Length == 0)
                    break;
                wire.Send(response);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
        }
        catch (Exception e)
        {
            if (!closing && connections.ContainsKey(number))
                errors.Enqueue(e.Message);
        }
        wire.Close();
    }
}
