using System;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>
/// Receives: tried when the socket may hold something, else left until an edge says that it does.
/// </summary>
internal sealed unsafe class EpollReceives(EpollSockets sockets, BufferSlab slab, Pipes pipes) : IDisposable
{
    /// <summary>Buffers read from one socket before the others get their turn.</summary>
    private const int ReadsPerTurn = 16;

    /// <summary>Large buffers filled before what they hold is passed on: it may be as much for each of many sockets.</summary>
    private const int LargePerTurn = 64;

    /// <summary>
    /// Taken before a receive is tried, so that a receive that finds nothing costs no take and return.
    /// </summary>
    private BufferRef spareSmall;

    private BufferRef spareLarge;

    private int largeInTurn;

    public uint BuffersHeld => (spareSmall.IsNone ? 0u : 1u) + (spareLarge.IsNone ? 0u : 1u);

    public void Dispose()
    {
        if (!spareSmall.IsNone) slab.Return(spareSmall);
        if (!spareLarge.IsNone) slab.Return(spareLarge);
        spareSmall = BufferRef.None;
        spareLarge = BufferRef.None;
    }

    /// <summary>What was received before has been passed on.</summary>
    public void BeginTurn() => largeInTurn = 0;

    public void Arm(in Operation operation, CompletionQueue completions)
    {
        int fd = operation.Fd;
        ref SocketState state = ref sockets.State(fd);
        Check.That(state.Receiving == OperationKind.None);
        state.Receiving = operation.Kind;
        state.ReceiveFlags = operation.Flags;
        state.ReceiveOwner = operation.Owner;
        state.ReceivePipe = operation.Pipe;
        state.ReceiveLength = operation.Length;
        // A socket that is not watched may hold bytes already: tried, unless a request was only just sent.
        // The first watch reports what is there at that moment, so nothing is missed in between.
        if (state.Has(SocketKnowledge.Readable)) GoOn(ref state, fd, completions);
        else if (state.Has(SocketKnowledge.Watched)) return;
        else if ((operation.Flags & OperationFlags.Later) == 0) GoOn(ref state, fd, completions);
        else sockets.WatchReceive(ref state, fd, completions);
    }

    /// <summary>
    /// Reads for the armed receive until it is done, the socket is drained or its turn is over.
    /// </summary>
    public void GoOn(ref SocketState state, int fd, CompletionQueue completions)
    {
        for (int reads = 0; ; reads++)
        {
            bool large = (state.ReceiveFlags & OperationFlags.Large) != 0;
            if (reads == ReadsPerTurn || (large && largeInTurn >= LargePerTurn) || completions.Room <= sockets.Reserved)
            {
                state.Knows |= SocketKnowledge.Readable;
                sockets.List(ref state, fd);
                return;
            }
            int result = state.Receiving == OperationKind.SpliceIn
                ? Splice(ref state, fd, completions)
                : large
                ? ReceiveOnce(ref state, fd, BufferClass.Large, ref spareLarge, completions)
                : ReceiveOnce(ref state, fd, BufferClass.Small, ref spareSmall, completions);
            if (result == -Errno.Again)
            {
                state.Knows &= ~SocketKnowledge.Readable;
                sockets.WatchReceive(ref state, fd, completions);
                return;
            }
            if (state.Receiving == OperationKind.None) return;
            if (state.Has(SocketKnowledge.Readable)) continue;
            sockets.WatchReceive(ref state, fd, completions);
            return;
        }
    }

    public void Cancel(ref SocketState state, CompletionQueue completions)
    {
        if (state.Receiving == OperationKind.None) return;
        state.Receiving = OperationKind.None;
        sockets.End(state.ReceiveOwner, -Errno.Canceled, completions);
    }

    private int ReceiveOnce(
        ref SocketState state, int fd, BufferClass kind, ref BufferRef spare, CompletionQueue completions)
    {
        if (spare.IsNone) spare = slab.Take(kind);
        if (spare.IsNone)
        {
            // Nothing was read, so what the socket holds is still known or will be asked for.
            state.Receiving = OperationKind.None;
            EpollSockets.Complete(completions, state.ReceiveOwner, -Errno.NoBuffers);
            return -Errno.NoBuffers;
        }
        int size = slab.SizeOf(kind);
        if (state.ReceiveLength != 0) size = (int)Math.Min((uint)size, state.ReceiveLength);
        int result = Sockets.Receive(fd, slab.Address(spare), (uint)size);
        if (result == -Errno.Again) return result;
        ref Completion completion = ref completions.Add();
        completion.Owner = state.ReceiveOwner;
        completion.Result = result;
        bool more = false;
        if (result > 0)
        {
            completion.Buffer = spare;
            slab.Segment(spare).End = result;
            spare = BufferRef.None;
            if (kind == BufferClass.Large) largeInTurn++;
            more = (state.ReceiveFlags & OperationFlags.Repeat) != 0;
            completion.Flags = Learn(ref state, result == size)
                | (more ? CompletionFlags.More : CompletionFlags.None);
        }
        if (!more) state.Receiving = OperationKind.None;
        return result;
    }

    /// <summary>How much the socket still holds is not known after it: the next receive tries.</summary>
    private int Splice(ref SocketState state, int fd, CompletionQueue completions)
    {
        int result = pipes.Fill(state.ReceivePipe, fd, state.ReceiveLength);
        if (result == -Errno.Again) return result;
        state.Receiving = OperationKind.None;
        if (result > 0) state.Knows |= SocketKnowledge.Readable;
        EpollSockets.Complete(completions, state.ReceiveOwner, result);
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
}
