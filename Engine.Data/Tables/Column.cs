using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Data.Tables;

/// <summary>
/// One component of a table: an array in native memory that never moves, because the kernel may hold the address
/// of a row. Address space for every row is reserved at once and the machine commits it page by page as rows are
/// first touched, so a chunk is a page and reaching a row costs one multiplication and no second pointer.
/// </summary>
public readonly unsafe struct Column<T> where T : unmanaged
{
    private readonly T* rows;

    public Column(uint capacity) => rows = (T*)NativeRegion.Reserve((nuint)capacity * (nuint)sizeof(T));

    public ref T this[uint row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref rows[row];
    }

    /// <summary>The stable address of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* Address(uint row) => rows + row;
}
