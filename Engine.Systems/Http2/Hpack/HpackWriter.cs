using System;
using Engine.Data.Messages;

namespace Engine.Systems.Http2.Hpack;

/// <summary>
/// Writes a header block that leaves the peer's table alone: indexes of the static table, and literals that are not
/// added (RFC 7541 section 6.2.2). Blocks may so be written in any order and by any stream, and a peer's table costs
/// us nothing. Once something did not fit, nothing more is written.
/// </summary>
/// <param name="start">Where the block is written.</param>
/// <param name="length">Bytes there.</param>
public unsafe struct HpackWriter(byte* start, int length)
{
    private const int StatusName = 8;

    private readonly byte* start = start;
    private readonly byte* end = start + length;
    private byte* at = start;

    /// <summary>Bytes written, or -1 when it did not fit.</summary>
    public readonly int Length => at == null ? -1 : (int)(at - start);

    /// <summary>A field that the static table holds with its value.</summary>
    public void Indexed(int index)
    {
        if (Reserve(1)) *at++ = (byte)(0x80 | index);
    }

    /// <summary><c>:status</c>.</summary>
    /// <param name="status">100 to 999.</param>
    public void Status(int status)
    {
        int index = status switch
        {
            200 => 8,
            204 => 9,
            206 => 10,
            304 => 11,
            400 => 12,
            404 => 13,
            500 => 14,
            _ => 0,
        };
        if (index != 0)
        {
            Indexed(index);
            return;
        }
        ReadOnlySpan<byte> digits =
            [(byte)('0' + status / 100), (byte)('0' + status / 10 % 10), (byte)('0' + status % 10)];
        Named(StatusName, digits);
    }

    /// <summary>A field whose name the static table holds.</summary>
    public void Named(int index, ReadOnlySpan<byte> value)
    {
        if (!Reserve(2 + LengthMax + value.Length)) return;
        Integer(0, 4, (uint)index);
        Text(value);
    }

    /// <summary>A field by name and value.</summary>
    public void Literal(KnownHeader known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int index = StaticTable.IndexOf(known);
        if (index != 0)
        {
            Named(index, value);
            return;
        }
        if (!Reserve(1 + 2 * LengthMax + name.Length + value.Length)) return;
        *at++ = 0;
        Text(name);
        Text(value);
    }

    /// <summary>Bytes of the longest length.</summary>
    private const int LengthMax = 6;

    private bool Reserve(int bytes)
    {
        if (at == null || end - at < bytes)
        {
            at = null;
            return false;
        }
        return true;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Integer(0, 7, (uint)text.Length);
        text.CopyTo(new Span<byte>(at, text.Length));
        at += text.Length;
    }

    private void Integer(byte pattern, int prefix, uint value)
    {
        uint mask = (1u << prefix) - 1;
        if (value < mask)
        {
            *at++ = (byte)(pattern | value);
            return;
        }
        *at++ = (byte)(pattern | mask);
        value -= mask;
        while (value >= 0x80)
        {
            *at++ = (byte)(value | 0x80);
            value >>= 7;
        }
        *at++ = (byte)value;
    }
}
