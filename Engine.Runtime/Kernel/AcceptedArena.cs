using System;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel;

/// <summary>The addresses that accept completions point to, until the systems have read them.</summary>
internal unsafe struct AcceptedArena(uint capacity) : IDisposable
{
    private readonly uint capacity = capacity;
    private MappedMemory memory = new((nuint)capacity * (nuint)sizeof(AcceptedAddresses));
    private uint used;

    public readonly bool IsFull => used == capacity;

    /// <summary>Room for one accept; the caller has asked <see cref="IsFull"/>.</summary>
    public AcceptedAddresses* Take() => (AcceptedAddresses*)memory.Start + used++;

    public void Clear() => used = 0;

    public void Dispose() => memory.Dispose();
}
