using System;
using Engine.Data.Kernel;

namespace Engine.Data.Text;

/// <summary>IP addresses from text, strictly: four decimal octets, or an IPv6 address without brackets or scope.</summary>
public static class ReadAddress
{
    /// <summary>Reads all of a text as a dotted IPv4 address into the first four bytes.</summary>
    public static bool TryIpv4(ReadOnlySpan<byte> text, ref AddressBytes address)
    {
        int at = 0;
        for (int i = 0; i < 4; i++)
        {
            if (i > 0 && (at >= text.Length || text[at++] != '.')) return false;
            if (!TryOctet(text, ref at, out byte octet)) return false;
            address[i] = octet;
        }
        return at == text.Length;
    }

    /// <summary>Reads all of a text as an IPv6 address, <c>::</c> and a dotted end included.</summary>
    public static bool TryIpv6(ReadOnlySpan<byte> text, ref AddressBytes address)
    {
        Span<ushort> groups = stackalloc ushort[8];
        groups.Clear();
        int count = 0;
        int gapAt = -1;
        int at = 0;
        if (text.Length < 2) return false;
        if (text[0] == ':')
        {
            if (text[1] != ':') return false;
            gapAt = 0;
            at = 2;
        }
        while (at < text.Length)
        {
            if (count <= 6 && IsDotted(text[at..]))
            {
                if (!TryDotted(text[at..], groups, ref count)) return false;
                at = text.Length;
                break;
            }
            if (count == 8 || !TryGroup(text, ref at, out groups[count])) return false;
            count++;
            if (at == text.Length) break;
            if (text[at++] != ':') return false;
            if (at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gapAt >= 0) return false;
            gapAt = count;
            at++;
        }
        if (gapAt < 0 ? count != 8 : count > 7) return false;
        Place(groups, count, gapAt, ref address);
        return true;
    }

    private static void Place(ReadOnlySpan<ushort> groups, int count, int gapAt, ref AddressBytes address)
    {
        int gap = 8 - count;
        for (int i = 0; i < 8; i++)
        {
            ushort group = gapAt < 0 || i < gapAt ? groups[i] : i < gapAt + gap ? (ushort)0 : groups[i - gap];
            address[i * 2] = (byte)(group >> 8);
            address[(i * 2) + 1] = (byte)group;
        }
    }

    private static bool IsDotted(ReadOnlySpan<byte> rest) => rest.Contains((byte)'.') && !rest.Contains((byte)':');

    private static bool TryDotted(ReadOnlySpan<byte> text, Span<ushort> groups, ref int count)
    {
        AddressBytes octets = default;
        if (!TryIpv4(text, ref octets)) return false;
        groups[count++] = (ushort)((octets[0] << 8) | octets[1]);
        groups[count++] = (ushort)((octets[2] << 8) | octets[3]);
        return true;
    }

    private static bool TryGroup(ReadOnlySpan<byte> text, ref int at, out ushort group)
    {
        int value = 0;
        int start = at;
        while (at < text.Length && at - start < 4 && HexDigit(text[at]) is >= 0 and int digit)
        {
            value = (value << 4) | digit;
            at++;
        }
        group = (ushort)value;
        return at > start;
    }

    private static int HexDigit(byte value) =>
        value switch
        {
            >= (byte)'0' and <= (byte)'9' => value - '0',
            >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
            _ => -1,
        };

    private static bool TryOctet(ReadOnlySpan<byte> text, ref int at, out byte octet)
    {
        int value = 0;
        int start = at;
        while (at < text.Length && at - start < 3 && (uint)(text[at] - '0') <= 9)
        {
            value = (value * 10) + text[at++] - '0';
        }
        octet = (byte)value;
        return at > start && value <= 255;
    }
}
