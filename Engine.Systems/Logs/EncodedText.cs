using System;
using System.Buffers.Binary;
using Engine.Data.Text;

namespace Engine.Systems.Logs;

/// <summary>Puts encoded values into a line: bytes as they are or as hexadecimal digits; what does not fit is cut.</summary>
internal ref struct EncodedText(Span<byte> line, bool isHex)
{
    private readonly Span<byte> line = line;
    private readonly bool isHex = isHex;
    private int at;
    private bool isCut;

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    /// <summary>The bytes written, or their complement when the line was too short.</summary>
    public readonly int Written => isCut ? ~at : at;

    public void Byte(byte value)
    {
        int size = isHex ? 2 : 1;
        if (isCut || line.Length - at < size)
        {
            isCut = true;
            return;
        }
        if (!isHex)
        {
            line[at++] = value;
            return;
        }
        line[at++] = Digits[value >> 4];
        line[at++] = Digits[value & 15];
    }

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) Byte(value);
    }

    /// <summary>As they are, whatever the others are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        int count = isCut ? 0 : Math.Min(bytes.Length, line.Length - at);
        bytes[..count].CopyTo(line[at..]);
        at += count;
        isCut |= count < bytes.Length;
    }

    public void Number(long value)
    {
        Span<byte> digits = stackalloc byte[LogText.ShortMax];
        Bytes(digits[..LogText.Number(digits, value)]);
    }

    /// <summary>
    /// A JSON string (RFC 8259 section 7). Control bytes are escaped, so that nothing a peer sends ends the line
    /// (THREATS.md E9).
    /// </summary>
    public void JsonText(scoped ReadOnlySpan<byte> text)
    {
        Byte((byte)'"');
        foreach (byte value in text)
        {
            if (value is (byte)'"' or (byte)'\\')
            {
                Byte((byte)'\\');
                Byte(value);
            }
            else if (value is < 32 or 127)
            {
                Bytes("\\u00"u8);
                Byte(Digits[value >> 4]);
                Byte(Digits[value & 15]);
            }
            else
            {
                Byte(value);
            }
        }
        Byte((byte)'"');
    }

    /// <summary>The head of a CBOR item (RFC 8949 section 3): major type 0 to 7, and its argument in as few bytes as it takes.</summary>
    public void CborHead(int major, ulong argument)
    {
        byte type = (byte)(major << 5);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, argument);
        switch (argument)
        {
            case < 24:
                Byte((byte)(type | (byte)argument));
                break;
            case <= byte.MaxValue:
                Byte((byte)(type | 24));
                Bytes(bytes[7..]);
                break;
            case <= ushort.MaxValue:
                Byte((byte)(type | 25));
                Bytes(bytes[6..]);
                break;
            case <= uint.MaxValue:
                Byte((byte)(type | 26));
                Bytes(bytes[4..]);
                break;
            default:
                Byte((byte)(type | 27));
                Bytes(bytes);
                break;
        }
    }

    public void CborNumber(long value)
    {
        if (value >= 0) CborHead(0, (ulong)value);
        else CborHead(1, (ulong)~value);
    }

    /// <summary>A text string whose length is known.</summary>
    public void CborText(scoped ReadOnlySpan<byte> text)
    {
        CborHead(3, (ulong)text.Length);
        Bytes(text);
    }

    /// <summary>The bytes of a text with escapes in it, as chunks: each stretch between #XX escapes, and each escape.</summary>
    public void CborChunks(scoped ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'#') is >= 0 and int mark && text.Length - mark >= 3)
        {
            CborText(text[..mark]);
            CborText(text.Slice(mark, 3));
            text = text[(mark + 3)..];
        }
        if (!text.IsEmpty) CborText(text);
    }
}
