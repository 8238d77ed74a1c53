using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>Sends and connects: performed at once, and what must wait is kept until an edge.</summary>
internal sealed unsafe class EpollSends(EpollSockets sockets, Pipes pipes)
{
    public void Send(in Operation operation, CompletionQueue completions)
    {
        int fd = operation.Fd;
        ref SocketState state = ref sockets.State(fd);
        bool more = (operation.Flags & OperationFlags.More) != 0;
        bool wait = (operation.Flags & OperationFlags.Wait) != 0;
        if (wait && !state.Has(SocketKnowledge.Writable))
        {
            Park(ref state, operation, completions);
            return;
        }
        int result = operation.Kind switch
        {
            OperationKind.Send => Sockets.Send(fd, operation.Data, operation.Length, more),
            OperationKind.SpliceOut => pipes.Drain(operation.Pipe, fd, operation.Length),
            _ => Sockets.SendVector(fd, (IoVector*)operation.Data, operation.Length, more),
        };
        if (result == -Errno.Again)
        {
            state.Knows &= ~SocketKnowledge.Writable;
            if (wait)
            {
                Park(ref state, operation, completions);
                return;
            }
        }
        else if (result >= 0 && operation.Kind != OperationKind.SendVector && (uint)result < operation.Length)
        {
            state.Knows &= ~SocketKnowledge.Writable; // full now, and the kernel owes us an edge
        }
        EpollSockets.Complete(completions, operation.Owner, result);
    }

    public void Connect(in Operation operation, CompletionQueue completions)
    {
        SocketAddress* target = (SocketAddress*)operation.Data;
        int fd = OutgoingSockets.Open(operation, Linux.SocketNonBlocking);
        if (sockets.IsBeyondTables(fd))
        {
            Sockets.Close(fd);
            fd = -Errno.TooManyFiles;
        }
        *operation.Descriptor = fd < 0 ? -1 : fd;
        if (fd < 0)
        {
            EpollSockets.Complete(completions, operation.Owner, fd);
            return;
        }
        ref SocketState state = ref sockets.Renew(fd);
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.Write(target, raw);
        int result = Libc.Value(Libc.Connect(fd, raw, length));
        if (result != -Errno.InProgress)
        {
            EpollSockets.Complete(completions, operation.Owner, result);
            return;
        }
        state.Sending = OperationKind.Connect;
        state.SendOwner = operation.Owner;
        sockets.WatchSend(ref state, fd, completions);
    }

    /// <summary>
    /// The socket is writable: what waits for that goes on. There is room for a completion.
    /// </summary>
    public void GoOn(ref SocketState state, int fd, CompletionQueue completions)
    {
        bool more = (state.SendFlags & OperationFlags.More) != 0;
        int result = state.Sending switch
        {
            OperationKind.Connect => Sockets.TakeError(fd),
            OperationKind.SpliceOut => pipes.Drain(state.SendPipe, fd, state.SendLength),
            _ => Sockets.Send(fd, state.SendData, state.SendLength, more),
        };
        if (result == -Errno.Again)
        {
            state.Knows &= ~SocketKnowledge.Writable;
            return;
        }
        state.Sending = OperationKind.None;
        EpollSockets.Complete(completions, state.SendOwner, result);
    }

    public void Cancel(ref SocketState state, CompletionQueue completions)
    {
        if (state.Sending == OperationKind.None) return;
        state.Sending = OperationKind.None;
        sockets.End(state.SendOwner, -Errno.Canceled, completions);
    }

    /// <summary>Keeps a send until the socket can take something.</summary>
    private void Park(ref SocketState state, in Operation operation, CompletionQueue completions)
    {
        Check.That(state.Sending == OperationKind.None);
        state.Sending = operation.Kind == OperationKind.SpliceOut ? OperationKind.SpliceOut : OperationKind.Send;
        state.SendPipe = operation.Pipe;
        state.SendOwner = operation.Owner;
        state.SendFlags = operation.Flags;
        state.SendData = operation.Data;
        state.SendLength = operation.Length;
        if (operation.Kind == OperationKind.SendVector)
        {
            // The vectors live only as long as the batch, and any progress completes: the first piece is
            // enough.
            IoVector* first = (IoVector*)operation.Data;
            uint left = operation.Length;
            for (; left > 1 && first->Length == 0; left--) first++;
            state.SendData = first->Base;
            state.SendLength = (uint)first->Length;
            if (left > 1) state.SendFlags |= OperationFlags.More;
        }
        sockets.WatchSend(ref state, operation.Fd, completions);
    }
}
