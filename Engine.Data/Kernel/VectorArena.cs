using Engine.Data.Tables;

namespace Engine.Data.Kernel;

/// <summary>The vectors of one tick's gathered sends: valid until the batch was submitted.</summary>
public sealed unsafe class VectorArena(uint capacity)
{
    private readonly uint capacity = capacity;
    private readonly IoVector* vectors = (IoVector*)NativeRegion.Reserve((nuint)capacity * (nuint)sizeof(IoVector));
    private uint used;

    /// <summary>Room for so many vectors in a row, or null when the arena is used up for this tick.</summary>
    public IoVector* TryTake(uint count)
    {
        if (capacity - used < count) return null;
        IoVector* first = vectors + used;
        used += count;
        return first;
    }

    public void Clear() => used = 0;
}
