using System;
using System.Collections.Generic;
using System.Text;

namespace Engine.Data.Messages;

/// <summary>Names of fields and how they are written where their case matters (<c>h1-case-adjust</c>, manual section 3.1).</summary>
public sealed class FieldCases
{
    /// <summary>By length: few names share one.</summary>
    private readonly List<(byte[] From, byte[] To)>?[] byLength = new List<(byte[], byte[])>?[HeadLimits.NameBytesMax + 1];

    /// <summary>False when the name has its case already. Both have the same length, at most 255 bytes.</summary>
    public bool TryAdd(string from, string to)
    {
        List<(byte[] From, byte[] To)> names = byLength[from.Length] ??= [];
        byte[] key = Encoding.Latin1.GetBytes(from);
        foreach ((byte[] other, _) in names)
            if (key.AsSpan().SequenceEqual(other)) return false;
        names.Add((key, Encoding.Latin1.GetBytes(to)));
        return true;
    }

    /// <summary>Gives the name its case, in place.</summary>
    public void Adjust(Span<byte> name)
    {
        if (name.Length >= byLength.Length || byLength[name.Length] is not { } names) return;
        for (int i = 0; i < names.Count; i++)
        {
            if (!name.SequenceEqual(names[i].From)) continue;
            names[i].To.CopyTo(name);
            return;
        }
    }
}
