using System;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Maps;

/// <summary>The key stands somewhere in the value. Keys are tried in order of the file.</summary>
internal sealed class PartIndex(MapEntry[] entries) : MapIndex
{
    public override int Find(ref Evaluation scope, in Sample sample)
    {
        ReadOnlySpan<byte> value = sample.Bytes.Span;
        for (int i = 0; i < entries.Length; i++)
        {
            if (value.IndexOf(entries[i].Key.Span) >= 0) return i;
        }
        return -1;
    }
}
