using System;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>
/// Performs operations: at once where the socket may be ready, else when an edge says that it is. A socket is
/// watched from the first call that would have blocked; most server connections of a short life never are.
/// </summary>
internal sealed unsafe class EpollEngine : IDisposable
{
    /// <summary>Buffers read from one socket before the others get their turn.</summary>
    private const int ReadsPerTurn = 16;

    private const uint WatchReading = Linux.ReadyIn | Linux.ReadyPeerClosed | Linux.EpollEdge;
    private const uint WatchBoth = WatchReading | Linux.ReadyOut;

    private readonly BufferSlab slab;
    private readonly EpollSet epoll = new();
    private readonly int wakeFd;
    private readonly uint descriptorCount;
    private MappedMemory stateMemory;
    private readonly SocketState* states;
    private readonly EpollAccepts accepts;

    /// <summary>
    /// Taken before a receive is tried, so that a receive that finds nothing costs no take and return.
    /// </summary>
    private BufferRef spare;

    /// <summary>Sockets to go on with in the next wait, without an event.</summary>
    private NativeList<int> listed;

    /// <summary>The list of the wait under way, while the sockets go into the other one again.</summary>
    private NativeList<int> turn;

    /// <summary>Ends that found no room.</summary>
    private NativeList<Completion> late;

    /// <summary>Room in the completion queue that the rest of the batch needs.</summary>
    private uint reserved;

    public EpollEngine(BufferSlab slab, in KernelSizes sizes)
    {
        this.slab = slab;
        wakeFd = WakeDescriptor.Open();
        _ = epoll.Control(Linux.EpollAdd, wakeFd, Linux.ReadyIn | Linux.EpollEdge);
        descriptorCount = sizes.Descriptors;
        stateMemory = new MappedMemory(descriptorCount * (nuint)sizeof(SocketState));
        states = (SocketState*)stateMemory.Start;
        accepts = new EpollAccepts(epoll, states, sizes);
    }

    public uint BuffersHeld => spare.IsNone ? 0u : 1u;

    public void Submit(OperationQueue operations, CompletionQueue completions)
    {
        Span<Operation> batch = operations.Items;
        for (int i = 0; i < batch.Length; i++)
        {
            reserved = (uint)(batch.Length - i - 1);
            Perform(ref batch[i], completions);
        }
        operations.Clear();
        reserved = 0;
    }

    public void Wait(CompletionQueue completions, long timeoutNanoseconds)
    {
        if (completions.Count == 0) accepts.ClearAddresses();
        DeliverLate(completions);
        bool busy = listed.Count > 0 || completions.Count > 0;
        int count = epoll.Wait(busy ? 0 : Milliseconds(timeoutNanoseconds));
        (turn, listed) = (listed, turn);
        for (int i = 0; i < count; i++)
        {
            int fd = epoll.DescriptorAt(i);
            if (fd != wakeFd) TakeEvent(fd, epoll.ReadinessAt(i), completions);
        }
        for (int i = 0; i < turn.Count; i++) GoOn(turn[i], completions);
        turn.Clear();
    }

    public void Wake() => WakeDescriptor.Signal(wakeFd);

    public void Dispose()
    {
        epoll.Dispose();
        Sockets.Close(wakeFd);
        if (!spare.IsNone) slab.Return(spare);
        spare = BufferRef.None;
        stateMemory.Dispose();
        accepts.Dispose();
        listed.Dispose();
        turn.Dispose();
        late.Dispose();
    }

    /// <summary>Rounded up: a timer that is waited for must have expired when the wait ends.</summary>
    private static int Milliseconds(long nanoseconds) =>
        nanoseconds < 0 ? -1 : (int)Math.Min((nanoseconds + 999_999) / 1_000_000, int.MaxValue);

