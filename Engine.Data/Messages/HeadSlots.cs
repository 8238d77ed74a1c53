using Engine.Data.Tables;

namespace Engine.Data.Messages;

/// <summary>
/// Where parsed heads live while a stream works on one: index, fields and scratch space for what rules add. Lent LIFO,
/// so one slot serves most requests of a thread.
/// </summary>
public sealed unsafe class HeadSlots
{
    private readonly byte* slots;
    private readonly nuint stride;
    private readonly uint capacity;
    private readonly uint* free;
    private uint freeCount;
    private uint everUsed;
    private readonly int fieldCapacity;
    private readonly int scratchOffset;

    /// <param name="fieldCapacity">Fields of a head at most, those that rules add included.</param>
    /// <param name="scratchSize">Bytes for what rules compute, each head.</param>
    /// <param name="capacity">Heads at work at most.</param>
    public HeadSlots(int fieldCapacity, int scratchSize, uint capacity)
    {
        this.fieldCapacity = fieldCapacity;
        this.capacity = capacity;
        ScratchSize = scratchSize;
        scratchOffset = (MessageHead.SlotSize(fieldCapacity) + 63) & ~63;
        stride = (nuint)(((scratchOffset + scratchSize + 63) & ~63) + NativeRegion.CacheLine);
        slots = (byte*)NativeRegion.Reserve(stride * capacity);
        free = (uint*)NativeRegion.Reserve((nuint)capacity * sizeof(uint));
    }

    public int ScratchSize { get; }

    public uint Lent { get; private set; }

    /// <summary>Lends a cleared head, or null when all are at work.</summary>
    public MessageHead* Take()
    {
        uint number;
        if (freeCount > 0) number = free[--freeCount];
        else if (everUsed < capacity) number = everUsed++;
        else return null;
        Lent++;
        MessageHead* head = (MessageHead*)(slots + number * stride);
        *head = default;
        head->FieldCapacity = fieldCapacity;
        return head;
    }

    public void Return(MessageHead* head)
    {
        nuint offset = (nuint)((byte*)head - slots);
        Check.That(offset % stride == 0);
        free[freeCount++] = (uint)(offset / stride);
        Lent--;
    }

    /// <summary>Whether bytes lie in a slot, and so die with its head.</summary>
    public bool Owns(ByteView bytes) => bytes.Start >= slots && bytes.Start < slots + stride * capacity;

    public byte* ScratchOf(MessageHead* head) => (byte*)head + scratchOffset;
}
