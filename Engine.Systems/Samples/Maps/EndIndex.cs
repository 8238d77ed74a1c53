using System;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>The value ends with the key; of several keys the first of the file counts.</summary>
internal sealed class EndIndex(MapEntry[] entries) : MapIndex
{
    private readonly KeyLengths keys = KeyLengths.Of(entries, static key => key);

    public override int Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        int best = -1;
        foreach (int length in keys.Ascending)
        {
            if (length > value.Length) break;
            int found = keys.Find(value[^length..]);
            if (found >= 0 && (best < 0 || found < best)) best = found;
        }
        return best;
    }
}
