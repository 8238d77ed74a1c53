using System;
using Engine.Data.Text;

namespace Engine.Systems.Http2;

/// <summary>
/// Puts a head together in HTTP/1's form. What does not fit is cut off: the parser that reads it then says that it is
/// too large.
/// </summary>
/// <param name="start">Where the text is written.</param>
/// <param name="length">Bytes there.</param>
internal unsafe struct TextWriter(byte* start, int length)
{
    public readonly byte* Start = start;
    private readonly byte* end = start + length;
    private byte* at = start;

    public readonly int Length => (int)(at - Start);

    /// <summary>Something was cut off, or the next byte will be.</summary>
    public readonly bool IsFull => at == end;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => at = Start;

    public void Append(ReadOnlySpan<byte> text)
    {
        int count = (int)Math.Min(text.Length, end - at);
        text[..count].CopyTo(new Span<byte>(at, count));
        at += count;
    }

    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Append(name);
        Append(": "u8);
        Append(value);
        Append("\r\n"u8);
    }

    public void Number(ulong value)
    {
        Span<byte> digits = stackalloc byte[20];
        Append(digits[..WriteNumber.Decimal(digits, value)]);
    }
}
