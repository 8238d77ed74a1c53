using System;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// Addresses and message headers that must stay where they are until the kernel has taken their entries.
/// </summary>
internal unsafe struct BatchArena : IDisposable
{
    /// <summary>Bytes of the largest thing asked for.</summary>
    public const uint PieceMax = 128;

    private const uint Capacity = 256 * 1024;

    private MappedMemory memory = new(Capacity);
    private uint used;

    public BatchArena() { }

    /// <summary>Room for one more piece; without it the batch is submitted first.</summary>
    public readonly bool HasRoom => Capacity - used >= PieceMax;

    public byte* Take(uint size)
    {
        byte* piece = memory.Start + used;
        used += (size + 7) & ~7u;
        return piece;
    }

    public void Clear() => used = 0;

    public void Dispose() => memory.Dispose();
}
