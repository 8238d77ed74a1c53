using System;
using Engine.Data.Kernel;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// Takes the parameters of one <c>Forwarded</c> element off, strictly: lower-case names, each once, no space, values
/// in quotes where they need them (RFC 7239 section 4).
/// </summary>
internal ref struct ForwardedText(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;
    private int seen;

    /// <summary>All was taken and found right.</summary>
    public bool IsComplete { get; private set; }

    public static ForwardedParameter ParameterOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("proto"u8) ? ForwardedParameter.Proto
        : name.SequenceEqual("host"u8) ? ForwardedParameter.Host
        : name.SequenceEqual("for"u8) ? ForwardedParameter.For
        : name.SequenceEqual("by"u8) ? ForwardedParameter.By
        : ForwardedParameter.None;

    /// <summary>The next parameter and where its value stands, without quotes. False: the end, or something wrong.</summary>
    public bool TryNext(out ForwardedParameter parameter, out int from, out int count)
    {
        parameter = ForwardedParameter.None;
        from = count = 0;
        if (IsComplete) return false;
        ReadOnlySpan<byte> rest = text[at..];
        int equals = rest.IndexOf((byte)'=');
        if (equals < 0) return false;
        parameter = ParameterOf(rest[..equals]);
        if (parameter == ForwardedParameter.None || (seen & (int)parameter) != 0) return false;
        seen |= (int)parameter;
        from = at + equals + 1;
        bool isQuoted = from < text.Length && text[from] == '"';
        if (isQuoted) from++;
        count = text[from..].IndexOf(isQuoted ? (byte)'"' : (byte)';');
        if (count < 0 && isQuoted) return false;
        if (count < 0) count = text.Length - from;
        if (!IsValue(parameter, text.Slice(from, count), isQuoted)) return false;
        at = from + count + (isQuoted ? 1 : 0);
        if (at == text.Length) IsComplete = true;
        else if (text[at++] != ';') return false;
        return true;
    }

    private static bool IsValue(ForwardedParameter parameter, ReadOnlySpan<byte> value, bool isQuoted)
    {
        switch (parameter)
        {
            case ForwardedParameter.Proto:
                return !isQuoted && (value.SequenceEqual("http"u8) || value.SequenceEqual("https"u8));
            case ForwardedParameter.Host:
                return IsHost(value, isQuoted);
            default:
                // A colon or bracket is no token: quotes are needed (RFC 7239 section 4).
                return ForwardedNodeText.TryRead(value, out ForwardedNodeText node)
                    && (isQuoted || (node.PortFrom == 0 && node.Family != AddressFamily.Inet6));
        }
    }

    private static bool IsHost(ReadOnlySpan<byte> value, bool isQuoted)
    {
        if (value.IsEmpty) return false;
        if (value[0] == '[')
        {
            AddressBytes address = default;
            int close = value.IndexOf((byte)']');
            return isQuoted && close > 0 && ReadAddress.TryIpv6(value[1..close], ref address)
                && (close + 1 == value.Length || IsColonAndPort(value[(close + 1)..]));
        }
        int colon = value.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? value : value[..colon];
        foreach (byte letter in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'.')) return false;
        }
        return !name.IsEmpty && (colon < 0 || (isQuoted && IsColonAndPort(value[colon..])));
    }

    /// <summary>A name or an address, perhaps with a port, as hosts are written in a field.</summary>
    public static bool IsHost(ReadOnlySpan<byte> value)
    {
        if (value is [(byte)'-', ..] || !IsHost(value, isQuoted: true)) return false;
        int colon = value[(value.IndexOf((byte)']') + 1)..].IndexOf((byte)':');
        return colon < 0 || IsPort(value[(value.LastIndexOf((byte)':') + 1)..]);
    }

    /// <summary>1 to 65535.</summary>
    public static bool IsPort(ReadOnlySpan<byte> digits)
    {
        if (digits.IsEmpty || digits.Length > 5 || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        ReadNumber.Leading(digits, out long port);
        return port is > 0 and <= ushort.MaxValue;
    }

    private static bool IsColonAndPort(ReadOnlySpan<byte> text) =>
        text.Length is > 1 and <= 6 && text[0] == ':' && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
