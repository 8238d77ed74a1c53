using System;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Data.Worlds;

/// <summary>One text of bounded length a stream row: the request line kept for the log.</summary>
public sealed unsafe class LogTexts(int length, uint rows)
{
    private readonly int length = length;
    private readonly byte* texts = (byte*)NativeRegion.Reserve((nuint)(length + 1) * rows);

    /// <summary>Copies a text, cut at the length.</summary>
    public ByteView Keep(uint row, ByteView text)
    {
        byte* place = texts + (nuint)(length + 1) * row;
        int count = Math.Min(text.Length, length);
        text.Span[..count].CopyTo(new Span<byte>(place, count));
        return new ByteView(place, count);
    }
}
