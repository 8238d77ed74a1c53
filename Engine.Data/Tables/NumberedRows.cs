using System.Runtime.CompilerServices;

namespace Engine.Data.Tables;

/// <summary>
/// A row for each proxy, server or listener, by its number, in native memory. A number that is none, -1 of what was not
/// chosen, fails (<see cref="CheckFailedException"/>): the memory beside the rows is somebody else's.
/// </summary>
public readonly unsafe struct NumberedRows<T> where T : unmanaged
{
    private readonly T* rows;
    private readonly uint count;

    public NumberedRows(int count)
    {
        this.count = (uint)count;
        rows = (T*)NativeRegion.Reserve((nuint)sizeof(T) * (nuint)(count + 1));
    }

    public ref T this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Check.That((uint)number < count);
            return ref rows[number];
        }
    }
}
