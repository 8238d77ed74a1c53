using System;
using System.Collections.Generic;

namespace Engine.Data.Patterns;

/// <summary>The entries of one version of a list, in order. Used under the list's lock.</summary>
internal sealed class PatternVersion
{
    /// <summary>First of each key, built when first asked for.</summary>
    private Dictionary<byte[], PatternEntry>? byKey;

    public PatternEntry? First { get; private set; }

    public PatternEntry? Last { get; private set; }

    public int Count { get; private set; }

    public void Append(PatternEntry entry)
    {
        entry.Before = Last;
        if (Last is null) First = entry;
        else Last.After = entry;
        Last = entry;
        Count++;
        if (byKey is not null) Enter(entry);
    }

    /// <summary>The first entry of a key, whose others follow by <see cref="PatternEntry.SameAfter"/>.</summary>
    public PatternEntry? FirstOf(ReadOnlySpan<byte> key)
    {
        if (byKey is null)
        {
            byKey = new(Count, PatternKeys.Same);
            for (PatternEntry? entry = First; entry is not null; entry = entry.After) Enter(entry);
        }
        byKey.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out PatternEntry? found);
        return found;
    }

    public PatternEntry? Numbered(ulong number)
    {
        PatternEntry? entry = First;
        while (entry is not null && entry.Number != number) entry = entry.After;
        return entry;
    }

    public void Remove(PatternEntry entry)
    {
        if (entry.Before is null) First = entry.After;
        else entry.Before.After = entry.After;
        if (entry.After is null) Last = entry.Before;
        else entry.After.Before = entry.Before;
        Count--;
        if (byKey is not null) Leave(entry);
    }

    private void Enter(PatternEntry entry)
    {
        if (byKey!.TryAdd(entry.Key, entry))
        {
            entry.SameLast = entry;
            return;
        }
        PatternEntry first = byKey[entry.Key];
        first.SameLast!.SameAfter = entry;
        first.SameLast = entry;
    }

    private void Leave(PatternEntry entry)
    {
        PatternEntry first = byKey![entry.Key];
        if (first == entry)
        {
            if (entry.SameAfter is not { } next)
            {
                byKey.Remove(entry.Key);
                return;
            }
            next.SameLast = entry.SameLast;
            byKey[entry.Key] = next;
            return;
        }
        PatternEntry before = first;
        while (before.SameAfter != entry) before = before.SameAfter!;
        before.SameAfter = entry.SameAfter;
        if (first.SameLast == entry) first.SameLast = before;
    }
}
