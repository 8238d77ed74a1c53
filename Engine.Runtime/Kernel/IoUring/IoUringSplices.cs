using System;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// Splices: the ring would hand each to a worker thread, so it only tells when the socket is ready, and splice(2) is
/// called here. The sockets block otherwise, as io_uring wants them: for the call they are set not to.
/// </summary>
internal sealed unsafe class IoUringSplices(Ring ring, Armed* armed) : IDisposable
{
    private const int None = -1;

    private readonly Pipes pipes = new();
    private NativeList<Slot> slots;
    private int firstFree = None;

    /// <summary>Waits until the socket is ready; answers the user data under which it can be cancelled.</summary>
    public ulong Arm(in Operation operation)
    {
        int number = firstFree;
        if (number == None)
        {
            slots.Add(default);
            number = slots.Count - 1;
        }
        else
        {
            firstFree = slots[number].NextFree;
        }
        slots[number] = new Slot
        {
            Owner = operation.Owner,
            Fd = operation.Fd,
            Pipe = operation.Pipe,
            Length = operation.Length,
            IsOut = operation.Kind == OperationKind.SpliceOut,
        };
        Watch(number);
        return UserData.Splice | (uint)number;
    }

    /// <summary>Moves out of the pipe what the socket takes now: a count, or a negated errno.</summary>
    public int DrainNow(in Operation operation) => Call(operation.Fd, operation.Pipe, operation.Length, isOut: true);

    public void Empty(int pipe) => pipes.Empty(pipe);

    /// <summary>The pipe is another's from now on, whatever the ring still says of this splice.</summary>
    public void Forget(ulong userData) => slots[(int)userData].Pipe = None;

    /// <summary>The socket is ready, or the wait was cancelled. False when it goes on waiting.</summary>
    public bool TryFinish(CompletionEntry* entry, out OperationOwner owner, out int result)
    {
        int number = (int)entry->UserData;
        ref Slot slot = ref slots[number];
        owner = slot.Owner;
        if (entry->Result < 0) result = entry->Result;
        else if (slot.Pipe == None) result = -Errno.Canceled;
        else result = Call(slot.Fd, slot.Pipe, slot.Length, slot.IsOut);
        if (result == -Errno.Again)
        {
            Watch(number);
            return false;
        }
        ref Armed on = ref armed[slot.Fd];
        ref ulong waits = ref slot.IsOut ? ref on.Send : ref on.Receive;
        if (waits == entry->UserData) waits = 0; // else the descriptor is another socket's by now
        slot.NextFree = firstFree;
        firstFree = number;
        return true;
    }

    public void Dispose()
    {
        pipes.Dispose();
        slots.Dispose();
    }

    private int Call(int socket, int pipe, uint length, bool isOut)
    {
        _ = Libc.SetStatus(socket, Linux.SetStatusFlags, Linux.StatusNonBlocking);
        int result = isOut ? pipes.Drain(pipe, socket, length) : pipes.Fill(pipe, socket, length);
        _ = Libc.SetStatus(socket, Linux.SetStatusFlags, 0);
        return result;
    }

    private void Watch(int number)
    {
        if (ring.Room == 0) _ = ring.Enter();
        Check.That(ring.Room > 0);
        ref Slot slot = ref slots[number];
        uint readiness = slot.IsOut ? Linux.ReadyOut : Linux.ReadyIn | Linux.ReadyPeerClosed;
        Entries.PollFor(ring.NextEntry(), slot.Fd, readiness, UserData.Splice | (uint)number);
    }

    private struct Slot
    {
        public OperationOwner Owner;
        public int Fd;
        public int Pipe;
        public uint Length;
        public int NextFree;
        public bool IsOut;
    }
}
