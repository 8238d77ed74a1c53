using System;

namespace Engine.Data.Tables;

/// <summary>
/// A growing list of values, for what is compiled at start. The framework's list would do, but its code for a struct
/// of ours is in no image compiled ahead of time (the framework lies outside the version bubble): every start would
/// pay the JIT compiler for it, type by type.
/// </summary>
public sealed class ValueList<T>
    where T : struct
{
    private const int FirstLength = 4;

    private T[] items = new T[FirstLength];

    public int Count { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public T this[int index]
    {
        get => items[Checked(index)];
        set => items[Checked(index)] = value;
    }

    public void Add(T item)
    {
        if (Count == items.Length)
        {
            T[] longer = new T[Count * 2];
            for (int i = 0; i < Count; i++) longer[i] = items[i];
            items = longer;
        }
        items[Count++] = item;
    }

    public void AddRange(ValueList<T> others)
    {
        int count = others.Count;
        for (int i = 0; i < count; i++) Add(others[i]);
    }

    public void RemoveLast() => items[--Count] = default;

    public void Clear()
    {
        for (int i = 0; i < Count; i++) items[i] = default;
        Count = 0;
    }

    /// <summary>A copy of exactly the items.</summary>
    public T[] ToArray()
    {
        T[] copy = new T[Count];
        for (int i = 0; i < copy.Length; i++) copy[i] = items[i];
        return copy;
    }

    /// <summary>A copy in order. One item and none are in order already.</summary>
    public T[] ToSortedArray(Comparison<T> comparison)
    {
        T[] copy = ToArray();
        if (copy.Length > 1) Array.Sort(copy, comparison);
        return copy;
    }

    public Enumerator GetEnumerator() => new(this);

    private int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return index;
    }

    /// <summary>What <c>foreach</c> needs.</summary>
    public struct Enumerator(ValueList<T> list)
    {
        private int at = -1;

        public readonly T Current => list[at];

        public bool MoveNext() => ++at < list.Count;
    }
}
