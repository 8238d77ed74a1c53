using System;
using System.Buffers.Binary;
using Engine.Data.Connections;
using Engine.Data.Kernel;

namespace Engine.Systems.Preambles;

/// <summary>
/// The NetScaler client IP insertion header: magic number, length, in its newer form type and length again, then the
/// client's last IP and TCP headers.
/// </summary>
public static class ParseNetScaler
{
    private const int HeadLength = 8;
    private const int NewerHeadLength = 12;
    private const int Ipv4Least = 20;
    private const int Ipv6Length = 40;
    private const int TcpLeast = 20;
    private const int ProtocolTcp = 6;

    /// <summary>Bytes of the headers at most: both at their largest are 120.</summary>
    private const int LengthMax = 512;

    /// <summary>False when more bytes are needed.</summary>
    public static bool TryRun(
        ReadOnlySpan<byte> bytes, uint magic, ref PreambleText text, out PreambleFault fault)
    {
        fault = PreambleFault.None;
        Span<byte> expected = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(expected, magic);
        int seen = Math.Min(bytes.Length, expected.Length);
        if (!bytes[..seen].SequenceEqual(expected[..seen]))
        {
            fault = PreambleFault.NetScalerBadMagic;
            return true;
        }
        if (bytes.Length <= HeadLength) return false;
        // An IP header begins with 4 or 6 in its upper half, a type of the newer form with 0.
        bool isNewer = bytes[HeadLength] >> 4 == 0;
        int headersAt = isNewer ? NewerHeadLength : HeadLength;
        if (bytes.Length < headersAt) return false;
        // The newer form tells the length twice, in different ways by release; the second is that of the headers.
        uint told = isNewer
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(NewerHeadLength - 2)..])
            : BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (told > LengthMax)
        {
            fault = PreambleFault.NetScalerTruncated;
            return true;
        }
        int length = headersAt + (int)told;
        if (bytes.Length < length) return false;
        text.Length = length;
        fault = length > headersAt && ReadHeaders(bytes[headersAt..length], ref text)
            ? PreambleFault.None
            : PreambleFault.NetScalerBadProtocol;
        return true;
    }

    private static bool ReadHeaders(ReadOnlySpan<byte> headers, ref PreambleText text)
    {
        int version = headers[0] >> 4;
        bool isV4 = version == 4;
        int length = isV4 ? (headers[0] & 0x0F) * 4 : Ipv6Length;
        if (!isV4 && version != 6) return false;
        if (length < Ipv4Least || headers.Length < length + TcpLeast) return false;
        if (headers[isV4 ? 9 : 6] != ProtocolTcp) return false;
        ReadOnlySpan<byte> tcp = headers[length..];
        ushort source = BinaryPrimitives.ReadUInt16BigEndian(tcp);
        ushort destination = BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]);
        int width = isV4 ? 4 : 16;
        int at = isV4 ? 12 : 8;
        text.Source = SocketAddress.Inet(headers.Slice(at, width), source);
        text.Destination = SocketAddress.Inet(headers.Slice(at + width, width), destination);
        text.HasAddresses = true;
        return true;
    }
}
