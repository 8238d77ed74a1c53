using System;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Text;

namespace Engine.Systems.Preambles;

/// <summary>
/// The readable PROXY protocol header: <c>PROXY TCP4 1.2.3.4 5.6.7.8 1111 80</c> and CRLF (PROXY protocol section
/// 2.1). Exactly one space between words, addresses and ports in their only spelling.
/// </summary>
public static class ParseProxyV1
{
    /// <summary>Bytes of the longest header, its CRLF included.</summary>
    public const int LengthMax = 107;

    /// <summary>False when more bytes are needed. A fault tells that it is no header, or a wrong one.</summary>
    public static bool TryRun(ReadOnlySpan<byte> bytes, ref PreambleText text, out PreambleFault fault)
    {
        fault = PreambleFault.None;
        ReadOnlySpan<byte> word = "PROXY "u8;
        int seen = Math.Min(bytes.Length, word.Length);
        if (!bytes[..seen].SequenceEqual(word[..seen]))
        {
            fault = PreambleFault.ProxyNoHeader;
            return true;
        }
        ReadOnlySpan<byte> window = bytes[..Math.Min(bytes.Length, LengthMax)];
        int end = window.IndexOf((byte)'\r');
        if (end < 0 || end + 1 == bytes.Length)
        {
            if (window.Length < LengthMax && !window.Contains((byte)'\n')) return false;
            fault = PreambleFault.ProxyBadHeader;
            return true;
        }
        // One whose last byte is beyond the limit is too long as well.
        bool isEnded = end + 2 <= window.Length && bytes[end + 1] == '\n';
        fault = isEnded ? ReadLine(bytes[word.Length..end], ref text) : PreambleFault.ProxyBadHeader;
        text.Length = end + 2;
        return true;
    }

    private static PreambleFault ReadLine(ReadOnlySpan<byte> line, ref PreambleText text)
    {
        ReadOnlySpan<byte> family = TakeWord(ref line, out _);
        // The receiver uses the real addresses and ignores what else stands in the line.
        if (family.SequenceEqual("UNKNOWN"u8)) return PreambleFault.None;
        bool isV4 = family.SequenceEqual("TCP4"u8);
        if (!isV4 && !family.SequenceEqual("TCP6"u8)) return PreambleFault.ProxyBadProtocol;
        bool good = TryAddress(TakeWord(ref line, out bool more), isV4, ref text.Source) && more;
        good = good && TryAddress(TakeWord(ref line, out more), isV4, ref text.Destination) && more;
        good = good && TryPort(TakeWord(ref line, out more), out text.Source.Port) && more;
        good = good && TryPort(TakeWord(ref line, out more), out text.Destination.Port) && !more;
        text.HasAddresses = good;
        return good ? PreambleFault.None : PreambleFault.ProxyBadHeader;
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> line, out bool more)
    {
        int space = line.IndexOf((byte)' ');
        more = space >= 0;
        ReadOnlySpan<byte> word = more ? line[..space] : line;
        line = more ? line[(space + 1)..] : default;
        return word;
    }

    private static bool TryAddress(ReadOnlySpan<byte> text, bool isV4, ref SocketAddress address)
    {
        address.Family = isV4 ? AddressFamily.Inet : AddressFamily.Inet6;
        return isV4 ? !HasLeadingZero(text) && ReadAddress.TryIpv4(text, ref address.Bytes)
            : ReadAddress.TryIpv6(text, ref address.Bytes);
    }

    /// <summary>A zero before another digit: some readers would take the number as octal.</summary>
    private static bool HasLeadingZero(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i + 1 < text.Length; i++)
        {
            bool starts = i == 0 || text[i - 1] == '.';
            if (starts && text[i] == '0' && text[i + 1] != '.') return true;
        }
        return false;
    }

    private static bool TryPort(ReadOnlySpan<byte> text, out ushort port)
    {
        int value = 0;
        bool good = text.Length is > 0 and <= 5 && (text.Length == 1 || text[0] != '0');
        for (int i = 0; good && i < text.Length; i++)
        {
            good = text[i] is >= (byte)'0' and <= (byte)'9';
            value = value * 10 + text[i] - '0';
        }
        port = (ushort)value;
        return good && value <= ushort.MaxValue;
    }
}
