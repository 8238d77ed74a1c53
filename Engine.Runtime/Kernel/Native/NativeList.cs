using System;
using System.Runtime.InteropServices;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Native;

/// <summary>A list that grows outside the heap of the collector. For paths that are rarely taken.</summary>
internal unsafe struct NativeList<T> : IDisposable where T : unmanaged
{
    private T* items;
    private int capacity;

    public int Count { get; private set; }

    public readonly ref T this[int index]
    {
        get
        {
            Check.That((uint)index < (uint)Count);
            return ref items[index];
        }
    }

    public void Add(T item)
    {
        if (Count == capacity)
        {
            capacity = Math.Max(16, capacity * 2);
            items = (T*)NativeMemory.Realloc(items, (nuint)capacity * (nuint)sizeof(T));
        }
        items[Count++] = item;
    }

    /// <summary>Drops the first so many items.</summary>
    public void RemoveFirst(int count)
    {
        Check.That((uint)count <= (uint)Count);
        Count -= count;
        new Span<T>(items + count, Count).CopyTo(new Span<T>(items, Count));
    }

    public void RemoveLast() => Count--;

    public void Clear() => Count = 0;

    public void Dispose()
    {
        NativeMemory.Free(items);
        items = null;
        capacity = 0;
        Count = 0;
    }
}
