using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// Writes submission entries: struct io_uring_sqe, 64 bytes, as eight words. Code, flags, ioprio and fd; second
/// address; address; length and operation flags; user data; buffer group; two that stay zero.
/// </summary>
internal static unsafe class Entries
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        ulong* entry, byte code, byte flags, uint priority, int fd, ulong second, void* address, uint length,
        uint operationFlags, ulong userData, ushort bufferGroup = 0)
    {
        entry[0] = code | ((ulong)flags << 8) | ((ulong)priority << 16) | ((ulong)(uint)fd << 32);
        entry[1] = second;
        entry[2] = (ulong)address;
        entry[3] = length | ((ulong)operationFlags << 32);
        entry[4] = userData;
        entry[5] = bufferGroup;
        entry[6] = 0;
        entry[7] = 0;
    }

    /// <summary>Receive into a buffer of a ring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Receive(ulong* entry, in Operation operation) =>
        Write(
            entry, IoUringAbi.Receive, IoUringAbi.SelectBuffer,
            PollFirst(operation.Flags)
                | ((operation.Flags & OperationFlags.Repeat) != 0 ? IoUringAbi.ReceiveMultishot : 0u),
            operation.Fd, 0, null, operation.Length, 0, operation.Owner.Value,
            (operation.Flags & OperationFlags.Large) != 0 ? ReceiveBuffers.LargeGroup : ReceiveBuffers.SmallGroup);

    /// <summary>
    /// A send that is tried once. With WAITALL a part sent counts as failure, so that no completion means
    /// everything was sent.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SendNow(
        ulong* entry, byte code, in Operation operation, void* data, uint length, uint completionIndex) =>
        Write(
            entry, code, IoUringAbi.SkipSuccess, 0, operation.Fd, 0, data, length,
            Linux.MessageDontWait | Linux.MessageWaitAll | Linux.MessageNoSignal | MoreFlag(operation.Flags),
            UserData.Send | completionIndex);

    /// <summary>A send that completes when something went out.</summary>
    public static void SendWaiting(
        ulong* entry, byte code, in Operation operation, void* data, uint length) =>
        Write(
            entry, code, 0, 0, operation.Fd, 0, data, length,
            Linux.MessageNoSignal | MoreFlag(operation.Flags), operation.Owner.Value);

    public static void Connect(ulong* entry, in Operation operation, int fd, byte* address, uint length) =>
        Write(entry, IoUringAbi.Connect, 0, 0, fd, length, address, 0, 0, operation.Owner.Value);

    public static void Accept(ulong* entry, int fd, bool repeat, ulong userData) =>
        Write(
            entry, IoUringAbi.Accept, 0, repeat ? IoUringAbi.AcceptMultishot : 0u, fd, 0, null, 0,
            Linux.SocketCloseOnExec, userData);

    public static void PollFor(ulong* entry, int fd, uint readiness, ulong userData) =>
        Write(entry, IoUringAbi.PollAdd, 0, 0, fd, 0, null, 0, readiness, userData);

    public static void Poll(ulong* entry, int fd, bool repeat, ulong userData) =>
        Write(
            entry, IoUringAbi.PollAdd, 0, 0, fd, 0, null, repeat ? IoUringAbi.PollMultishot : 0u,
            Linux.ReadyIn, userData);

    /// <summary>
    /// Ends the operation with this user data: found by hash, unlike a search by descriptor.
    /// </summary>
    public static void Cancel(ulong* entry, ulong target) =>
        Write(
            entry, IoUringAbi.AsyncCancel, IoUringAbi.SkipSuccess, 0, -1, 0, (void*)target, 0, 0,
            UserData.Cancel);

    public static void Close(ulong* entry, int fd) =>
        Write(entry, IoUringAbi.Close, IoUringAbi.SkipSuccess, 0, fd, 0, null, 0, 0, UserData.Close);

    private static uint PollFirst(OperationFlags flags) =>
        (flags & OperationFlags.Later) != 0 ? IoUringAbi.PollFirst : 0u;

    private static uint MoreFlag(OperationFlags flags) =>
        (flags & OperationFlags.More) != 0 ? (uint)Linux.MessageMore : 0u;
}
