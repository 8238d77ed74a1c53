using System;
using Engine.Data.Configuration;
using Engine.Data.Kernel;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Reads the addresses of <c>bind</c>, <c>server</c>, <c>source</c> and <c>log</c> (manual section 11): IPv4, IPv6,
/// names, ports and ranges, unix and abstract sockets, inherited descriptors.
/// </summary>
internal static class AddressReader
{
    private const int UnixPathMax = 107;

    // Room for what is put behind a path while the socket is being opened.
    private const int TemporarySuffix = 10;

    /// <summary>Reads one address. Null when it is good, else what is wrong with it.</summary>
    public static string? TryRead(string text, AddressRules rules, NameLookup lookup, out ParsedAddress parsed)
    {
        parsed = new ParsedAddress { Fd = -1 };
        string expanded = ExpandVariables.Run(text);
        ReadOnlySpan<char> rest = expanded;
        if (rest.IsEmpty && (text.Length > 0 || (rules & AddressRules.BindsPath) != 0))
            return $"'{text}' resolves to an empty address (environment variable missing?)";
        AddressFamily family = AddressFamily.Unspecified;
        if (TakePrefix(ref rest, "stream+") && (rules & AddressRules.Datagram) != 0)
            return $"stream-type address not acceptable in '{text}'";
        if (TakePrefix(ref rest, "dgram+") && (rules & AddressRules.Datagram) == 0)
            return $"dgram-type address not acceptable in '{text}'";
        if (TakePrefix(ref rest, "quic+")) return RefuseQuicOver(text, rest, rules);
        if (TakePrefix(ref rest, "fd@")) return ReadDescriptor(text, rest, rules, ref parsed);
        if (TakePrefix(ref rest, "unix@")) return ReadPath(text, rest, rules, false, ref parsed);
        if (TakePrefix(ref rest, "abns@")) return ReadPath(text, rest, rules, true, ref parsed);
        bool isConnection = (rules & AddressRules.Connections) != 0;
        if (TakePrefix(ref rest, "uxst@")) return ReadPath(text, rest, rules, false, ref parsed);
        if (isConnection && TakePrefix(ref rest, "uxdg@")) return $"dgram-type address not acceptable in '{text}'";
        if (isConnection && TakePrefix(ref rest, "abnsz@"))
        {
            parsed.IsExactName = true;
            return ReadPath(text, rest, rules, true, ref parsed);
        }
        if (rest.StartsWith("/")) return ReadPath(text, rest, rules, false, ref parsed);
        if (TakePrefix(ref rest, "quic4@") || TakePrefix(ref rest, "quic6@")) return RefuseQuic(text, rules, expanded[4] == '6');
        if (rest.StartsWith("abnsz@") || rest.StartsWith("sockpair@") || rest.StartsWith("rhttp@"))
            return $"address type '{rest[..(rest.IndexOf('@') + 1)]}' is not supported yet in '{text}'";
        bool isDatagram = (rules & AddressRules.Datagram) != 0;
        if (TakePrefix(ref rest, "udp@") || TakePrefix(ref rest, "udp4@") || TakePrefix(ref rest, "udp6@"))
        {
            if (!isDatagram) return $"dgram-type address not acceptable in '{text}'";
            family = FamilyOf(expanded[3]);
        }
        else if (isConnection && (TakePrefix(ref rest, "mptcp@") || TakePrefix(ref rest, "mptcp4@") || TakePrefix(ref rest, "mptcp6@")))
        {
            parsed.Multipath = true;
            family = FamilyOf(expanded[5]);
        }
        else if (TakePrefix(ref rest, "tcp@") || TakePrefix(ref rest, "tcp4@") || TakePrefix(ref rest, "tcp6@"))
        {
            if (isDatagram) return $"address type 'tcp@' is not supported yet in '{text}'";
            family = FamilyOf(expanded[3]);
        }
        else if (TakePrefix(ref rest, "ipv4@")) family = AddressFamily.Inet;
        else if (TakePrefix(ref rest, "ipv6@")) family = AddressFamily.Inet6;
        return ReadInternet(text, rest, rules, family, lookup, ref parsed);
    }

