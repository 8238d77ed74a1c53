using System;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>
/// The state of every descriptor, which of them epoll watches, and which go on without an event.
/// </summary>
internal sealed unsafe class EpollSockets : IDisposable
{
    private const uint WatchReading = Linux.ReadyIn | Linux.ReadyPeerClosed | Linux.EpollEdge;
    private const uint WatchBoth = WatchReading | Linux.ReadyOut;

    private readonly uint count;
    private readonly SocketState* states;
    private MappedMemory memory;

    /// <summary>Sockets to go on with in the next wait, without an event.</summary>
    private NativeList<int> listed;

    /// <summary>Ends that found no room.</summary>
    private NativeList<Completion> late;

    public EpollSockets(in KernelSizes sizes)
    {
        count = sizes.Descriptors;
        memory = new MappedMemory(count * (nuint)sizeof(SocketState));
        states = (SocketState*)memory.Start;
    }

    public EpollSet Epoll { get; } = new();

    /// <summary>Room in the completion queue that the rest of the batch needs.</summary>
    public uint Reserved { get; set; }

    public bool HasListed => listed.Count > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SocketState State(int fd)
    {
        Check.That((uint)fd < count);
        return ref states[fd];
    }

    public bool IsBeyondTables(int fd) => fd >= (int)count;

    /// <summary>Forgets what was known of the descriptor before: it is another socket from now on.</summary>
    public ref SocketState Renew(int fd)
    {
        ref SocketState state = ref State(fd);
        // The mark stays with an entry that is still in the list, so that the new socket is not added twice.
        state = new SocketState { Knows = state.Knows & SocketKnowledge.Listed };
        return ref state;
    }

    public static void Complete(CompletionQueue completions, OperationOwner owner, int result)
    {
        ref Completion completion = ref completions.Add();
        completion.Owner = owner;
        completion.Result = result;
    }

    /// <summary>Completes now, or in the next wait when the room left is for the rest of the batch.</summary>
    public void End(OperationOwner owner, int result, CompletionQueue completions)
    {
        if (completions.Room > Reserved) Complete(completions, owner, result);
        else late.Add(new Completion { Owner = owner, Result = result });
    }

    public void DeliverLate(CompletionQueue completions)
    {
        if (late.Count == 0) return;
        int delivered = 0;
        for (; delivered < late.Count && completions.Room > 0; delivered++)
            completions.Add() = late[delivered];
        late.RemoveFirst(delivered);
    }

    /// <summary>Has the next wait go on with this socket.</summary>
    public void List(ref SocketState state, int fd)
    {
        if (state.Has(SocketKnowledge.Listed)) return;
        state.Knows |= SocketKnowledge.Listed;
        listed.Add(fd);
    }

    /// <summary>Hands the list over, for another that is empty.</summary>
    public void ExchangeListed(ref NativeList<int> other) => (listed, other) = (other, listed);

    /// <summary>Watches the socket of the armed receive; a failure ends the receive.</summary>
    public void WatchReceive(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Has(SocketKnowledge.Watched)) return;
        int result = Watch(ref state, fd, WatchReading);
        if (result == 0) return;
        state.Receiving = OperationKind.None;
        End(state.ReceiveOwner, result, completions);
    }

    /// <summary>Watches the socket of the parked send or connect; a failure ends it.</summary>
    public void WatchSend(ref SocketState state, int fd, CompletionQueue completions)
    {
        if (state.Has(SocketKnowledge.WatchedForWriting)) return;
        int result = Watch(ref state, fd, WatchBoth);
        if (result == 0) return;
        state.Sending = OperationKind.None;
        End(state.SendOwner, result, completions);
    }

    public void Dispose()
    {
        Epoll.Dispose();
        memory.Dispose();
        listed.Dispose();
        late.Dispose();
    }

    /// <summary>
    /// Has epoll watch a socket. The one failure that can come is want of memory or of watches
    /// (fs.epoll.max_user_watches).
    /// </summary>
    private int Watch(ref SocketState state, int fd, uint readiness)
    {
        int operation = state.Has(SocketKnowledge.Watched) ? Linux.EpollModify : Linux.EpollAdd;
        int result = Epoll.Control(operation, fd, readiness);
        if (result < 0) return result;
        state.Knows |= SocketKnowledge.Watched;
        if ((readiness & Linux.ReadyOut) != 0) state.Knows |= SocketKnowledge.WatchedForWriting;
        return 0;
    }
}
