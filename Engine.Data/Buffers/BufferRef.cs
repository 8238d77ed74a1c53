namespace Engine.Data.Buffers;

/// <summary>Names a buffer of a thread's slab: 2 bits of class, 30 bits of number. Zero names none.</summary>
public readonly record struct BufferRef(uint Value)
{
    public static BufferRef None => default;

    public BufferRef(BufferClass kind, uint number)
        : this(((uint)kind << 30) | (number + 1)) { }

    public bool IsNone => Value == 0;

    public BufferClass Class => (BufferClass)(Value >> 30);

    public uint Number => (Value & 0x3FFF_FFFF) - 1;
}