    /// <summary>In the words of a reference that was built without it: listeners are told by their family's number.</summary>
    private static string RefuseQuic(string text, AddressRules rules, bool isIpv6) =>
        (rules & AddressRules.ResolvesLater) != 0
            ? "QUIC protocol selected but support not compiled in (check build options)."
            : $"unsupported stream protocol for datagram family {(isIpv6 ? 10 : 2)} address '{text}'; QUIC is not "
                + "compiled in if this is what you were looking for.";

    private static string RefuseQuicOver(string text, ReadOnlySpan<char> rest, AddressRules rules)
    {
        if (rest.Contains('@') && !rest.StartsWith("ipv")) return $"dgram-type address not acceptable in '{text}'";
        return RefuseQuic(text, rules, rest.StartsWith("ipv6@") || rest.StartsWith("["));
    }

    private static AddressFamily FamilyOf(char digit) =>
        digit switch
        {
            '4' => AddressFamily.Inet,
            '6' => AddressFamily.Inet6,
            _ => AddressFamily.Unspecified,
        };

    private static bool TakePrefix(ref ReadOnlySpan<char> text, string prefix)
    {
        if (!text.StartsWith(prefix)) return false;
        text = text[prefix.Length..];
        return true;
    }

    private static string? ReadDescriptor(
        string text, ReadOnlySpan<char> rest, AddressRules rules, ref ParsedAddress parsed)
    {
        if ((rules & AddressRules.Descriptor) == 0) return $"a file descriptor is not acceptable here in '{text}'";
        if (!ConfigurationUnits.TryInteger(rest, out long number) || number is < 0 or > int.MaxValue)
            return $"file descriptor '{rest}' is not a valid integer in '{text}'";
        parsed.Fd = (int)number;
        if ((rules & AddressRules.DescriptorIsSocket) == 0) return null;
        string? error = InheritedSocket.Describe(parsed.Fd, out parsed.Address, out parsed.Path, out parsed.Abstract);
        parsed.PortHigh = parsed.Address.Port;
        return error is null ? null : $"cannot use file descriptor '{number}' : {error}.";
    }

    private static string? ReadPath(
        string text, ReadOnlySpan<char> rest, AddressRules rules, bool isAbstract, ref ParsedAddress parsed)
    {
        if ((rules & AddressRules.Unix) == 0) return $"a UNIX socket is not acceptable here in '{text}'";
        int max = (rules & AddressRules.BindsPath) != 0 && !isAbstract ? UnixPathMax - TemporarySuffix : UnixPathMax;
        if (isAbstract ? rest.Length >= max : rest.Length > max)
            return $"socket path '{(isAbstract ? text : rest)}' too long (max {max})";
        parsed.Path = rest.ToString();
        parsed.Abstract = isAbstract;
        parsed.Address.Family = AddressFamily.Unix;
        return null;
    }

    private static string? ReadInternet(
        string text,
        ReadOnlySpan<char> rest,
        AddressRules rules,
        AddressFamily family,
        NameLookup lookup,
        ref ParsedAddress parsed)
    {
        // The last colon cuts the port off, unless it belongs to an IPv6 address in brackets.
        int colon = rest.EndsWith("]") ? -1 : rest.LastIndexOf(':');
        ReadOnlySpan<char> host = colon < 0 ? rest : rest[..colon];
        ReadOnlySpan<char> port = colon < 0 ? default : rest[(colon + 1)..];
        string? error = ReadPort(text, port, colon >= 0, rules, ref parsed);
        if (error is not null) return error;
        ushort number = parsed.Address.Port;
        bool known = TryHost(host, family, ref parsed.Address);
        if (!known && ((rules & AddressRules.ResolvesLater) != 0 || IsName(host)))
        {
            parsed.HostName = host.ToString();
            parsed.Address.Family = family;
            known = (rules & AddressRules.ResolvesLater) != 0
                || (rules & AddressRules.Resolves) != 0 && lookup(parsed.HostName, family, ref parsed.Address);
        }
        parsed.Address.Port = number;
        return known ? null : $"invalid address: '{host}' in '{text}'";
    }

