using System.Runtime.CompilerServices;

namespace Engine.Data.Tables;

/// <summary>
/// An archetype: the rows of one kind of thing, whose components are <see cref="Column{T}"/>s indexed by row.
/// Rows never move. A freed row goes on a LIFO free list (its cache lines are warm) and its generation moves on.
/// </summary>
public sealed unsafe class Table
{
    /// <summary>A row number that no table has.</summary>
    public const uint NoRow = 0xFF_FFFF;

    private readonly uint* generations;
    private readonly uint* nextFree;
    private uint firstFree = NoRow;
    private uint rowsEverUsed;

    /// <param name="capacity">Rows at most; fewer than <see cref="NoRow"/>, since kernel user data has 24 bits for a row.</param>
    public Table(uint capacity)
    {
        Check.That(capacity > 0);
        Check.That(capacity < NoRow);
        Capacity = capacity;
        generations = (uint*)NativeRegion.Reserve((nuint)capacity * sizeof(uint));
        nextFree = (uint*)NativeRegion.Reserve((nuint)capacity * sizeof(uint));
    }

    public uint Capacity { get; }

    /// <summary>Rows taken and not freed.</summary>
    public uint Count { get; private set; }

    /// <summary>Rows that have been taken at least once: the bound of a loop over all rows.</summary>
    public uint RowsEverUsed => rowsEverUsed;

    /// <summary>Takes a row, or <see cref="NoRow"/> when the table is full, which is an operating condition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Take()
    {
        uint row = firstFree;
        if (row != NoRow)
        {
            firstFree = nextFree[row];
        }
        else
        {
            if (rowsEverUsed == Capacity) return NoRow;
            row = rowsEverUsed++;
        }
        generations[row]++; // odd: live
        Count++;
        return row;
    }

    /// <summary>Frees a live row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(uint row)
    {
        Check.That(IsTaken(row));
        generations[row]++; // even: free
        nextFree[row] = firstFree;
        firstFree = row;
        Count--;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsTaken(uint row) => row < rowsEverUsed && (generations[row] & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Generation(uint row) => generations[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLive(uint row, uint generation) => row < rowsEverUsed && generations[row] == generation;

    public bool IsLive<T>(Handle<T> handle) where T : unmanaged => IsLive(handle.Row, handle.Generation);

    public Handle<T> HandleOf<T>(uint row) where T : unmanaged => new(row, generations[row]);
}
