using System;
using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>dir</c>, <c>dom</c>: the key stands between delimiters; of several the first of the list counts.</summary>
internal sealed class WordIndex(bool ignoreCase, byte[] delimiters) : TextIndex(ignoreCase)
{
    public override PatternEntry? Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        PatternEntry? best = null;
        int at = 0;
        while (at < value.Length)
        {
            best = First(best, FindAt(value[at..]));
            int next = value[at..].IndexOfAny(delimiters);
            if (next < 0) break;
            at += next + 1;
        }
        return best;
    }

    /// <summary>Delimiters at its ends do not count.</summary>
    protected override byte[] KeyOf(PatternEntry entry) => entry.Key.AsSpan().Trim(delimiters).ToArray();

    private PatternEntry? FindAt(ReadOnlySpan<byte> rest)
    {
        PatternEntry? best = null;
        foreach (int length in Lengths.Ascending)
        {
            if (length > rest.Length) break;
            if (length < rest.Length && !delimiters.AsSpan().Contains(rest[length])) continue;
            best = First(best, Table.Find(rest[..length]));
        }
        return best;
    }
}
