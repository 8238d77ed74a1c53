using System;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>The listeners of a thread and the connections they give.</summary>
internal sealed unsafe class IoUringAccepts(Ring ring, Armed* armed, KernelSizes sizes) : IDisposable
{
    /// <summary>Connections taken from a polled listener before others get their turn.</summary>
    private const int BurstMax = 64;

    private AcceptSlots slots = new();
    private AcceptedArena addresses = new(sizes.AcceptsPerTick);

    /// <summary>No more accepts can be reported before the next tick.</summary>
    public bool IsFull => addresses.IsFull;

    public void ClearAddresses() => addresses.Clear();

    public void Dispose()
    {
        slots.Dispose();
        addresses.Dispose();
    }

    /// <summary>Prepares an accept; returns the user data that a cancel must name.</summary>
    public ulong Arm(in Operation operation)
    {
        // io_uring does not wait on a descriptor that is set not to block, and the flag belongs to the open
        // file, which the process that handed us the listener may share: it is left as it is, and polled.
        bool polled = Sockets.IsNonBlocking(operation.Fd);
        ulong userData = UserData.Accept | (uint)slots.Take(operation, polled);
        ulong* entry = ring.NextEntry();
        if (polled) Entries.Poll(entry, operation.Fd, false, userData);
        else Entries.Accept(entry, operation.Fd, (operation.Flags & OperationFlags.Repeat) != 0, userData);
        return userData;
    }

    /// <summary>
    /// Reports what an accept's completion stands for. There is room for one completion and one address.
    /// </summary>
    public void Take(CompletionEntry* entry, CompletionQueue completions)
    {
        int number = (int)entry->UserData;
        ref AcceptSlots.Slot slot = ref slots[number];
        if (slot.Polled && entry->Result >= 0)
        {
            TakePolled(number, completions);
            return;
        }
        bool more = (entry->Flags & IoUringAbi.HasMore) != 0;
        Report(slot, entry->Result, more, completions);
        if (!more) slots.Free(number);
    }

    /// <summary>A polled listener is readable: accepts what waits, and watches it again.</summary>
    private void TakePolled(int number, CompletionQueue completions)
    {
        ref AcceptSlots.Slot slot = ref slots[number];
        bool repeat = (slot.Flags & OperationFlags.Repeat) != 0;
        for (int i = 0; i < BurstMax && completions.Room > 0 && !addresses.IsFull; i++)
        {
            int fd = Libc.Value(Libc.Accept(slot.Fd, null, null, Linux.SocketCloseOnExec));
            if (fd == -Errno.Again) break;
            if (AcceptErrors.ConcernOneConnection(fd)) continue;
            bool more = fd >= 0 && repeat;
            Report(slot, fd, more, completions);
            if (more) continue;
            slots.Free(number);
            return;
        }
        if (ring.Room == 0) _ = ring.Enter();
        Check.That(ring.Room > 0);
        Entries.Poll(ring.NextEntry(), slot.Fd, false, UserData.Accept | (uint)number);
    }

    private void Report(in AcceptSlots.Slot slot, int fd, bool more, CompletionQueue completions)
    {
        if (fd >= (int)sizes.Descriptors)
        {
            Sockets.Close(fd);
            if (more) return; // still armed: a refusal of this one only
            fd = -Errno.TooManyFiles;
        }
        ref Completion completion = ref completions.Add();
        completion.Owner = slot.Owner;
        completion.Result = fd;
        completion.Flags = more ? CompletionFlags.More : CompletionFlags.None;
        if (fd < 0) return;
        armed[fd] = default;
        AcceptedAddresses* both = addresses.Take();
        Sockets.GetPeer(fd, out both->Peer);
        if ((slot.Flags & OperationFlags.WantLocal) != 0) Sockets.GetLocal(fd, out both->Local);
        else both->Local = default;
        completion.Addresses = both;
    }
}
