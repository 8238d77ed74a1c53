using System;
using System.Collections.Generic;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Maps;

/// <summary>Keys in a table, and the lengths that keys have: a part of a value is looked up once for each.</summary>
internal sealed class KeyLengths
{
    private readonly MapTable table;

    public KeyLengths(IReadOnlyList<(ByteView Key, int Number)> keys)
    {
        table = new MapTable(keys.Count);
        SortedSet<int> lengths = [];
        foreach ((ByteView key, int number) in keys)
        {
            table.Add(key, number);
            lengths.Add(key.Length);
        }
        Ascending = [.. lengths];
    }

    public int[] Ascending { get; }

    public int Find(ReadOnlySpan<byte> text) => table.Find(text);

    /// <summary>The keys of a map, a transformation made on each; an empty one is left out when it must not match.</summary>
    public static KeyLengths Of(MapEntry[] entries, Func<ByteView, ByteView> change)
    {
        List<(ByteView, int)> keys = new(entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            ByteView key = change(entries[i].Key);
            if (!key.IsEmpty) keys.Add((key, i));
        }
        return new KeyLengths(keys);
    }
}
