using System;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>beg</c>: the value begins with the key; of several keys the longest counts.</summary>
internal sealed class BeginningIndex(bool ignoreCase) : TextIndex(ignoreCase)
{
    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        int[] lengths = Lengths.Ascending;
        for (int i = lengths.Length - 1; i >= 0; i--)
        {
            if (lengths[i] > value.Length) continue;
            if (Table.Find(value[..lengths[i]]) is { } found) return found;
        }
        return null;
    }
}
