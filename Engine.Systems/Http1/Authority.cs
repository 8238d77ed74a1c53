using System;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// A host and perhaps a port, as Host, absolute-form and authority-form have them (RFC 3986 section 3.2,
/// without user name: RFC 9110 section 4.2.4 takes it for an attempt to deceive). Commas are refused although
/// a reg-name may hold them: a list of hosts is read differently by different readers (THREATS.md A23).
/// </summary>
internal readonly unsafe struct Authority(ByteView host, ByteView port, int portNumber)
{
    /// <summary>Never empty but for an empty Host field; an IPv6 address with its brackets.</summary>
    public readonly ByteView Host = host;

    /// <summary>
    /// The digits behind the colon, perhaps none; <c>Start</c> is null when there is no colon.
    /// </summary>
    public readonly ByteView Port = port;

    /// <summary>-1 when there are no digits.</summary>
    public readonly int PortNumber = portNumber;

    public bool HasColon => Port.Start != null;

    public static bool TryRead(ByteView text, out Authority authority)
    {
        authority = default;
        int host = HostLength(text);
        if (host < 0) return false;
        if (host == text.Length)
        {
            authority = new Authority(text, default, -1);
            return true;
        }
        if (host == 0 || text.Start[host] != ':') return false;
        ByteView port = text.Slice(host + 1, text.Length - host - 1);
        if (!TryReadPort(port, out int number)) return false;
        authority = new Authority(text.Slice(0, host), port, number);
        return true;
    }

    /// <summary>
    /// Whether two name the same place, when <paramref name="defaultPort"/> is meant where none is said (-1:
    /// no default).
    /// </summary>
    public bool Matches(in Authority other, int defaultPort)
    {
        if (!AsciiCase.Equals(Host.Span, other.Host.Span)) return false;
        int mine = PortNumber < 0 ? defaultPort : PortNumber;
        int others = other.PortNumber < 0 ? defaultPort : other.PortNumber;
        return mine == others;
    }

    // -1: not a host.
    private static int HostLength(ByteView text)
    {
        if (text.IsEmpty) return 0;
        byte* end = text.Start + text.Length;
        if (*text.Start == '[') return BracketedLength(text);
        int length = text.Span.IndexOf((byte)':');
        if (length < 0) length = text.Length;
        return ScanBytes.IsHostName(text.Start, length, end) ? length : -1;
    }

    private static int BracketedLength(ByteView text)
    {
        int close = text.Span.IndexOf((byte)']');
        if (close < 3) return -1;
        for (int i = 1; i < close; i++)
        {
            byte value = text.Start[i];
            bool allowed = value is >= (byte)'0' and <= (byte)'9' or (byte)':' or (byte)'.'
                || AsciiCase.Lower(value) is >= (byte)'a' and <= (byte)'f';
            if (!allowed) return -1;
        }
        return close + 1;
    }

    private static bool TryReadPort(ByteView digits, out int number)
    {
        number = -1;
        if (digits.IsEmpty) return true;
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            uint digit = (uint)(digits.Start[i] - '0');
            if (digit > 9) return false;
            sum = sum * 10 + (int)digit;
            if (sum > 65535) return false;
        }
        number = sum;
        return true;
    }
}
