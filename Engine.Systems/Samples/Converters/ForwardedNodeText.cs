using System;
using Engine.Data.Kernel;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>A node of a <c>Forwarded</c> field: an address, "unknown" or a hidden name, perhaps a port (RFC 7239 section 6).</summary>
internal struct ForwardedNodeText
{
    /// <summary>Unspecified: a name.</summary>
    public AddressFamily Family;

    public AddressBytes Address;

    /// <summary>Bytes of the name, where there is no address.</summary>
    public int NameLength;

    /// <summary>Where the port stands; 0: there is none.</summary>
    public int PortFrom;

    /// <summary>The port; -1: a hidden one, or none.</summary>
    public int Port;

    public static bool TryRead(ReadOnlySpan<byte> text, out ForwardedNodeText node)
    {
        node = new ForwardedNodeText { Port = -1 };
        if (text.IsEmpty) return false;
        int end = text.IndexOf((byte)':');
        if (text[0] == '[')
        {
            end = text.IndexOf((byte)']');
            if (end < 0 || !ReadAddress.TryIpv6(text[1..end], ref node.Address)) return false;
            node.Family = AddressFamily.Inet6;
            end++;
        }
        else
        {
            if (end < 0) end = text.Length;
            ReadOnlySpan<byte> name = text[..end];
            if (ReadAddress.TryIpv4(name, ref node.Address)) node.Family = AddressFamily.Inet;
            else if (!name.SequenceEqual("unknown"u8) && !IsHiddenName(name)) return false;
            node.NameLength = end;
        }
        return end == text.Length || node.TryPort(text, end);
    }

    /// <summary>Letters that a hidden name may have behind its underscore; at least one.</summary>
    public static bool IsHidden(ReadOnlySpan<byte> text)
    {
        foreach (byte letter in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'.' or (byte)'_' or (byte)'-')) return false;
        }
        return !text.IsEmpty;
    }

    private static bool IsHiddenName(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '_' && IsHidden(text[1..]);

    private bool TryPort(ReadOnlySpan<byte> text, int colon)
    {
        if (text[colon] != ':' || colon + 1 == text.Length) return false;
        PortFrom = colon + 1;
        ReadOnlySpan<byte> port = text[PortFrom..];
        if (IsHiddenName(port)) return true;
        if (port.Length > 5) return false;
        int value = 0;
        foreach (byte digit in port)
        {
            if ((uint)(digit - '0') > 9) return false;
            value = (value * 10) + (digit - '0');
        }
        Port = value;
        return value is > 0 and <= ushort.MaxValue;
    }
}
