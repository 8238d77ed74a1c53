using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// Hands listening sockets from process to process over a unix socket, as HAProxy does: a count, then batches of
/// descriptors with three facts each, every batch acknowledged by a number.
/// </summary>
public static unsafe class SocketTransfer
{
    /// <summary>Descriptors in one message; the kernel takes 253 at most (SCM_MAX_FD).</summary>
    private const int BatchMax = 252;

    /// <summary>Listening sockets of one process at most: whoever says more is not believed.</summary>
    private const int SocketsMax = 65536;

    private const int RightsType = 1;
    private const int ControlHeader = 16;

    /// <summary>Lengths of name space and interface, which are texts of at most 255 bytes, and four bytes that are 0.</summary>
    private const int EntryMax = 1 + 255 + 1 + 255 + 4;

    private static ReadOnlySpan<byte> Request => "_getsocks\n"u8;

    /// <summary>Sends the sockets; false when the peer does not take them in time.</summary>
    /// <param name="fd">The connection; it is left blocking, with a limit of a second for each step.</param>
    /// <param name="sockets">Descriptor and the interface it is bound to, empty for none.</param>
    public static bool Send(int fd, IReadOnlyList<(int Fd, string Interface)> sockets)
    {
        Limit(fd, 1);
        int count = sockets.Count;
        if (Sockets.SendAll(fd, &count, sizeof(int)) != sizeof(int)) return false;
        byte[] facts = new byte[BatchMax * EntryMax];
        byte* control = stackalloc byte[ControlHeader + (BatchMax * sizeof(int))];
        for (int from = 0; from < count; from += BatchMax)
        {
            int batch = Math.Min(BatchMax, count - from);
            int length = 0;
            for (int i = 0; i < batch; i++)
            {
                ((int*)(control + ControlHeader))[i] = sockets[from + i].Fd;
                length += WriteFacts(facts.AsSpan(length), sockets[from + i].Interface);
            }
            if (!SendBatch(fd, facts, length, control, batch)) return false;
            int taken;
            if (Sockets.ReceiveAll(fd, &taken, sizeof(int)) != sizeof(int)) return false;
        }
        return true;
    }

    /// <summary>Asks a process for its sockets; none when it has none to give or does not answer.</summary>
    /// <param name="path">Its statistics socket, which must say <c>expose-fd listeners</c>.</param>
    /// <param name="error">What went wrong; null when nothing did.</param>
    public static List<int> Receive(string path, out string? error)
    {
        List<int> all = [];
        error = null;
        int fd = Libc.Value(Libc.Socket((int)AddressFamily.Unix, Linux.StreamSocket | Linux.SocketCloseOnExec, 0));
        if (fd < 0)
        {
            error = SystemErrors.Text(-fd);
            return all;
        }
        Limit(fd, 5);
        int result = Connect(fd, path);
        if (result < 0) error = $"Failed to connect to the old process socket '{path}'";
        else if (!Ask(fd, all)) error = $"Failed to get the sockets of the old process from '{path}'";
        Sockets.Close(fd);
        return all;
    }

    private static bool Ask(int fd, List<int> all)
    {
        fixed (byte* request = Request)
            if (Sockets.SendAll(fd, request, (nuint)Request.Length) != Request.Length) return false;
        int count;
        if (Sockets.ReceiveAll(fd, &count, sizeof(int)) != sizeof(int)) return false;
        if (count is < 0 or > SocketsMax) return false;
        byte[] facts = new byte[BatchMax * EntryMax];
        while (all.Count < count)
        {
            int taken = ReceiveBatch(fd, facts, all);
            if (taken <= 0) return false;
            if (Sockets.SendAll(fd, &taken, sizeof(int)) != sizeof(int)) return false;
        }
        return true;
    }

    private static int WriteFacts(Span<byte> space, string device)
    {
        space[0] = 0;
        space[1] = (byte)device.Length;
        for (int i = 0; i < device.Length; i++) space[2 + i] = (byte)device[i];
        BinaryPrimitives.WriteInt32LittleEndian(space[(2 + device.Length)..], 0);
        return 2 + device.Length + sizeof(int);
    }

    private static bool SendBatch(int fd, byte[] facts, int length, byte* control, int batch)
    {
        // struct cmsghdr: length, level, type.
        *(nuint*)control = (nuint)(ControlHeader + (batch * sizeof(int)));
        ((int*)control)[2] = Linux.LevelSocket;
        ((int*)control)[3] = RightsType;
        fixed (byte* data = facts)
        {
            IoVector vector = new() { Base = data, Length = (nuint)length };
            MessageHeader header = new()
            {
                Vectors = &vector,
                VectorCount = 1,
                ControlData = control,
                ControlLength = *(nuint*)control,
            };
            return Sockets.SendMessageWaiting(fd, &header) == length;
        }
    }

    /// <summary>Takes the descriptors of one message; answers how many, 0 or less when there is none.</summary>
    private static int ReceiveBatch(int fd, byte[] facts, List<int> all)
    {
        byte* control = stackalloc byte[ControlHeader + ((BatchMax + 1) * sizeof(int))];
        fixed (byte* data = facts)
        {
            IoVector vector = new() { Base = data, Length = (nuint)facts.Length };
            MessageHeader header = new()
            {
                Vectors = &vector,
                VectorCount = 1,
                ControlData = control,
                ControlLength = ControlHeader + ((BatchMax + 1) * sizeof(int)),
            };
            int result = Sockets.ReceiveMessageWaiting(fd, &header);
            if (result <= 0) return result;
            if (header.ControlLength < ControlHeader || ((int*)control)[3] != RightsType) return 0;
            int count = (int)((*(nuint*)control - ControlHeader) / sizeof(int));
            for (int i = 0; i < count; i++) all.Add(((int*)(control + ControlHeader))[i]);
            return count;
        }
    }

    private static int Connect(int fd, string path)
    {
        byte[] bytes = UnixSocketAddress.BytesOf(path, false);
        if (bytes.Length == 0 || bytes.Length >= UnixSocketAddress.PathMax) return -Errno.Invalid;
        UnixSocketAddress address = new(bytes);
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.Write(&address.Address, raw);
        return Libc.Value(Libc.Connect(fd, raw, length));
    }

    /// <summary>Some seconds for each step, so that a peer that hangs holds nobody up for long.</summary>
    private static void Limit(int fd, int seconds)
    {
        const int receiveTimeout = 20;
        const int sendTimeout = 21;
        long* limit = stackalloc long[2] { seconds, 0 };
        _ = Sockets.SetBlocking(fd, true);
        _ = Libc.SetSocketOption(fd, Linux.LevelSocket, receiveTimeout, limit, 2 * sizeof(long));
        _ = Libc.SetSocketOption(fd, Linux.LevelSocket, sendTimeout, limit, 2 * sizeof(long));
    }
}
