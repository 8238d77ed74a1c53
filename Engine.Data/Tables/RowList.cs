using System;
using System.Runtime.CompilerServices;

namespace Engine.Data.Tables;

/// <summary>
/// A dense list of row numbers, the work of one phase. Filled by the phases before, drained by its own.
/// Callers keep a "listed" flag in the row so that a row stands at most once in a list, which bounds the list by
/// the table's capacity.
/// </summary>
public sealed unsafe class RowList
{
    private readonly uint* rows;
    private readonly uint capacity;
    private uint count;

    public RowList(uint capacity)
    {
        this.capacity = capacity;
        rows = (uint*)NativeRegion.Reserve((nuint)capacity * sizeof(uint));
    }

    public uint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint row)
    {
        Check.That(count < capacity);
        rows[count++] = row;
    }

    public uint this[uint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Check.That(index < count);
            return rows[index];
        }
        set
        {
            Check.That(index < count);
            rows[index] = value;
        }
    }

    public ReadOnlySpan<uint> Rows => new(rows, (int)count);

    public void Clear() => count = 0;

    /// <summary>Keeps the first rows only.</summary>
    public void Truncate(uint kept)
    {
        Check.That(kept <= count);
        count = kept;
    }
}
