using System;
using System.Buffers.Binary;
using System.Numerics;
using Engine.Data.Connections;
using Engine.Data.Kernel;

namespace Engine.Systems.Preambles;

/// <summary>
/// The binary PROXY protocol header (PROXY protocol section 2.2): signature, version and command, family, length,
/// addresses, TLVs. Every length is checked against the header's own before it is used (THREATS.md D8).
/// </summary>
public static class ParseProxyV2
{
    public const int HeadLength = 16;

    private const int AuthorityMax = 255;
    private const int UniqueIdMax = 128;

    /// <summary>Bytes of any other value at most (manual, <c>fc_pp_tlv</c>).</summary>
    private const int ValueMax = 1024;

    private const byte Version2 = 0x20;
    private const byte CommandLocal = 0;
    private const byte CommandProxy = 1;
    private const byte Unspecified = 0x00;
    private const byte TcpOverIpv4 = 0x11;
    private const byte TcpOverIpv6 = 0x21;

    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>False when more bytes are needed.</summary>
    /// <param name="bytes">What came so far.</param>
    /// <param name="lengthMax">Bytes that can be held; a longer header is refused as a truncated one.</param>
    /// <param name="text">What it says.</param>
    /// <param name="fault">Why it is refused.</param>
    public static bool TryRun(
        ReadOnlySpan<byte> bytes, int lengthMax, ref PreambleText text, out PreambleFault fault)
    {
        fault = PreambleFault.None;
        int seen = Math.Min(bytes.Length, Signature.Length);
        if (!bytes[..seen].SequenceEqual(Signature[..seen]))
        {
            fault = PreambleFault.ProxyNoHeader;
            return true;
        }
        if (bytes.Length < HeadLength) return false;
        if ((bytes[12] & 0xF0) != Version2)
        {
            fault = PreambleFault.ProxyNoHeader;
            return true;
        }
        int length = HeadLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > lengthMax)
        {
            fault = PreambleFault.ProxyTruncated;
            return true;
        }
        if (bytes.Length < length) return false;
        text.Length = length;
        fault = ReadBody(bytes[..length], ref text);
        return true;
    }

    private static PreambleFault ReadBody(ReadOnlySpan<byte> header, ref PreambleText text)
    {
        int command = header[12] & 0x0F;
        if (command == CommandLocal) return PreambleFault.None; // addresses and TLVs mean nothing then
        if (command != CommandProxy) return PreambleFault.ProxyBadHeader;
        if (header[13] == Unspecified) return PreambleFault.None;
        int width = header[13] switch { TcpOverIpv4 => 4, TcpOverIpv6 => 16, _ => 0 };
        int end = HeadLength + (2 * width) + 4;
        if (width == 0 || header.Length < end) return PreambleFault.ProxyBadHeader;
        ReadOnlySpan<byte> ports = header[(end - 4)..];
        text.Source = SocketAddress.Inet(
            header.Slice(HeadLength, width), BinaryPrimitives.ReadUInt16BigEndian(ports));
        text.Destination = SocketAddress.Inet(
            header.Slice(HeadLength + width, width), BinaryPrimitives.ReadUInt16BigEndian(ports[2..]));
        text.HasAddresses = true;
        text.Tlvs = end..header.Length;
        return CheckTlvs(header, end) ? PreambleFault.None : PreambleFault.ProxyBadHeader;
    }

    private static bool CheckTlvs(ReadOnlySpan<byte> header, int start)
    {
        ProxyTlvs tlvs = new(header[start..]);
        while (tlvs.Next())
        {
            int valueMax = tlvs.Type switch
            {
                ProxyTlvs.Authority => AuthorityMax,
                ProxyTlvs.UniqueId => UniqueIdMax,
                _ => ValueMax,
            };
            if (tlvs.Value.Length > valueMax) return false;
            if (tlvs.Type != ProxyTlvs.Crc32c) continue;
            if (tlvs.Value.Length != sizeof(uint)) return false;
            int at = start + tlvs.ValueAt;
            if (Checksum(header, at) != BinaryPrimitives.ReadUInt32BigEndian(tlvs.Value)) return false;
        }
        return tlvs.IsWhole;
    }

    /// <summary>CRC-32C of the header, the four bytes of the checksum itself taken as zero.</summary>
    public static uint Checksum(ReadOnlySpan<byte> header, int checksumAt)
    {
        uint crc = uint.MaxValue;
        for (int i = 0; i < header.Length; i++)
        {
            bool isOwn = i >= checksumAt && i < checksumAt + sizeof(uint);
            crc = BitOperations.Crc32C(crc, isOwn ? (byte)0 : header[i]);
        }
        return ~crc;
    }
}
