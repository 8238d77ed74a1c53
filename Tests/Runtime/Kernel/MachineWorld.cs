using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.Native;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Runtime.Kernel;

/// <summary>A real back end on the loopback of this machine.</summary>
internal abstract class MachineWorld : IKernelWorld
{
    private readonly List<int> listeners = [];
    private readonly List<IDisposable> sockets = [];

    public abstract uint BuffersHeld { get; }

    public abstract IKernel Open(BufferSlab slab, KernelSizes sizes);

    public int Listen(out SocketAddress address)
    {
        int fd = ListeningSocket.Open(SocketAddress.Inet([127, 0, 0, 1], 0), new SocketOptions());
        Xunit.Assert.True(fd >= 0);
        listeners.Add(fd);
        address = ListeningSocket.LocalAddress(fd);
        return fd;
    }

    public IPeer ConnectClient(SocketAddress address)
    {
        Socket socket = Keep(SocketPeer.NewStream());
        // Fixed, so that a connection that was found full does not grow by itself.
        socket.ReceiveBufferSize = 128 * 1024;
        socket.Connect(SocketPeer.Convert(address));
        return new SocketPeer(socket);
    }

    public IOrigin OpenOrigin()
    {
        Socket socket = Keep(SocketPeer.NewStream());
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(1024);
        return new Origin(this, socket);
    }

    public SocketAddress RefusingAddress()
    {
        // Bound and not listening: nobody else can take the port while the test runs.
        Socket socket = Keep(SocketPeer.NewStream());
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return SocketPeer.Convert((IPEndPoint)socket.LocalEndPoint!);
    }

    public SocketAddress SilentAddress()
    {
        // A full backlog: the machine ignores further SYNs (net.ipv4.tcp_abort_on_overflow is off by
        // default).
        Socket socket = Keep(SocketPeer.NewStream());
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(0);
        IPEndPoint point = (IPEndPoint)socket.LocalEndPoint!;
        for (int i = 0; i < 4; i++)
        {
            Socket filler = Keep(SocketPeer.NewStream());
            filler.Blocking = false;
            try
            {
                filler.Connect(point);
            }
            catch (SocketException waiting) when (waiting.SocketErrorCode is SocketError.WouldBlock
                or SocketError.InProgress)
            {
            }
        }
        return SocketPeer.Convert(point);
    }

    public void Dispose()
    {
        foreach (int fd in listeners) ListeningSocket.Close(fd);
        foreach (IDisposable socket in sockets) socket.Dispose();
    }

    private Socket Keep(Socket socket)
    {
        sockets.Add(socket);
        return socket;
    }

    private sealed class Origin(MachineWorld world, Socket socket) : IOrigin
    {
        public SocketAddress Address { get; } = SocketPeer.Convert((IPEndPoint)socket.LocalEndPoint!);

        public IPeer? Accept() =>
            socket.Poll(0, SelectMode.SelectRead) ? new SocketPeer(world.Keep(socket.Accept())) : null;
    }
}
