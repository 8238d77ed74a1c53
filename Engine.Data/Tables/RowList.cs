using System;
using System.Runtime.CompilerServices;
using Engine.Data.Profiling;

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
    private WorkProfile? profile;
    private Column<WorkDate> dates;
    private bool hasDates;

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
        if (profile != null) profile.Note(ref dates[row]);
    }

    /// <summary>Puts a row back that was in the list already.</summary>
    public void AddAgain(uint row)
    {
        Check.That(count < capacity);
        rows[count++] = row;
    }

    /// <summary>From now on it is noted when rows join; null: no longer.</summary>
    public void Watch(WorkProfile? by)
    {
        if (by != null && !hasDates) dates = new Column<WorkDate>(capacity);
        hasDates |= by != null;
        profile = by;
    }

    /// <summary>When a row joined last, while that was noted.</summary>
    public WorkDate DateOf(uint row) => dates[row];

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
