using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Opens listening sockets, at start-up and on reload. TCP_NODELAY is set here: accepted connections inherit
/// it, which saves a system call for each.
/// </summary>
public static unsafe class ListeningSocket
{
    private const int NameTooLong = 36;

    /// <summary>
    /// Opens a socket that listens at an IP address. Returns the descriptor, blocking and close-on-exec, or a
    /// negated errno (-EADDRINUSE, -EACCES, ...).
    /// </summary>
    public static int Open(in SocketAddress address, in SocketOptions options)
    {
        int fd = NetworkNamespaces.Socket(
            options.Namespace,
            (int)address.Family,
            Linux.StreamSocket | Linux.SocketCloseOnExec,
            options.Multipath ? OutgoingSocket.MultipathTcp : 0);
        if (fd < 0) return fd;
        int result = SetInetOptions(fd, address.Family, options);
        SocketAddress target = address;
        if (result == 0) result = ListenAt(fd, &target, options);
        return Opened(fd, result);
    }

    /// <summary>
    /// Opens a socket that listens at a path or an abstract name. A file gets its name
    /// when it has its rights and listens already, so that clients find either the old listener or this one.
    /// </summary>
    public static int Open(in UnixSocketAddress address, in SocketOptions options)
    {
        int fd = Libc.Value(Libc.Socket(
            (int)AddressFamily.Unix, Linux.StreamSocket | Linux.SocketCloseOnExec, 0));
        if (fd < 0) return fd;
        UnixSocketAddress target = address;
        return Opened(fd, target.Path[0] == 0
            ? ListenAt(fd, &target.Address, options)
            : ListenAtFile(fd, target.PathBytes, options));
    }

    /// <summary>The address a socket is bound to, with the port that was chosen for port 0.</summary>
    public static SocketAddress LocalAddress(int fd)
    {
        Sockets.GetLocal(fd, out SocketAddress address);
        return address;
    }

    /// <summary>Whether a socket of another process is bound as a listener wants it.</summary>
    public static bool Suits(int fd, in SocketAddress address, in SocketOptions options)
    {
        Sockets.GetLocal(fd, out SocketAddress local);
        if (local != address || InterfaceOf(fd) != (options.Interface ?? "")) return false;
        return address.Family != AddressFamily.Inet6 || !(options.V6Only || options.V4V6)
            || Sockets.GetOption(fd, Linux.LevelIpv6, Linux.Ipv6Only) == (options.V4V6 ? 0 : 1);
    }

