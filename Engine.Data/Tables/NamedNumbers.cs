using System;
using Engine.Data.Messages;

namespace Engine.Data.Tables;

/// <summary>
/// Finds numbers by names that are made at run time (<c>use_backend %[...]</c>): an open table of hashes, asked without
/// allocating. Immutable.
/// </summary>
public sealed class NamedNumbers
{
    private readonly ByteView[] names;
    private readonly int[] numbers;

    /// <summary>Indexes of names plus one; 0 is an empty place. At most half full.</summary>
    private readonly int[] places;

    /// <param name="names">The names; of equal ones the first is found.</param>
    /// <param name="numbers">What each stands for, not negative.</param>
    public NamedNumbers(ByteView[] names, int[] numbers)
    {
        this.names = names;
        this.numbers = numbers;
        int size = 16;
        while (size < names.Length * 2) size *= 2;
        places = new int[size];
        for (int i = 0; i < names.Length; i++)
        {
            uint place = Hash(names[i].Span) & (uint)(size - 1);
            while (places[place] != 0) place = (place + 1) & (uint)(size - 1);
            places[place] = i + 1;
        }
    }

    /// <summary>The number of a name, -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        uint place = Hash(name) & (uint)(places.Length - 1);
        while (places[place] != 0)
        {
            int index = places[place] - 1;
            if (names[index].Span.SequenceEqual(name)) return numbers[index];
            place = (place + 1) & (uint)(places.Length - 1);
        }
        return -1;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte value in name) hash = (hash ^ value) * 16777619;
        return hash ^ (hash >> 15);
    }
}
