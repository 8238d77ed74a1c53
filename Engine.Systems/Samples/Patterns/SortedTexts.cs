using System;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// Texts that a value may begin with (in the reading's direction), in order. What a value begins with are the greatest
/// text not above it, if that is a beginning of it at all, and the texts that are beginnings of that one: each text
/// knows the next shorter. So one binary search finds them however many there are; it compares eight bytes at a time in
/// one array, behind what all texts have in common.
/// </summary>
internal sealed unsafe class SortedTexts<TReading>
    where TReading : struct, IReading
{
    /// <summary>Up to so many are compared one after the other.</summary>
    private const int Few = 4;

    private readonly ByteView[] texts;
    private readonly int[] shorter;
    private readonly ulong* keys;

    /// <summary>Bytes that all texts begin with.</summary>
    private readonly int common;

    public SortedTexts(ValueList<ByteView> patterns)
    {
        texts = Distinct(patterns.ToSortedArray(static (left, right) => Compare(left, right)));
        common = CommonLength();
        shorter = new int[texts.Length];
        keys = (ulong*)NativeMemory.AllocZeroed((nuint)texts.Length + 1, sizeof(ulong));
        for (int i = 0; i < texts.Length; i++)
        {
            keys[i] = TReading.Key(texts[i], common);
            int candidate = i - 1;
            while (candidate >= 0 && !TReading.Begins(texts[i], texts[candidate])) candidate = shorter[candidate];
            shorter[i] = candidate;
        }
    }

    public int Count => texts.Length;

    public ByteView this[int number] => texts[number];

    /// <summary>Number of the longest text that the value begins with; -1: none.</summary>
    public int Longest(ByteView value)
    {
        int number = texts.Length <= Few ? texts.Length - 1 : NotAbove(value);
        if (texts.Length > Few) return WalkShorter(number, value);
        while (number >= 0 && !TReading.Begins(value, texts[number])) number--;
        return number;
    }

    /// <summary>Number of the next shorter text that a text itself begins with; -1: none.</summary>
    public int Shorter(int number) => shorter[number];

    private int WalkShorter(int number, ByteView value)
    {
        while (number >= 0 && !TReading.Begins(value, texts[number])) number = shorter[number];
        return number;
    }

    /// <summary>Number of the greatest text that is not above the value; -1: all are above.</summary>
    private int NotAbove(ByteView value)
    {
        if (common > 0 && !BeginsWithCommon(value)) return -1;
        ulong key = TReading.Key(value, common);
        int low = 0;
        int high = texts.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            bool above = keys[middle] == key ? Compare(texts[middle], value) > 0 : keys[middle] > key;
            if (above) high = middle;
            else low = middle + 1;
        }
        return low - 1;
    }

    private bool BeginsWithCommon(ByteView value)
    {
        if (value.Length < common) return false;
        for (int i = 0; i < common; i++)
        {
            if (TReading.At(value, i) != TReading.At(texts[0], i)) return false;
        }
        return true;
    }

    /// <summary>What the first and the last in order have in common, all have.</summary>
    private int CommonLength()
    {
        if (texts.Length == 0) return 0;
        ByteView first = texts[0];
        ByteView last = texts[^1];
        int length = 0;
        int limit = Math.Min(first.Length, last.Length);
        while (length < limit && TReading.At(first, length) == TReading.At(last, length)) length++;
        return length;
    }

    private static ByteView[] Distinct(ByteView[] sorted)
    {
        int kept = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (kept == 0 || Compare(sorted[kept - 1], sorted[i]) != 0) sorted[kept++] = sorted[i];
        }
        return kept == sorted.Length ? sorted : sorted[..kept];
    }

    private static int Compare(ByteView left, ByteView right)
    {
        int limit = Math.Min(left.Length, right.Length);
        for (int i = 0; i < limit; i++)
        {
            int difference = TReading.At(left, i) - TReading.At(right, i);
            if (difference != 0) return difference;
        }
        return left.Length - right.Length;
    }
}
