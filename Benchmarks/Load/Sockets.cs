using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>
/// IPv4 loopback sockets for the load programs. Load never leaves the machine, so no other address exists
/// here. A failed set-up call throws: a load program that cannot get its sockets has nothing to measure.
/// </summary>
internal static unsafe class Sockets
{
    private const int AddressBytes = 16;

    /// <summary>A listening TCP socket, non-blocking; port 0 lets the kernel choose.</summary>
    public static int Listen(int port)
    {
        int socket = Create(LibC.SocketStream | LibC.SocketNonBlocking);
        SetInteger(socket, LibC.LevelSocket, LibC.OptionReuseAddress, 1);
        Bind(socket, port);
        Require(LibC.Listen(socket, 65_535), "listen");
        return socket;
    }

    /// <summary>A blocking UDP socket with the largest receive buffer the kernel grants.</summary>
    public static int BindDatagram(int port)
    {
        int socket = Create(LibC.SocketDatagram);
        SetInteger(socket, LibC.LevelSocket, LibC.OptionReceiveBuffer, 64 << 20);
        Bind(socket, port);
        return socket;
    }

    /// <summary>
    /// An unconnected UDP socket whose receives give up after <paramref name="timeoutMs"/>.
    /// </summary>
    public static int CreateDatagramClient(int timeoutMs)
    {
        int socket = Create(LibC.SocketDatagram);
        SetReceiveTimeout(socket, timeoutMs);
        return socket;
    }

    /// <summary>
    /// Makes blocking receives on <paramref name="socket"/> give up after that many milliseconds.
    /// </summary>
    public static void SetReceiveTimeout(int socket, int timeoutMs)
    {
        long* timeout = stackalloc long[2] { timeoutMs / 1_000, timeoutMs % 1_000 * 1_000L };
        Require(
            LibC.SetSocketOption(socket, LibC.LevelSocket, LibC.OptionReceiveTimeout, timeout, 16),
            "setsockopt");
    }

    /// <summary>
    /// Starts a TCP connection to a loopback port. Returns the descriptor, or minus the errno when the
    /// connection was refused at once or no descriptor was free.
    /// </summary>
    public static int Connect(int port, bool nonBlocking)
    {
        int type = LibC.SocketStream | LibC.SocketCloseOnExec | (nonBlocking ? LibC.SocketNonBlocking : 0);
        int socket = LibC.Socket(LibC.AddressFamilyInet, type, 0);
        if (socket < 0) return -Marshal.GetLastPInvokeError();
        byte* address = stackalloc byte[AddressBytes];
        WriteLoopback(address, port);
        if (LibC.Connect(socket, address, AddressBytes) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (!nonBlocking || error != LibC.InProgress)
            {
                _ = LibC.Close(socket);
                return -error;
            }
        }

        SetNoDelay(socket);
        return socket;
    }

    public static void SetNoDelay(int socket) => SetInteger(socket, LibC.LevelTcp, LibC.OptionNoDelay, 1);

    /// <summary>The port a bound socket got.</summary>
    public static int LocalPort(int socket)
    {
        byte* address = stackalloc byte[AddressBytes];
        int length = AddressBytes;
        Require(LibC.GetSocketName(socket, address, &length), "getsockname");
        return BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(address + 2, 2));
    }

    /// <summary>
    /// A loopback port that was free a moment ago: for programs that cannot report the port they chose.
    /// </summary>
    public static int FreePort()
    {
        int socket = Create(LibC.SocketStream);
        Bind(socket, 0);
        int port = LocalPort(socket);
        _ = LibC.Close(socket);
        return port;
    }

    /// <summary>The pending error of a socket (SO_ERROR), 0 for none.</summary>
    public static int PendingError(int socket)
    {
        int error = 0;
        int length = sizeof(int);
        return LibC.GetSocketOption(socket, LibC.LevelSocket, LibC.OptionError, &error, &length) < 0
            ? Marshal.GetLastPInvokeError()
            : error;
    }

    public static void WriteLoopback(byte* address, int port)
    {
        new Span<byte>(address, AddressBytes).Clear();
        *(ushort*)address = LibC.AddressFamilyInet;
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(address + 2, 2), (ushort)port);
        address[4] = 127;
        address[7] = 1;
    }

    private static int Create(int type)
    {
        int socket = LibC.Socket(LibC.AddressFamilyInet, type | LibC.SocketCloseOnExec, 0);
        Require(socket, "socket");
        return socket;
    }

    private static void Bind(int socket, int port)
    {
        byte* address = stackalloc byte[AddressBytes];
        WriteLoopback(address, port);
        Require(LibC.Bind(socket, address, AddressBytes), "bind");
    }

    private static void SetInteger(int socket, int level, int option, int value) =>
        Require(LibC.SetSocketOption(socket, level, option, &value, sizeof(int)), "setsockopt");

    private static void Require(int result, string call)
    {
        if (result >= 0) return;
        throw new InvalidOperationException($"{call}: errno {Marshal.GetLastPInvokeError()}");
    }
}
