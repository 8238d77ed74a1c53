using System;

namespace Engine.Data.Text;

/// <summary>IP addresses as text: dotted IPv4, and IPv6 in the form of RFC 5952.</summary>
public static class WriteAddress
{
    /// <summary>Bytes of the longest text of an IPv4 address.</summary>
    public const int Ipv4Max = 15;

    /// <summary>Bytes of the longest text of an IPv6 address.</summary>
    public const int Ipv6Max = 45;

    /// <summary>Writes the first four bytes as an IPv4 address. The destination must hold <see cref="Ipv4Max"/>.</summary>
    public static int Ipv4(Span<byte> destination, ReadOnlySpan<byte> address)
    {
        int at = Octet(destination, 0, address[0]);
        for (int i = 1; i < 4; i++)
        {
            destination[at++] = (byte)'.';
            at = Octet(destination, at, address[i]);
        }
        return at;
    }

    /// <summary>Writes 16 bytes as an IPv6 address. The destination must hold <see cref="Ipv6Max"/>.</summary>
    public static int Ipv6(Span<byte> destination, ReadOnlySpan<byte> address)
    {
        Span<ushort> groups = stackalloc ushort[8];
        for (int i = 0; i < 8; i++) groups[i] = (ushort)((address[i * 2] << 8) | address[(i * 2) + 1]);
        FindLongestZeros(groups, out int zerosAt, out int zeros);

        // The last 32 bits are written dotted in mapped (::ffff:a.b.c.d) and compatible (::a.b.c.d) addresses.
        bool dotted = zerosAt == 0 && (zeros == 6 || (zeros == 5 && groups[5] == 0xFFFF));
        int end = dotted ? 6 : 8;
        int at = 0;
        for (int i = 0; i < end; i++)
        {
            if (i == zerosAt && zeros > 1)
            {
                destination[at++] = (byte)':';
                if (i + zeros >= 8) destination[at++] = (byte)':';
                i += zeros - 1;
                continue;
            }
            if (i > 0) destination[at++] = (byte)':';
            at += WriteNumber.Hex(destination[at..], groups[i]);
        }
        if (!dotted) return at;
        destination[at++] = (byte)':';
        return at + Ipv4(destination[at..], address[12..]);
    }

    private static void FindLongestZeros(ReadOnlySpan<ushort> groups, out int at, out int length)
    {
        at = -1;
        length = 0;
        for (int i = 0; i < 8;)
        {
            int end = i;
            while (end < 8 && groups[end] == 0) end++;
            if (end - i > Math.Max(1, length))
            {
                at = i;
                length = end - i;
            }
            i = end + 1;
        }
    }

    private static int Octet(Span<byte> destination, int at, byte value)
    {
        if (value >= 100)
        {
            destination[at++] = (byte)('0' + (value / 100));
            value %= 100;
            destination[at++] = (byte)('0' + (value / 10));
        }
        else if (value >= 10)
        {
            destination[at++] = (byte)('0' + (value / 10));
        }
        destination[at++] = (byte)('0' + (value % 10));
        return at;
    }
}
