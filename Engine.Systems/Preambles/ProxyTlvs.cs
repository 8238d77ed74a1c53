using System;
using System.Buffers.Binary;

namespace Engine.Systems.Preambles;

/// <summary>Walks over the TLVs of a PROXY v2 header: a type, a length of two bytes, a value.</summary>
public ref struct ProxyTlvs(ReadOnlySpan<byte> bytes)
{
    public const byte Authority = 0x02;
    public const byte Crc32c = 0x03;
    public const byte UniqueId = 0x05;

    private const int HeadLength = 3;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    public byte Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Where the value begins.</summary>
    public int ValueAt { get; private set; }

    /// <summary>The last TLV ended where the bytes end.</summary>
    public readonly bool IsWhole => at == bytes.Length;

    /// <summary>The next one; false at the end, and where a length points beyond it.</summary>
    public bool Next()
    {
        if (bytes.Length - at < HeadLength) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 1)..]);
        if (length > bytes.Length - at - HeadLength) return false;
        Type = bytes[at];
        ValueAt = at + HeadLength;
        Value = bytes.Slice(ValueAt, length);
        at = ValueAt + length;
        return true;
    }
}
