using System;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>The key stands between delimiters; of several keys the first of the file counts.</summary>
internal sealed unsafe class WordIndex : MapIndex
{
    private readonly KeyLengths keys;
    private readonly byte[] delimiters;

    public WordIndex(MapEntry[] entries, byte[] delimiters)
    {
        this.delimiters = delimiters;
        keys = KeyLengths.Of(entries, Trim);
    }

    public override int Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        int best = -1;
        int at = 0;
        while (at < value.Length)
        {
            FindAt(value[at..], ref best);
            int next = value[at..].IndexOfAny(delimiters);
            if (next < 0) break;
            at += next + 1;
        }
        return best;
    }

    private void FindAt(ReadOnlySpan<byte> rest, ref int best)
    {
        foreach (int length in keys.Ascending)
        {
            if (length > rest.Length) break;
            if (length < rest.Length && !delimiters.AsSpan().Contains(rest[length])) continue;
            int found = keys.Find(rest[..length]);
            if (found >= 0 && (best < 0 || found < best)) best = found;
        }
    }

    private ByteView Trim(ByteView key)
    {
        int from = 0;
        int end = key.Length;
        while (from < end && delimiters.AsSpan().Contains(key.Start[from])) from++;
        while (end > from && delimiters.AsSpan().Contains(key.Start[end - 1])) end--;
        return key.Slice(from, end - from);
    }
}
