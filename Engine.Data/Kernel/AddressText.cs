using System;

namespace Engine.Data.Kernel;

/// <summary>Reads IP addresses strictly as <c>inet_pton</c> does: no octal, no short forms, no zone.</summary>
public static class AddressText
{
    /// <summary>Four decimal numbers, no leading zeros beyond one digit. Writes 4 bytes.</summary>
    public static bool TryParseIpv4(ReadOnlySpan<char> text, Span<byte> address)
    {
        int at = 0;
        for (int i = 0; i < 4; i++)
        {
            int start = at;
            int number = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 3)
                number = number * 10 + text[at++] - '0';
            if (at == start || number > 255 || at - start > 1 && text[start] == '0') return false;
            address[i] = (byte)number;
            if (i < 3 && (at >= text.Length || text[at++] != '.')) return false;
        }
        return at == text.Length;
    }

    /// <summary>RFC 4291 section 2.2, the mixed form included. Writes 16 bytes.</summary>
    public static bool TryParseIpv6(ReadOnlySpan<char> text, Span<byte> address)
    {
        Span<byte> tail = stackalloc byte[16];
        address = address[..16];
        address.Clear();
        int gap = -1;
        int written = 0;
        int at = 0;
        if (text.StartsWith("::"))
        {
            gap = 0;
            at = 2;
        }
        while (at < text.Length)
        {
            int start = at;
            int group = 0;
            while (at < text.Length && char.IsAsciiHexDigit(text[at]) && at - start < 5)
                group = (group << 4) | HexDigit(text[at++]);
            if (at < text.Length && text[at] == '.')
            {
                if (written > 12 || !TryParseIpv4(text[start..], tail[written..])) return false;
                written += 4;
                at = text.Length;
                break;
            }
            if (at == start || at - start > 4 || written > 14) return false;
            tail[written++] = (byte)(group >> 8);
            tail[written++] = (byte)group;
            if (at == text.Length) break;
            if (text[at++] != ':' || at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gap >= 0) return false;
            gap = written;
            at++;
        }
        if (gap < 0 ? written != 16 : written > 14) return false;
        int before = gap < 0 ? written : gap;
        tail[..before].CopyTo(address);
        tail[before..written].CopyTo(address[(16 - (written - before))..]);
        return true;
    }

    /// <summary>An IPv4 or IPv6 address without brackets and port.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SocketAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bool isV6 = text.Contains(':');
        if (isV6 ? TryParseIpv6(text, bytes) : TryParseIpv4(text, bytes))
        {
            address = SocketAddress.Inet(bytes[..(isV6 ? 16 : 4)], 0);
            return true;
        }
        address = default;
        return false;
    }

    private static int HexDigit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
