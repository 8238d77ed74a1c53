using System;
using System.Buffers.Binary;

namespace Engine.Systems.Samples.Converters;

/// <summary>The header of a TCP segment (RFC 9293 section 3.1) with its options.</summary>
internal readonly ref struct TcpSegment
{
    private const int PlainLength = 20;

    private readonly ReadOnlySpan<byte> bytes;

    private TcpSegment(ReadOnlySpan<byte> bytes, int headerLength)
    {
        this.bytes = bytes;
        HeaderLength = headerLength;
    }

    public int HeaderLength { get; }

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);

    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);

    public byte Flags => bytes[13];

    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);

    private ReadOnlySpan<byte> Options => bytes[PlainLength..HeaderLength];

    /// <summary>False: cut short in its header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TcpSegment segment)
    {
        segment = default;
        if (bytes.Length < PlainLength) return false;
        int length = (bytes[12] >> 4) * 4;
        if (length < PlainLength || bytes.Length < length) return false;
        segment = new TcpSegment(bytes, length);
        return true;
    }

    /// <summary>The value of the first option of a kind; false when there is none, or it is shorter than asked.</summary>
    public bool TryOption(byte kind, int lengthMin, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> options = Options;
        int at = 0;
        while (TryNext(options, ref at, out byte found, out value))
        {
            if (found == kind) return value.Length >= lengthMin;
        }
        return false;
    }

    /// <summary>Writes the kinds in order, without the end mark; answers how many. At most 40.</summary>
    public int WriteKinds(Span<byte> kinds)
    {
        int count = 0;
        ReadOnlySpan<byte> options = Options;
        int at = 0;
        while (count < kinds.Length && TryNext(options, ref at, out byte kind, out _)) kinds[count++] = kind;
        return count;
    }

    /// <summary>Takes the option at a place. False at the end, and at one that is cut short.</summary>
    private static bool TryNext(
        ReadOnlySpan<byte> options, scoped ref int at, scoped out byte kind, out ReadOnlySpan<byte> value)
    {
        kind = 0;
        value = default;
        if (at >= options.Length || options[at] == 0) return false;
        kind = options[at];
        if (kind == 1)
        {
            at++; // the filler has no length
            return true;
        }
        int length = at + 1 < options.Length ? options[at + 1] : 0;
        if (length < 2 || length > options.Length - at) return false;
        value = options.Slice(at + 2, length - 2);
        at += length;
        return true;
    }
}
