using System;
using Engine.Data.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>What the methods on texts share: keys in a table, with their lengths.</summary>
internal abstract class TextIndex(bool ignoreCase) : PatternIndex
{
    protected EntryTable Table { get; } = new(ignoreCase);

    protected KeyLengths Lengths { get; } = new();

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        error = "";
        prepared = KeyOf(entry);
        return true;
    }

    public override void Add(PatternEntry entry, object? prepared)
    {
        byte[] key = (byte[])prepared!;
        if (key.Length == 0) return; // nothing at all matches nothing
        Table.Add(key, entry);
        Lengths.Add(key.Length);
    }

    public override void Remove(PatternEntry entry)
    {
        byte[] key = KeyOf(entry);
        if (key.Length > 0 && Table.Remove(key, entry)) Lengths.Remove(key.Length);
    }

    /// <summary>What of the key counts.</summary>
    protected virtual byte[] KeyOf(PatternEntry entry) => entry.Key;

    protected static PatternEntry? First(PatternEntry? best, PatternEntry? found) =>
        found is not null && (best is null || found.Number < best.Number) ? found : best;
}
