namespace Engine.Data.Kernel;

/// <summary>
/// The 64 bits that travel with an operation as kernel user data: 8 bits kind, 24 bits row, 32 bits generation of
/// the row, so that a completion that comes after the row was freed is recognised and dropped.
/// </summary>
public readonly record struct OperationOwner(ulong Value)
{
    public OperationOwner(OperationKind kind, uint row, uint generation)
        : this(((ulong)kind << 56) | ((ulong)(row & 0xFF_FFFF) << 32) | generation) { }

    public OperationKind Kind => (OperationKind)(Value >> 56);

    public uint Row => (uint)(Value >> 32) & 0xFF_FFFF;

    public uint Generation => (uint)Value;
}