    private void Perform(ref Operation operation, CompletionQueue completions)
    {
        switch (operation.Kind)
        {
            case OperationKind.Receive:
            case OperationKind.ReceiveInto:
                ArmReceive(operation, completions);
                break;
            case OperationKind.Send:
            case OperationKind.SendVector:
                PerformSend(operation, completions);
                break;
            case OperationKind.Accept:
                accepts.Arm(operation, ref State(operation.Fd), completions);
                break;
            case OperationKind.Connect:
                PerformConnect(operation, completions);
                break;
            case OperationKind.CancelReceive:
                CancelReceive(ref State(operation.Fd), operation.Fd, completions);
                break;
            case OperationKind.CancelAll:
                CancelReceive(ref State(operation.Fd), operation.Fd, completions);
                CancelSend(ref State(operation.Fd), completions);
                break;
            case OperationKind.ShutdownSend:
                _ = Libc.Shutdown(operation.Fd, Linux.ShutdownWrite);
                break;
            case OperationKind.Close:
                PerformClose(operation);
                break;
            case OperationKind.SendDatagrams:
                int sent = DatagramSender.Run(operation.Fd, (Datagram*)operation.Data, operation.Length);
                Complete(completions, operation.Owner, sent);
                break;
            case OperationKind.Write:
                int written = DescriptorWriter.Run(operation.Fd, (byte*)operation.Data, operation.Length);
                if (operation.Descriptor != null) *operation.Descriptor = written;
                break;
            default:
                Check.That(operation.Kind == OperationKind.None);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref SocketState State(int fd)
    {
        Check.That((uint)fd < descriptorCount);
        return ref states[fd];
    }

    private static void Complete(CompletionQueue completions, OperationOwner owner, int result)
    {
        ref Completion completion = ref completions.Add();
        completion.Owner = owner;
        completion.Result = result;
    }

    private void ArmReceive(in Operation operation, CompletionQueue completions)
    {
        int fd = operation.Fd;
        ref SocketState state = ref State(fd);
        Check.That(state.Receiving == OperationKind.None);
        state.Receiving = operation.Kind;
        state.ReceiveFlags = operation.Flags;
        state.ReceiveOwner = operation.Owner;
        state.ReceiveData = operation.Data;
        state.ReceiveLength = operation.Length;
        // A socket that is not watched may hold bytes already: tried, unless a request was only just sent.
        // The first watch reports what is there at that moment, so nothing is missed in between.
        if (state.Has(SocketKnowledge.Readable)) Receive(ref state, fd, completions);
        else if (state.Has(SocketKnowledge.Watched)) return;
        else if ((operation.Flags & OperationFlags.Later) == 0) Receive(ref state, fd, completions);
        else WatchReceive(ref state, fd, completions);
    }

    /// <summary>
    /// Reads for the armed receive until it is done, the socket is drained or its turn is over.
    /// </summary>
    private void Receive(ref SocketState state, int fd, CompletionQueue completions)
    {
        bool repeat = (state.ReceiveFlags & OperationFlags.Repeat) != 0;
        for (int reads = 0; ; reads++)
        {
            if (reads == ReadsPerTurn || completions.Room <= reserved)
            {
                state.Knows |= SocketKnowledge.Readable;
                List(ref state, fd);
                return;
            }
            int result = state.Receiving == OperationKind.Receive
                ? ReceiveSmall(ref state, fd, repeat, completions)
                : ReceiveInto(ref state, fd, completions);
            if (result == -Errno.Again)
            {
                state.Knows &= ~SocketKnowledge.Readable;
                WatchReceive(ref state, fd, completions);
                return;
            }
            if (state.Receiving == OperationKind.None) return;
            if (state.Has(SocketKnowledge.Readable)) continue;
            WatchReceive(ref state, fd, completions);
            return;
        }
    }

    private int ReceiveSmall(ref SocketState state, int fd, bool repeat, CompletionQueue completions)
    {
        if (spare.IsNone) spare = slab.Take(BufferClass.Small);
        if (spare.IsNone)
        {
            // Nothing was read, so what the socket holds is still known or will be asked for.
            state.Receiving = OperationKind.None;
            Complete(completions, state.ReceiveOwner, -Errno.NoBuffers);
            return -Errno.NoBuffers;
        }
        int result = Sockets.Receive(fd, slab.Address(spare), BufferSlab.SmallSize);
        if (result == -Errno.Again) return result;
        ref Completion completion = ref completions.Add();
        completion.Owner = state.ReceiveOwner;
        completion.Result = result;
        if (result > 0)
        {
            completion.Buffer = spare;
            slab.Segment(spare).End = result;
            spare = BufferRef.None;
            completion.Flags = Learn(ref state, result == BufferSlab.SmallSize)
                | (repeat ? CompletionFlags.More : CompletionFlags.None);
            if (repeat) return result;
        }
        state.Receiving = OperationKind.None;
        return result;
    }

    private int ReceiveInto(ref SocketState state, int fd, CompletionQueue completions)
    {
        int result = Sockets.Receive(fd, (byte*)state.ReceiveData, state.ReceiveLength);
        if (result == -Errno.Again) return result;
        state.Receiving = OperationKind.None;
        ref Completion completion = ref completions.Add();
        completion.Owner = state.ReceiveOwner;
        completion.Result = result;
        if (result > 0) completion.Flags = Learn(ref state, (uint)result == state.ReceiveLength);
        return result;
    }

    /// <summary>
    /// A full buffer means there may be more; a short one means drained, unless the end is there too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CompletionFlags Learn(ref SocketState state, bool filled)
    {
        if (filled) state.Knows |= SocketKnowledge.Readable;
        else if (!state.Has(SocketKnowledge.Ended)) state.Knows &= ~SocketKnowledge.Readable;
        return filled ? CompletionFlags.SocketNotEmpty : CompletionFlags.None;
    }

    private void PerformSend(in Operation operation, CompletionQueue completions)
    {
        int fd = operation.Fd;
        ref SocketState state = ref State(fd);
        bool more = (operation.Flags & OperationFlags.More) != 0;
        bool wait = (operation.Flags & OperationFlags.Wait) != 0;
        if (wait && !state.Has(SocketKnowledge.Writable))
        {
            Park(ref state, operation, completions);
            return;
        }
        int result = operation.Kind == OperationKind.Send
            ? Sockets.Send(fd, operation.Data, operation.Length, more)
            : Sockets.SendVector(fd, (IoVector*)operation.Data, operation.Length, more);
        if (result == -Errno.Again)
        {
            state.Knows &= ~SocketKnowledge.Writable;
            if (wait)
            {
                Park(ref state, operation, completions);
                return;
            }
        }
        else if (result >= 0 && operation.Kind == OperationKind.Send && (uint)result < operation.Length)
        {
            state.Knows &= ~SocketKnowledge.Writable; // full now, and the kernel owes us an edge
        }
        Complete(completions, operation.Owner, result);
    }

    /// <summary>Keeps a send until the socket can take something.</summary>
    private void Park(ref SocketState state, in Operation operation, CompletionQueue completions)
    {
        Check.That(state.Sending == OperationKind.None);
        state.Sending = OperationKind.Send;
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
        WatchSend(ref state, operation.Fd, completions);
    }

    private void SendParked(ref SocketState state, int fd, CompletionQueue completions)
    {
        bool more = (state.SendFlags & OperationFlags.More) != 0;
        int result = Sockets.Send(fd, state.SendData, state.SendLength, more);
        if (result == -Errno.Again)
        {
            state.Knows &= ~SocketKnowledge.Writable;
            return;
        }
        state.Sending = OperationKind.None;
        Complete(completions, state.SendOwner, result);
    }

    private void PerformConnect(in Operation operation, CompletionQueue completions)
    {
        SocketAddress* target = (SocketAddress*)operation.Data;
        SocketAddress* source = operation.Length > 1 ? target + 1 : null;
        int fd = Sockets.OpenStream(target, source, Linux.SocketNonBlocking);
        if (fd >= (int)descriptorCount)
        {
            Sockets.Close(fd);
            fd = -Errno.TooManyFiles;
        }
        *operation.Descriptor = fd < 0 ? -1 : fd;
        if (fd < 0)
        {
            Complete(completions, operation.Owner, fd);
            return;
        }
        ref SocketState state = ref states[fd];
        state = new SocketState { Knows = state.Knows & SocketKnowledge.Listed };
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.Write(target, raw);
        int result = Libc.Value(Libc.Connect(fd, raw, length));
        if (result != -Errno.InProgress)
        {
            Complete(completions, operation.Owner, result);
            return;
        }
        state.Sending = OperationKind.Connect;
        state.SendOwner = operation.Owner;
        WatchSend(ref state, fd, completions);
    }

    private void PerformClose(in Operation operation)
    {
        int fd = operation.Fd;
        ref SocketState state = ref State(fd);
        Check.That(state.Receiving == OperationKind.None);
        Check.That(state.Sending == OperationKind.None);
        if ((operation.Flags & OperationFlags.Reset) != 0) Sockets.ResetOnClose(fd);
        // The mark stays with an entry that is still in the list: the next socket of this number is not added
        // twice.
        state = new SocketState { Knows = state.Knows & SocketKnowledge.Listed };
        Sockets.Close(fd);
    }

    private void CancelReceive(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Receiving == OperationKind.None) return;
        if (state.Receiving == OperationKind.Accept) accepts.Disarm(fd);
        state.Receiving = OperationKind.None;
        EndLater(state.ReceiveOwner, -Errno.Canceled, completions);
    }

    private void CancelSend(ref SocketState state, CompletionQueue completions)
    {
        if (state.Sending == OperationKind.None) return;
        state.Sending = OperationKind.None;
        EndLater(state.SendOwner, -Errno.Canceled, completions);
    }

    /// <summary>Completes now, or in the next wait when the room left is for the rest of the batch.</summary>
    private void EndLater(OperationOwner owner, int result, CompletionQueue completions)
    {
        if (completions.Room > reserved) Complete(completions, owner, result);
        else late.Add(new Completion { Owner = owner, Result = result });
    }

    private void DeliverLate(CompletionQueue completions)
    {
        int delivered = 0;
        for (; delivered < late.Count && completions.Room > 0; delivered++)
            completions.Add() = late[delivered];
        late.RemoveFirst(delivered);
    }

    /// <summary>
    /// Has epoll watch a socket. The one failure that can come is want of memory or of watches
    /// (fs.epoll.max_user_watches): the operation that needed the watch then ends with it.
    /// </summary>
    private int Watch(ref SocketState state, int fd, uint readiness)
    {
        int operation = state.Has(SocketKnowledge.Watched) ? Linux.EpollModify : Linux.EpollAdd;
        int result = epoll.Control(operation, fd, readiness);
        if (result < 0) return result;
        state.Knows |= SocketKnowledge.Watched;
        if ((readiness & Linux.ReadyOut) != 0) state.Knows |= SocketKnowledge.WatchedForWriting;
        return 0;
    }

    private void WatchReceive(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Has(SocketKnowledge.Watched)) return;
        int result = Watch(ref state, fd, WatchReading);
        if (result == 0) return;
        state.Receiving = OperationKind.None;
        EndLater(state.ReceiveOwner, result, completions);
    }

