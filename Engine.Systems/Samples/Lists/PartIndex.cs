using System;
using Engine.Data.Messages;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>sub</c>: the key stands somewhere in the value. Keys are tried in order.</summary>
internal sealed class PartIndex(bool ignoreCase) : PatternIndex
{
    private readonly EntryRow<byte[]> row = new();

    public override unsafe PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        ByteView value = sample.Bytes;
        foreach ((PatternEntry entry, byte[] key) in row.Items)
        {
            if (entry.Gone) continue;
            if (!ignoreCase)
            {
                if (value.Span.IndexOf(key) >= 0) return entry;
                continue;
            }
            fixed (byte* start = key)
                if (SubstringPatterns.StandsIn(value, new ByteView(start, key.Length))) return entry;
        }
        return null;
    }

    public override bool TryPrepare(PatternEntry entry, out object? prepared, out string error)
    {
        error = "";
        prepared = entry.Key;
        return true;
    }

    public override void Add(PatternEntry entry, object? prepared) => row.Add(entry, entry.Key);

    public override void Remove(PatternEntry entry) => row.Removed();
}