    /// <summary>Makes a socket of another process ours. The descriptor, or a negated errno.</summary>
    public static int Adopt(int fd, in SocketOptions options)
    {
        _ = Sockets.SetBlocking(fd, true);
        _ = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpNoDelay, 1);
        int result = Libc.Value(Libc.Listen(fd, options.Backlog));
        return result < 0 ? result : fd;
    }

    private static string InterfaceOf(int fd)
    {
        const int nameMax = 16;
        byte* name = stackalloc byte[nameMax];
        uint length = nameMax;
        if (Libc.GetSocketOption(fd, Linux.LevelSocket, Linux.SocketBindToDevice, name, &length) < 0) return "";
        return Encoding.UTF8.GetString(name, (int)length).TrimEnd('\0');
    }

    /// <summary>Leaves the LISTEN state and keeps the address: clients are refused until <see cref="Resume"/>.</summary>
    public static void Pause(int fd) => _ = Libc.Shutdown(fd, 0);

    /// <summary>Listens again after <see cref="Pause"/>.</summary>
    public static void Resume(int fd, int backlog) => _ = Libc.Listen(fd, backlog);

    /// <summary>Closes a socket opened here.</summary>
    public static void Close(int fd) => Sockets.Close(fd);

    private static int SetInetOptions(int fd, AddressFamily family, in SocketOptions options)
    {
        int result = Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketReuseAddress, 1);
        if (result == 0 && options.ReusePort)
            result = Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketReusePort, 1);
        if (result == 0) result = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpNoDelay, 1);
        if (result == 0 && family == AddressFamily.Inet6 && (options.V6Only || options.V4V6))
            result = Sockets.SetOption(fd, Linux.LevelIpv6, Linux.Ipv6Only, options.V4V6 ? 0 : 1);
        if (result == 0 && options.Transparent)
        {
            result = family == AddressFamily.Inet6
                ? Sockets.SetOption(fd, Linux.LevelIpv6, Linux.Ipv6Transparent, 1)
                : Sockets.SetOption(fd, Linux.LevelIp, Linux.IpTransparent, 1);
        }
        if (result == 0 && options.KeepAlive) result = SetKeepAlive(fd, options);
        if (result == 0 && options.ReceiveBuffer > 0)
            result = Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketReceiveBuffer, options.ReceiveBuffer);
        if (result == 0 && options.SendBuffer > 0)
            result = Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketSendBuffer, options.SendBuffer);
        if (result == 0 && options.NotSentLow > 0)
            result = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpNotSentLow, options.NotSentLow);
        if (result == 0 && options.LateAcknowledgement)
            _ = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpQuickAcknowledge, 0); // multipath TCP has it not
        if (result == 0 && options.Interface is { Length: > 0 } name)
            result = Sockets.SetText(fd, Linux.LevelSocket, Linux.SocketBindToDevice, name);
        return result;
    }

    private static int SetKeepAlive(int fd, in SocketOptions options)
    {
        int result = Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketKeepAlive, 1);
        if (result == 0 && options.KeepAliveCount > 0)
            result = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpKeepCount, options.KeepAliveCount);
        if (result == 0 && options.KeepAliveIdleSeconds > 0)
            result = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpKeepIdle, options.KeepAliveIdleSeconds);
        if (result == 0 && options.KeepAliveIntervalSeconds > 0)
            result = Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpKeepInterval, options.KeepAliveIntervalSeconds);
        return result;
    }

    private static int ListenAt(int fd, SocketAddress* address, in SocketOptions options)
    {
        int result = BindTo(fd, address);
        return result == 0 ? Libc.Value(Libc.Listen(fd, options.Backlog)) : result;
    }

    private static int BindTo(int fd, SocketAddress* address)
    {
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.Write(address, raw);
        return length == 0 ? -Errno.Invalid : Libc.Value(Libc.Bind(fd, raw, length));
    }

    private static int ListenAtFile(int fd, ReadOnlySpan<byte> path, in SocketOptions options)
    {
        byte[] suffix = Encoding.ASCII.GetBytes(
            "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ".tmp");
        if (path.Length + suffix.Length >= UnixSocketAddress.PathMax) return -NameTooLong;
        Span<byte> temporary = stackalloc byte[UnixSocketAddress.PathMax];
        temporary.Clear();
        path.CopyTo(temporary);
        suffix.CopyTo(temporary[path.Length..]);
        UnixSocketAddress target = new(temporary[..(path.Length + suffix.Length)]);
        Span<byte> final = stackalloc byte[UnixSocketAddress.PathMax];
        final.Clear();
        path.CopyTo(final);
        fixed (byte* from = temporary, to = final)
        {
            _ = Libc.Unlink(from); // left by a process of the same number that was killed
            int result = BindTo(fd, (SocketAddress*)Unsafe.AsPointer(ref target));
            if (result != 0) return result;
            if (options.UnixUser >= 0 || options.UnixGroup >= 0)
                result = Libc.Value(Libc.ChangeOwner(from, (uint)options.UnixUser, (uint)options.UnixGroup));
            if (result == 0 && options.UnixMode >= 0)
                result = Libc.Value(Libc.ChangeMode(from, (uint)options.UnixMode));
            if (result == 0) result = Libc.Value(Libc.Listen(fd, options.Backlog));
            if (result == 0) result = Libc.Value(Libc.Rename(from, to));
            if (result != 0) _ = Libc.Unlink(from);
            return result;
        }
    }

    private static int Opened(int fd, int result)
    {
        if (result == 0) return fd;
        Sockets.Close(fd);
        return result;
    }
}
