using System;
using System.Buffers.Binary;

namespace Engine.Systems.Samples.Converters;

/// <summary>The header of an IPv4 or IPv6 packet, options and extensions included (RFC 791, RFC 8200).</summary>
internal readonly ref struct IpPacket
{
    private const int Ipv4Length = 20;
    private const int Ipv6Length = 40;

    private readonly ReadOnlySpan<byte> bytes;

    private IpPacket(ReadOnlySpan<byte> bytes, bool isIpv6, int headerLength, byte protocol)
    {
        this.bytes = bytes;
        IsIpv6 = isIpv6;
        HeaderLength = headerLength;
        Protocol = protocol;
    }

    public bool IsIpv6 { get; }

    /// <summary>Bytes before the transport's header.</summary>
    public int HeaderLength { get; }

    /// <summary>Number of the transport protocol.</summary>
    public byte Protocol { get; }

    /// <summary>It must not be fragmented; IPv6 never is on its way.</summary>
    public bool IsWhole => IsIpv6 || (bytes[6] & 0x40) != 0;

    public bool HasOptions => HeaderLength > (IsIpv6 ? Ipv6Length : Ipv4Length);

    /// <summary>Type of service, or traffic class.</summary>
    public byte Service => IsIpv6 ? (byte)(BinaryPrimitives.ReadUInt16BigEndian(bytes) >> 4) : bytes[1];

    public byte TimeToLive => IsIpv6 ? bytes[7] : bytes[8];

    public ReadOnlySpan<byte> Source => IsIpv6 ? bytes.Slice(8, 16) : bytes.Slice(12, 4);

    public ReadOnlySpan<byte> Destination => IsIpv6 ? bytes.Slice(24, 16) : bytes.Slice(16, 4);

    /// <summary>False: neither version, or cut short in its header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IpPacket packet)
    {
        packet = default;
        if (bytes.IsEmpty) return false;
        int version = bytes[0] >> 4;
        if (version == 4)
        {
            int length = (bytes[0] & 15) * 4;
            if (length < Ipv4Length || bytes.Length < length) return false;
            packet = new IpPacket(bytes, isIpv6: false, length, bytes[9]);
            return true;
        }
        if (version != 6 || bytes.Length < Ipv6Length) return false;
        byte next = bytes[6];
        int at = Ipv6Length;

        // Each extension tells the kind of the next and its length in units of 8 bytes beyond the first 8; a fragment
        // header (44) always has 8, and an authentication header (51) counts in units of 4.
        while (next is 0 or 43 or 44 or 51 or 60 or 135 or 139 or 140)
        {
            if (bytes.Length < at + 2) return false;
            int length = next == 44 ? 8 : next == 51 ? (bytes[at + 1] + 2) * 4 : (bytes[at + 1] + 1) * 8;
            next = bytes[at];
            at += length;
            if (at > bytes.Length) return false;
        }
        packet = new IpPacket(bytes, isIpv6: true, at, next);
        return true;
    }
}
