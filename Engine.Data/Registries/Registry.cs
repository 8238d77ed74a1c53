using System;
using System.Collections.Generic;
using System.Threading;

namespace Engine.Data.Registries;

/// <summary>
/// The rows of one class of words. Module initialisers add to it; the first look-up freezes it: rows are sorted and
/// duplicates refused. Nothing is sorted for a class that a run never asks for.
/// </summary>
public sealed class Registry<TRow>(string name) : IFreezable
    where TRow : Row
{
    private readonly Lock gate = new();
    private readonly List<TRow> added = [];
    private TRow[]? sorted;
    private TRow[] prefixes = [];

    /// <summary>What the class is called in messages.</summary>
    public string Name { get; } = name;

    /// <summary>All rows in ordinal order of their words. Freezes.</summary>
    public ReadOnlySpan<TRow> Rows => sorted ?? FreezeRows();

    /// <exception cref="InvalidOperationException">The registry is frozen.</exception>
    public void Add(TRow row)
    {
        lock (gate)
        {
            if (sorted is not null)
                throw new InvalidOperationException($"{Name}: '{row.Word}' came after the freeze");
            added.Add(row);
        }
    }

    /// <summary>The row of a word: an exact one, else the longest prefix row that begins it; null when unknown.</summary>
    public TRow? Find(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<TRow> same = FindAll(word);
        if (!same.IsEmpty) return same[0];
        TRow? best = null;
        foreach (TRow row in prefixes)
        {
            if (word.StartsWith(row.Word, StringComparison.Ordinal) && row.Word.Length > (best?.Word.Length ?? 0))
                best = row;
        }
        return best;
    }

    /// <summary>Every row of exactly this word (several where the word differs by section).</summary>
    public ReadOnlySpan<TRow> FindAll(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<TRow> rows = Rows;
        int low = 0;
        int high = rows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Compare(rows[middle].Word, word) < 0) low = middle + 1;
            else high = middle;
        }
        int end = low;
        while (end < rows.Length && word.SequenceEqual(rows[end].Word)) end++;
        return rows[low..end];
    }

    /// <exception cref="InvalidOperationException">Two rows clash.</exception>
    public void Freeze() => _ = Rows;

    // Ordinal, as the framework's; that one is made of vectors, which are compiled anew in each process.
    private static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int limit = Math.Min(left.Length, right.Length);
        for (int i = 0; i < limit; i++)
        {
            if (left[i] != right[i]) return left[i] - right[i];
        }
        return left.Length - right.Length;
    }

    private TRow[] FreezeRows()
    {
        lock (gate)
        {
            if (sorted is { } done) return done;
            TRow[] rows = [.. added];
            Array.Sort(rows, static (left, right) => Compare(left.Word, right.Word));
            List<TRow> byPrefix = [];
            for (int i = 0; i < rows.Length; i++)
            {
                if (rows[i].MatchesPrefix) byPrefix.Add(rows[i]);
                for (int j = i - 1; j >= 0 && rows[j].Word == rows[i].Word; j--)
                {
                    if (rows[j].ClashesWith(rows[i]))
                        throw new InvalidOperationException($"{Name}: '{rows[i].Word}' is registered twice");
                }
            }
            prefixes = [.. byPrefix];
            sorted = rows;
            return rows;
        }
    }
}
