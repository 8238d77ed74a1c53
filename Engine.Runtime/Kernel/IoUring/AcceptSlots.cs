using System;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>The accepts that are armed, by the number that their completions carry.</summary>
internal unsafe struct AcceptSlots : IDisposable
{
    private const int None = -1;

    private NativeList<Slot> slots;
    private int firstFree;

    public AcceptSlots() => firstFree = None;

    internal struct Slot
    {
        public OperationOwner Owner;
        public int Fd;

        /// <summary>Next free slot + 0, meaningful while the slot is free.</summary>
        public int NextFree;

        public OperationFlags Flags;

        /// <summary>
        /// The listener does not block, so it is polled and accept4 called when it is readable.
        /// </summary>
        public bool Polled;

        public bool Taken;
    }

    public int Take(in Operation operation, bool polled)
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
            Flags = operation.Flags,
            Polled = polled,
            Taken = true,
        };
        return number;
    }

    public readonly ref Slot this[int number]
    {
        get
        {
            ref Slot slot = ref slots[number];
            Check.That(slot.Taken);
            return ref slot;
        }
    }

    public void Free(int number)
    {
        ref Slot slot = ref this[number];
        slot.Taken = false;
        slot.NextFree = firstFree;
        firstFree = number;
    }

    public void Dispose() => slots.Dispose();
}