    private void WatchSend(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Has(SocketKnowledge.WatchedForWriting)) return;
        int result = Watch(ref state, fd, WatchBoth);
        if (result == 0) return;
        state.Sending = OperationKind.None;
        EndLater(state.SendOwner, result, completions);
    }

    private void TakeEvent(int fd, uint readiness, CompletionQueue completions)
    {
        ref SocketState state = ref states[fd];
        if (state.Receiving == OperationKind.Accept)
        {
            accepts.Take(ref state, fd, completions);
            return;
        }
        const uint End = Linux.ReadyPeerClosed | Linux.ReadyHangUp | Linux.ReadyError;
        SocketKnowledge learned = SocketKnowledge.None;
        if ((readiness & (Linux.ReadyIn | End)) != 0) learned |= SocketKnowledge.Readable;
        if ((readiness & End) != 0) learned |= SocketKnowledge.Ended;
        if ((readiness & (Linux.ReadyOut | Linux.ReadyHangUp | Linux.ReadyError)) != 0)
            learned |= SocketKnowledge.Writable;
        state.Knows |= learned;
        GoOnReady(ref state, fd, completions);
    }

    private void GoOn(int fd, CompletionQueue completions)
    {
        ref SocketState state = ref states[fd];
        state.Knows &= ~SocketKnowledge.Listed;
        GoOnReady(ref state, fd, completions);
    }

    private void GoOnReady(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Sending != OperationKind.None && state.Has(SocketKnowledge.Writable))
        {
            if (completions.Room == 0) List(ref state, fd);
            else if (state.Sending == OperationKind.Connect) FinishConnect(ref state, fd, completions);
            else SendParked(ref state, fd, completions);
        }
        if (state.Receiving != OperationKind.None && state.Has(SocketKnowledge.Readable))
            Receive(ref state, fd, completions);
    }

    private static void FinishConnect(ref SocketState state, int fd, CompletionQueue completions)
    {
        state.Sending = OperationKind.None;
        Complete(completions, state.SendOwner, Sockets.TakeError(fd));
    }

    private void List(ref SocketState state, int fd)
    {
        if (state.Has(SocketKnowledge.Listed)) return;
        state.Knows |= SocketKnowledge.Listed;
        listed.Add(fd);
    }
}
