using System;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>The value begins with the key; of several keys the longest counts.</summary>
internal sealed class BeginningIndex(MapEntry[] entries) : MapIndex
{
    private readonly KeyLengths keys = KeyLengths.Of(entries, static key => key);

    public override int Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        int[] lengths = keys.Ascending;
        for (int i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] > value.Length) continue;
            int found = keys.Find(value[..lengths[i]]);
            if (found >= 0) return found;
        }
        return -1;
    }
}
