using System;
using System.Collections.Generic;
using System.Threading;

namespace Engine.Systems.Samples.Lists;

/// <summary>The lengths that keys have, in ascending order: a part of a value is looked up once for each.</summary>
internal sealed class KeyLengths
{
    private readonly SortedDictionary<int, int> counts = [];
    private int[] ascending = [];

    public int[] Ascending => Volatile.Read(ref ascending);

    public void Add(int length)
    {
        counts[length] = counts.GetValueOrDefault(length) + 1;
        if (counts[length] == 1) Publish();
    }

    public void Remove(int length)
    {
        if (--counts[length] > 0) return;
        counts.Remove(length);
        Publish();
    }

    private void Publish()
    {
        int[] lengths = new int[counts.Count];
        counts.Keys.CopyTo(lengths, 0);
        Volatile.Write(ref ascending, lengths);
    }
}
