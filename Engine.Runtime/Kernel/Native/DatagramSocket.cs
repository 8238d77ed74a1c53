using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Opens connected datagram sockets, the targets of <see cref="OperationKind.SendDatagrams"/>.
/// </summary>
public static unsafe class DatagramSocket
{
    /// <summary>
    /// Opens a socket connected to a UDP address, or to a unix datagram socket when the address is the first
    /// member of a <see cref="UnixSocketAddress"/>. Returns the descriptor or a negated errno: a unix target
    /// that is not there yet is -ENOENT or -ECONNREFUSED, to be tried again later.
    /// </summary>
    public static int Open(SocketAddress* target)
    {
        int fd = Libc.Value(Libc.Socket(
            (int)target->Family,
            Linux.DatagramSocket | Linux.SocketCloseOnExec | Linux.SocketNonBlocking, 0));
        if (fd < 0) return fd;
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.Write(target, raw);
        int result = length == 0 ? -Errno.Invalid : Libc.Value(Libc.Connect(fd, raw, length));
        if (result == 0) return fd;
        Sockets.Close(fd);
        return result;
    }
}
