using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>A listening socket whose connections a test accepts and scripts one by one.</summary>
public sealed class Origin : IDisposable
{
    private readonly Socket listener;
    private readonly List<Wire> accepted = [];
    private readonly string name;

    public Origin(string name = "origin", string? unixPath = null)
    {
        this.name = name;
        EndPoint at = unixPath is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(
            unixPath);
        listener = unixPath is null
            ? new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            : new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(at);
        listener.Listen(1024);
        Address = unixPath is null ? $"127.0.0.1:{Port}" : $"unix@{unixPath}";
    }

    /// <summary>As a server line of the configuration wants it.</summary>
    public string Address { get; }

    public int Port => (listener.LocalEndPoint as IPEndPoint)?.Port ?? 0;

    public int AcceptedCount => accepted.Count;

    public Wire Accept(int timeoutMs = 5_000)
    {
        if (!listener.Poll(timeoutMs * 1000, SelectMode.SelectRead))
            throw new WireException($"{name}: no connection came in");
        Wire wire = new(listener.Accept(), $"{name}#{accepted.Count}");
        accepted.Add(wire);
        return wire;
    }

    /// <summary>A connection waits to be accepted, or comes in a moment.</summary>
    public bool HasConnection(int withinMs = 120) => listener.Poll(withinMs * 1000, SelectMode.SelectRead);

    public void ExpectNoConnection(int forMs = 120)
    {
        if (HasConnection(forMs))
            throw new WireException($"{name}: a connection came in where none was expected");
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (Wire wire in accepted)
            wire.Dispose();
    }
}
