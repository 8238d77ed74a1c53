using System;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// Framing for a body that goes out in chunks (RFC 9112 section 7.1): size line, data, line end; at last
/// Last.
/// </summary>
public static class WriteChunk
{
    /// <summary>Bytes of the longest size line.</summary>
    public const int HeaderMax = WriteNumber.HexMax + 2;

    /// <summary>What follows the data of each chunk.</summary>
    public static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>The last chunk, without trailers.</summary>
    public static ReadOnlySpan<byte> Last => "0\r\n\r\n"u8;

    /// <summary>Writes the size line of a chunk and answers its bytes.</summary>
    /// <param name="destination">At least <see cref="HeaderMax"/> bytes.</param>
    /// <param name="size">Bytes of data; not 0, which would end the body.</param>
    public static int Header(Span<byte> destination, ulong size)
    {
        Check.That(size > 0);
        Check.That(destination.Length >= HeaderMax);
        int length = WriteNumber.Hex(destination, size);
        destination[length++] = (byte)'\r';
        destination[length++] = (byte)'\n';
        return length;
    }
}
