using System;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Admin;

/// <summary>A listening socket of the Runtime API.</summary>
/// <param name="Fd">Non-blocking and close-on-exec, -1 once closed.</param>
/// <param name="Level">What its connections may do.</param>
/// <param name="ExposesListeners">They may have the listening sockets.</param>
/// <param name="SeverityOutput">What messages begin with.</param>
internal readonly record struct AdminListener(
    int Fd, AdminLevel Level, bool ExposesListeners, AdminSeverityOutput SeverityOutput)
{
    /// <summary>
    /// Opens what a <c>stats socket</c> line asks for, or takes the descriptor it names. False: the alert
    /// says why.
    /// </summary>
    /// <param name="backlog">Connections that may wait: <c>stats maxconn</c>.</param>
    /// <param name="alert">The text of the ALERT.</param>
    public static bool TryOpen(AdminSocket socket, int backlog, out AdminListener listener, out string alert)
    {
        SocketOptions options = new()
        {
            Backlog = backlog,
            UnixMode = socket.UnixMode,
            UnixUser = socket.UnixUid,
            UnixGroup = socket.UnixGid,
        };
        int fd;
        if (socket.InheritedFd >= 0) fd = Adopt(socket.InheritedFd, backlog);
        else if (socket.Path is null) fd = ListeningSocket.Open(socket.Address, options);
        else fd = OpenUnix(socket, options);
        // The accept loop must not sleep when a client has gone again.
        if (fd >= 0) _ = Sockets.SetBlocking(fd, false);
        listener = new AdminListener(fd, socket.Level, socket.ExposesListeners, socket.SeverityOutput);
        alert = fd >= 0 ? "" : Describe(socket, -fd);
        return fd >= 0;
    }

    private static int OpenUnix(AdminSocket socket, in SocketOptions options)
    {
        byte[] path = UnixSocketAddress.BytesOf(socket.Path!, socket.Abstract);
        if (path.Length == 0 || (!socket.Abstract && path.Length >= UnixSocketAddress.PathMax)) return -Errno.Invalid;
        return ListeningSocket.Open(new UnixSocketAddress(path), options);
    }

    /// <summary>The one who handed it down may have bound it only.</summary>
    private static int Adopt(int fd, int backlog)
    {
        int result = Libc.Value(Libc.Listen(fd, backlog));
        return result < 0 ? result : fd;
    }

    private static string Describe(AdminSocket socket, int error)
    {
        string reason = Process.Native.NativeText.OfError(error);
        string before = $"Binding [{socket.File}:{socket.Line}] for frontend GLOBAL: protocol ";
        if (socket.InheritedFd >= 0)
            return $"{before}fd: cannot use file descriptor '{socket.InheritedFd}' ({reason}).";
        if (socket.Path is not null)
            return $"{before}unix_stream: cannot bind UNIX socket ({reason}) [{socket.Path}].";
        string protocol = socket.Address.Family == AddressFamily.Inet6 ? "tcpv6" : "tcpv4";
        string address = AdminSocketText.Address(socket.Address);
        return $"{before}{protocol}: cannot bind socket ({reason}) for [{address}].";
    }
}