    private static string? ReadPort(
        string text, ReadOnlySpan<char> port, bool given, AddressRules rules, ref ParsedAddress parsed)
    {
        if (port.IsEmpty)
        {
            parsed.MapsPort = true;
            return (rules & AddressRules.PortRequired) != 0 ? $"missing port specification in '{text}'" : null;
        }
        if ((rules & (AddressRules.Port | AddressRules.PortRequired)) == 0)
            return $"port specification not permitted here in '{text}'";
        if (port[0] is '+' or '-')
        {
            if ((rules & AddressRules.PortOffset) == 0) return $"port offset not permitted here in '{text}'";
            ReadOnlySpan<char> digits = port[1..];
            int odd = digits.IndexOfAnyExceptInRange('0', '9');
            if (odd >= 0) return $"invalid character '{digits[odd]}' in port number '{digits}' in '{text}'";
            int offset = ConfigurationUnits.Integer(port);
            parsed.MapsPort = true;
            parsed.PortOffset = offset;
            return null;
        }
        if (!char.IsAsciiDigit(port[0])) return $"invalid character '{port[0]}' in port number '{port}' in '{text}'";
        int dash = port.IndexOf('-');
        ReadOnlySpan<char> low = dash < 0 ? port : port[..dash];
        ReadOnlySpan<char> high = dash < 0 ? port : port[(dash + 1)..];
        if (dash >= 0 && (rules & AddressRules.PortRange) == 0) return $"port range not permitted here in '{text}'";
        string? error = ReadPortNumber(text, low, rules, out int first);
        error ??= ReadPortNumber(text, high, rules, out parsed.PortHigh);
        if (error is not null) return error;
        parsed.Address.Port = (ushort)first;
        return parsed.PortHigh < first ? $"invalid port range '{port}'" : null;
    }

    private static string? ReadPortNumber(
        string text, ReadOnlySpan<char> digits, AddressRules rules, out int number)
    {
        number = 0;
        int bad = digits.IndexOfAnyExceptInRange('0', '9');
        if (digits.StartsWith("-")) return $"invalid port '{digits}'";
        if (bad >= 0) return $"invalid character '{digits[bad]}' in port number '{digits}' in '{text}'";
        number = ConfigurationUnits.Integer(digits);
        bool isZeroRefused = (rules & AddressRules.NoPortZero) != 0 && number == 0;
        return digits.IsEmpty || number > 65535 || isZeroRefused ? $"invalid port '{digits}'" : null;
    }

    private static bool TryHost(ReadOnlySpan<char> host, AddressFamily family, ref SocketAddress address)
    {
        bool mayBeV4 = family != AddressFamily.Inet6;
        bool mayBeV6 = family != AddressFamily.Inet;
        if (host.IsEmpty || host is "*")
        {
            address.Family = mayBeV4 ? AddressFamily.Inet : AddressFamily.Inet6;
            return true;
        }
        Span<byte> bytes = stackalloc byte[16];
        if (host[0] == '[' && host[^1] == ']') host = host[1..^1];
        if (mayBeV4 && AddressText.TryParseIpv4(host, bytes)) address = SocketAddress.Inet(bytes[..4], 0);
        else if (mayBeV6 && AddressText.TryParseIpv6(host, bytes)) address = SocketAddress.Inet(bytes, 0);
        else return false;
        return true;
    }

    /// <summary>
    /// Whether a resolver should be asked: nothing a name cannot have. It also knows the short forms of addresses,
    /// such as <c>127.1</c>.
    /// </summary>
    private static bool IsName(ReadOnlySpan<char> host)
    {
        foreach (char c in host)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) return false;
        }
        return true;
    }
}
