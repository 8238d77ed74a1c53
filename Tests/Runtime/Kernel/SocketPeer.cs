using System;
using System.Net;
using System.Net.Sockets;
using Engine.Data.Kernel;
using AddressFamily = System.Net.Sockets.AddressFamily;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Runtime.Kernel;

/// <summary>A peer on a socket of this machine.</summary>
internal sealed class SocketPeer : IPeer
{
    private readonly Socket socket;

    public SocketPeer(Socket socket)
    {
        this.socket = socket;
        socket.Blocking = false;
        if (socket.LocalEndPoint is IPEndPoint local)
        {
            socket.NoDelay = true;
            Address = Convert(local);
        }
    }

    public SocketAddress Address { get; }

    public static SocketAddress Convert(IPEndPoint point) =>
        SocketAddress.Inet(point.Address.GetAddressBytes(), (ushort)point.Port);

    public static IPEndPoint Convert(SocketAddress address) =>
        new(new IPAddress(address.AddressBytes), address.Port);

    public int Send(ReadOnlySpan<byte> bytes)
    {
        int count = socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? count : Negated(error);
    }

    public int Read(Span<byte> target)
    {
        int count = socket.Receive(target, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? count : Negated(error);
    }

    public void ShutdownSend() => socket.Shutdown(SocketShutdown.Send);

    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Close() => socket.Close();

    private static int Negated(SocketError error) =>
        error switch
        {
            SocketError.WouldBlock => -Errno.Again,
            SocketError.ConnectionReset => -Errno.ConnectionReset,
            SocketError.Shutdown => -Errno.BrokenPipe,
            SocketError.NotConnected => -Errno.NotConnected,
            _ => -Errno.InputOutput,
        };

    internal static Socket NewStream() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
