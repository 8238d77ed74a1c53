using System;
using System.Threading;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// A ring of buffers of one class that the kernel takes from when bytes arrive. It keeps as many buffers there as
/// the last ticks have shown to be needed, so that a quiet proxy touches little memory and a busy one does
/// not starve.
/// </summary>
internal sealed unsafe class ReceiveBuffers : IDisposable
{
    public const ushort SmallGroup = 0;
    public const ushort LargeGroup = 1;

    /// <summary>A buffer's number, of 15 bits, has its group in front: a completion tells nothing else about it.</summary>
    private const int GroupShift = 15;


    private const int EntrySize = 16;
    private const int TailOffset = 14;

    private readonly BufferSlab slab;
    private readonly BufferClass kind;
    private readonly ushort groupBit;
    private readonly uint mask;
    private MappedMemory shared;
    private MappedMemory numbers;
    private readonly byte* entries;
    private readonly BufferRef* owned;
    private readonly ushort* free;
    private uint freeCount;
    private uint inRing;
    private uint wanted;
    private ushort tail;
    private bool starved;

    public ReceiveBuffers(Ring ring, BufferSlab slab, BufferClass kind, ushort group, uint initial, uint maximum)
    {
        Check.That(maximum <= 32768 && (maximum & (maximum - 1)) == 0);
        Check.That(initial > 0 && initial <= maximum);
        this.slab = slab;
        this.kind = kind;
        groupBit = (ushort)(group << GroupShift);
        wanted = initial;
        mask = maximum - 1;
        shared = new MappedMemory(maximum * EntrySize);
        numbers = new MappedMemory(maximum * (nuint)(sizeof(BufferRef) + sizeof(ushort)));
        entries = shared.Start;
        owned = (BufferRef*)numbers.Start;
        free = (ushort*)(owned + maximum);
        for (uint i = maximum; i > 0; i--) free[freeCount++] = (ushort)(i - 1);
        // struct io_uring_buf_reg: address, entries and group, reserved
        ulong* registration = stackalloc ulong[5];
        new Span<ulong>(registration, 5).Clear();
        registration[0] = (ulong)entries;
        registration[1] = ((ulong)group << 32) | maximum;
        int result = ring.Register(IoUringAbi.RegisterBufferRing, registration, 1);
        if (result < 0)
        {
            shared.Dispose();
            numbers.Dispose();
            throw new KernelException("io_uring_register of buffers", result);
        }
    }

    /// <summary>Buffers of the slab that stand in the ring.</summary>
    public uint Held => inRing;

    /// <summary>Fills the ring up from the slab, as far as the slab has buffers.</summary>
    public void Refill()
    {
        // More than half used up since the last time, or a receive found none: ask for more from now on.
        if ((inRing < wanted / 2 || starved) && wanted <= mask) wanted *= 2;
        starved = false;
        if (inRing >= wanted) return;
        for (; inRing < wanted; inRing++)
        {
            BufferRef buffer = slab.Take(kind);
            if (buffer.IsNone) break;
            ushort number = free[--freeCount];
            owned[number] = buffer;
            // struct io_uring_buf without its last 2 bytes: those of the first entry are the ring's tail.
            byte* entry = entries + ((tail++ & mask) * EntrySize);
            *(byte**)entry = slab.Address(buffer);
            *(int*)(entry + 8) = slab.SizeOf(kind);
            *(ushort*)(entry + 12) = (ushort)(number | groupBit);
        }
        Volatile.Write(ref *(ushort*)(entries + TailOffset), tail);
    }

    /// <summary>The buffer of a completion, which leaves the ring.</summary>
    public BufferRef Take(uint completionFlags)
    {
        uint number = (completionFlags >> IoUringAbi.BufferShift) & ((1 << GroupShift) - 1);
        Check.That(number <= mask);
        BufferRef buffer = owned[number];
        Check.That(!buffer.IsNone);
        owned[number] = BufferRef.None;
        free[freeCount++] = (ushort)number;
        inRing--;
        return buffer;
    }

    /// <summary>A receive found a ring empty: this one, unless it holds some.</summary>
    public void Starved() => starved |= inRing == 0;

    /// <summary>Which group the buffer of a completion is of.</summary>
    public static bool IsLarge(uint completionFlags) =>
        ((completionFlags >> IoUringAbi.BufferShift) & (LargeGroup << GroupShift)) != 0;

    /// <summary>Returns the buffers to the slab; the ring must be closed before.</summary>
    public void Dispose()
    {
        for (uint i = 0; i <= mask && inRing > 0; i++)
        {
            if (owned[i].IsNone) continue;
            slab.Return(owned[i]);
            inRing--;
        }
        shared.Dispose();
        numbers.Dispose();
    }
}
