using System;
using System.Text;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Socket calls with results as the contract wants them: a count, a descriptor or a negated errno.
/// </summary>
internal static unsafe class Sockets
{
    /// <summary>Sets an option of type int; 0 or a negated errno.</summary>
    public static int SetOption(int fd, int level, int option, int value) =>
        Libc.Value(Libc.SetSocketOption(fd, level, option, &value, sizeof(int)));

    /// <summary>Sets an option that is a name; 0 or a negated errno.</summary>
    public static int SetText(int fd, int level, int option, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
            return Libc.Value(Libc.SetSocketOption(fd, level, option, start, (uint)bytes.Length));
    }

    /// <summary>An option of type int, or a negated errno.</summary>
    public static int GetOption(int fd, int level, int option)
    {
        int value;
        uint length = sizeof(int);
        int result = Libc.Value(Libc.GetSocketOption(fd, level, option, &value, &length));
        return result < 0 ? result : value;
    }

    /// <summary>Makes the next close send a reset: linger on, for no time.</summary>
    public static void ResetOnClose(int fd)
    {
        long lingerOnZeroSeconds = 1; // struct linger { int l_onoff; int l_linger; }, little endian
        _ = Libc.SetSocketOption(
            fd, Linux.LevelSocket, Linux.SocketLinger, &lingerOnZeroSeconds, sizeof(long));
    }

    /// <summary>The pending error of a socket, negated; 0 for none.</summary>
    public static int TakeError(int fd)
    {
        int error = 0;
        uint length = sizeof(int);
        int result = Libc.Value(
            Libc.GetSocketOption(fd, Linux.LevelSocket, Linux.SocketError, &error, &length));
        return result < 0 ? result : -error;
    }

    public static int Receive(int fd, byte* data, nuint length) =>
        Libc.Value(Libc.Receive(fd, data, length, Linux.MessageDontWait));

    public static int Send(int fd, void* data, nuint length, bool more)
    {
        int flags = Linux.MessageDontWait | Linux.MessageNoSignal | (more ? Linux.MessageMore : 0);
        return Libc.Value(Libc.Send(fd, data, length, flags));
    }

    public static int SendVector(int fd, IoVector* vectors, uint count, bool more)
    {
        MessageHeader header = new() { Vectors = vectors, VectorCount = count };
        int flags = Linux.MessageDontWait | Linux.MessageNoSignal | (more ? Linux.MessageMore : 0);
        return Libc.Value(Libc.SendMessage(fd, &header, flags));
    }

    /// <summary>Sends all of a few bytes, waiting if need be; the count or a negated errno.</summary>
    public static int SendAll(int fd, void* data, nuint length)
    {
        nuint sent = 0;
        while (sent < length)
        {
            IoVector vector = new() { Base = (byte*)data + sent, Length = length - sent };
            MessageHeader header = new() { Vectors = &vector, VectorCount = 1 };
            int result = SendMessageWaiting(fd, &header);
            if (result < 0) return result;
            sent += (nuint)result;
        }
        return (int)length;
    }

    /// <summary>
    /// Receives all of a few bytes, waiting if need be; the count, less at the end of the stream, or a negated errno.
    /// </summary>
    public static int ReceiveAll(int fd, void* data, nuint length)
    {
        nuint received = 0;
        while (received < length)
        {
            int result = Libc.Value(
                Libc.ReceiveWaiting(fd, (byte*)data + received, length - received, Linux.MessageWaitAll));
            if (result == -Errno.Interrupted) continue;
            if (result < 0) return result;
            if (result == 0) break;
            received += (nuint)result;
        }
        return (int)received;
    }

    /// <summary>Sends a message, waiting if need be; the count or a negated errno.</summary>
    /// <remarks>
    /// The runtime stops threads by signals, and the kernel does not restart a call on a socket with a time limit after
    /// one (signal(7)): it is made again here.
    /// </remarks>
    public static int SendMessageWaiting(int fd, MessageHeader* header)
    {
        int result;
        do result = Libc.Value(Libc.SendMessageWaiting(fd, header, Linux.MessageNoSignal));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>
    /// Receives a message, waiting if need be; descriptors in it are closed on exec. The count or a negated errno.
    /// </summary>
    /// <inheritdoc cref="SendMessageWaiting" path="/remarks"/>
    public static int ReceiveMessageWaiting(int fd, MessageHeader* header)
    {
        int result;
        do result = Libc.Value(Libc.ReceiveMessage(fd, header, Linux.MessageCloseOnExec));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>
    /// The other end of an accepted connection. One that was reset since has no peer any more for getpeername(2), but
    /// its request may be there, and rules must know whose it is.
    /// </summary>
    public static void GetPeer(int fd, out SocketAddress address)
    {
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.SizeMax;
        if (Libc.GetPeerName(fd, raw, &length) >= 0 || ReadFormerPeer(fd, raw, &length))
            ReadReported(raw, length, out address);
        else address = default;
    }

    /// <summary>SO_PEERNAME, which gives no more than it was asked for and refuses to be asked for more than there is.</summary>
    private static bool ReadFormerPeer(int fd, byte* raw, uint* length)
    {
        foreach (uint size in (ReadOnlySpan<uint>)[RawAddress.Inet6Size, RawAddress.InetSize])
        {
            *length = size;
            if (Libc.GetSocketOption(fd, Linux.LevelSocket, Linux.PeerName, raw, length) >= 0) return true;
        }
        return false;
    }

    public static void GetLocal(int fd, out SocketAddress address)
    {
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.SizeMax;
        if (Libc.GetSocketName(fd, raw, &length) < 0) address = default;
        else ReadReported(raw, length, out address);
    }

    /// <summary>
    /// An address that a call reported with its length; an unnamed unix peer reports its family alone.
    /// </summary>
    public static void ReadReported(byte* raw, uint length, out SocketAddress address)
    {
        if (length < sizeof(ushort)) address = default;
        else RawAddress.Read(raw, out address);
    }

    public static int SetBlocking(int fd, bool blocking)
    {
        int flags = Libc.Value(Libc.Control(fd, Linux.GetStatusFlags, 0));
        if (flags < 0) return flags;
        int wanted = blocking ? flags & ~Linux.StatusNonBlocking : flags | Linux.StatusNonBlocking;
        return wanted == flags ? 0 : Libc.Value(Libc.Control(fd, Linux.SetStatusFlags, wanted));
    }

    /// <summary>O_NONBLOCK is set on the open file, by us or by whoever handed it to us.</summary>
    public static bool IsNonBlocking(int fd) =>
        (Libc.Value(Libc.Control(fd, Linux.GetStatusFlags, 0)) is > 0 and int flags)
        && (flags & Linux.StatusNonBlocking) != 0;

    /// <summary>Another descriptor, close-on-exec, of the same socket, or a negated errno.</summary>
    public static int Duplicate(int fd) => Libc.Value(Libc.Control(fd, Linux.DuplicateCloseOnExec, 0));

    /// <summary>Closing is done even when close(2) is interrupted: it is never repeated on Linux.</summary>
    public static void Close(int fd) => _ = Libc.Close(fd);
}
