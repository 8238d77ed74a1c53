using System.Buffers.Binary;

namespace Engine.Data.Http2;

/// <summary>The nine bytes in front of each frame (RFC 9113 section 4.1).</summary>
public readonly struct FrameHeader(int length, FrameType type, FrameFlags flags, uint stream)
{
    /// <summary>Bytes of a frame header.</summary>
    public const int Size = 9;

    /// <summary>Bytes of payload that every peer takes (SETTINGS_MAX_FRAME_SIZE, its initial value).</summary>
    public const int PayloadMax = 16384;

    /// <summary>The largest stream number and window: 31 bits.</summary>
    public const uint Bits31 = 0x7FFF_FFFF;

    /// <summary>Bytes of payload: 24 bits.</summary>
    public readonly int Length = length;

    public readonly FrameType Type = type;
    public readonly FrameFlags Flags = flags;

    /// <summary>The stream, 0 for the connection; the reserved bit is gone.</summary>
    public readonly uint Stream = stream;

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    /// <param name="bytes">At least <see cref="Size"/> bytes.</param>
    public static FrameHeader Read(System.ReadOnlySpan<byte> bytes) =>
        new(
            (bytes[0] << 16) | (bytes[1] << 8) | bytes[2],
            (FrameType)bytes[3],
            (FrameFlags)bytes[4],
            BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) & Bits31);

    /// <param name="bytes">At least <see cref="Size"/> bytes.</param>
    public void Write(System.Span<byte> bytes)
    {
        bytes[0] = (byte)(Length >> 16);
        bytes[1] = (byte)(Length >> 8);
        bytes[2] = (byte)Length;
        bytes[3] = (byte)Type;
        bytes[4] = (byte)Flags;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[5..], Stream);
    }
}
