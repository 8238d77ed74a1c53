using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// Free ports by name. A port stays reserved by a socket that is bound but never listens: a program that
/// binds with
/// SO_REUSEPORT can join it and gets all connections, nobody else can take it, and while nothing listens
/// connects are refused.
/// </summary>
public sealed class PortBook : IDisposable
{
    // Below the range from which the kernel takes ports for outgoing connections.
    private const int Lowest = 10_240;
    private const int Highest = 32_000;
    private const int Tries = 1_000;

    // The probe alone does not tell: Socket.Bind sets SO_REUSEADDR, with which two may share a port that nobody listens on.
    private static readonly HashSet<int> taken = [];

    private readonly Dictionary<string, (int Port, Socket Holder)> ports = [];

    public int this[string name]
    {
        get
        {
            lock (ports)
            {
                if (!ports.TryGetValue(name, out (int Port, Socket Holder) entry))
                    ports[name] = entry = Reserve();
                return entry.Port;
            }
        }
    }

    public bool Holds(int port)
    {
        lock (ports)
            return ports.Values.Any(entry => entry.Port == port);
    }

    /// <summary>Gives the port up, for a test that binds it itself.</summary>
    public int Release(string name)
    {
        int port = this[name];
        lock (ports)
            ports[name].Holder.Dispose();
        return port;
    }

    public void Dispose()
    {
        lock (ports)
        {
            foreach ((int port, Socket holder) in ports.Values)
            {
                holder.Dispose();
                lock (taken) taken.Remove(port);
            }
        }
    }

    private static (int Port, Socket Holder) Reserve()
    {
        for (int i = 0; i < Tries; i++)
        {
            int port = Random.Shared.Next(Lowest, Highest);
            lock (taken)
            {
                if (!taken.Add(port)) continue;
            }
            if (!IsFree(port))
            {
                lock (taken) taken.Remove(port);
                continue;
            }
            Socket holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                holder.SetRawSocketOption(LibC.SolSocket, LibC.SoReusePort, MemoryMarshal.AsBytes([1]));
                holder.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return (port, holder);
            }
            catch (SocketException)
            {
                holder.Dispose();
                lock (taken) taken.Remove(port);
            }
        }
        throw new InvalidOperationException("no free port found");
    }

    // Without SO_REUSEPORT on purpose: a port that another run listens on refuses this.
    private static bool IsFree(int port)
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.ExclusiveAddressUse = true;
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
