using System;
using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Kernel;

/// <summary>The operations of one tick, in the order the systems asked for them. Grows never: a full queue is a bug.</summary>
public sealed unsafe class OperationQueue
{
    private readonly Operation* operations;
    private readonly uint capacity;

    public OperationQueue(uint capacity)
    {
        this.capacity = capacity;
        operations = (Operation*)NativeRegion.Reserve((nuint)capacity * (nuint)sizeof(Operation));
    }

    public uint Count { get; private set; }

    /// <summary>Appends an empty operation for the caller to fill.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Operation Add()
    {
        Check.That(Count < capacity);
        ref Operation operation = ref operations[Count++];
        operation = default;
        return ref operation;
    }

    public Span<Operation> Items => new(operations, (int)Count);

    public void Clear() => Count = 0;
}
