using System;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>The listeners of a thread and the connections they give.</summary>
internal sealed unsafe class EpollAccepts(EpollSockets sockets, KernelSizes sizes) : IDisposable
{
    private const byte BurstMax = 64;

    private AcceptedArena addresses = new(sizes.AcceptsPerTick);

    public void ClearAddresses() => addresses.Clear();

    public void Dispose() => addresses.Dispose();

    public void Arm(in Operation operation, CompletionQueue completions)
    {
        ref SocketState state = ref sockets.State(operation.Fd);
        Check.That(state.Receiving == OperationKind.None);
        // Level-triggered, so that what a burst leaves behind is reported again; exclusive, because an
        // inherited listener is watched by all threads and one connection should wake one of them.
        int result = Sockets.SetBlocking(operation.Fd, false);
        if (result == 0)
        {
            result = sockets.Epoll.Control(
                Linux.EpollAdd, operation.Fd, Linux.ReadyIn | Linux.EpollExclusive);
        }
        if (result < 0)
        {
            EpollSockets.Complete(completions, operation.Owner, result);
            return;
        }
        state.Receiving = OperationKind.Accept;
        state.ReceiveFlags = operation.Flags;
        state.ReceiveOwner = operation.Owner;
        state.AcceptBurst = 1;
    }

    public void Disarm(int fd) => _ = sockets.Epoll.Control(Linux.EpollDelete, fd, 0);

    /// <summary>Accepts from a readable listener, as many as the last time or until none is left.</summary>
    public void Take(ref SocketState state, int fd, CompletionQueue completions)
    {
        for (int i = 0; i < state.AcceptBurst; i++)
        {
            if (completions.Room == 0 || addresses.IsFull) return;
            int result = AcceptOne(ref state, fd, completions);
            if (result == -Errno.Again)
            {
                // So many were there: expecting as many next time saves the call that finds none.
                state.AcceptBurst = (byte)Math.Max(i, 1);
                return;
            }
            if (state.Receiving == OperationKind.None)
            {
                Disarm(fd);
                return;
            }
        }
        state.AcceptBurst = (byte)Math.Min(state.AcceptBurst * 2, BurstMax);
    }

    private int AcceptOne(ref SocketState state, int listener, CompletionQueue completions)
    {
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.SizeMax;
        int fd = Libc.Value(Libc.Accept(
            listener, raw, &length, Linux.SocketCloseOnExec | Linux.SocketNonBlocking));
        if (fd == -Errno.Again || AcceptErrors.ConcernOneConnection(fd)) return fd;
        if (sockets.IsBeyondTables(fd))
        {
            Sockets.Close(fd);
            fd = -Errno.TooManyFiles;
        }
        bool more = fd >= 0 && (state.ReceiveFlags & OperationFlags.Repeat) != 0;
        if (!more) state.Receiving = OperationKind.None;
        ref Completion completion = ref completions.Add();
        completion.Owner = state.ReceiveOwner;
        completion.Result = fd;
        completion.Flags = more ? CompletionFlags.More : CompletionFlags.None;
        if (fd < 0) return fd;
        sockets.Renew(fd);
        AcceptedAddresses* both = addresses.Take();
        Sockets.ReadReported(raw, length, out both->Peer);
        if ((state.ReceiveFlags & OperationFlags.WantLocal) != 0) Sockets.GetLocal(fd, out both->Local);
        else both->Local = default;
        completion.Addresses = both;
        return fd;
    }
}
