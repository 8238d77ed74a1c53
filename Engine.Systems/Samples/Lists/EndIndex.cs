using System;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>end</c>: the value ends with the key; of several keys the first of the list counts.</summary>
internal sealed class EndIndex(bool ignoreCase) : TextIndex(ignoreCase)
{
    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        PatternEntry? best = null;
        foreach (int length in Lengths.Ascending)
        {
            if (length > value.Length) break;
            best = First(best, Table.Find(value[^length..]));
        }
        return best;
    }
}
