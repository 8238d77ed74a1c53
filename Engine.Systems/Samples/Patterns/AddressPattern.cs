using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Engine.Data.Kernel;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>An address or network of a pattern, as the range of its addresses.</summary>
internal readonly struct AddressPattern
{
    private AddressPattern(uint address, uint mask)
    {
        IsIpv4 = true;
        Mask4 = mask;
        Low4 = address & mask;
        High4 = (address & mask) | ~mask;
    }

    private AddressPattern(AddressBytes address, int bits)
    {
        Address6 = address;
        Bits6 = bits;
    }

    public bool IsIpv4 { get; }

    public uint Low4 { get; }

    public uint High4 { get; }

    public uint Mask4 { get; }

    /// <summary>Any address of an IPv6 network.</summary>
    public AddressBytes Address6 { get; }

    /// <summary>Length of the IPv6 network's prefix, bits.</summary>
    public int Bits6 { get; }

    /// <summary>The ones of the mask are all in front.</summary>
    public bool IsContiguous => BitOperations.LeadingZeroCount(~Mask4) == BitOperations.PopCount(Mask4);

    /// <summary>
    /// Reads an address, a network or, unless <c>-n</c> was given, a name that is resolved now. A name may bring
    /// several addresses.
    /// </summary>
    public static bool TryParse(PatternText pattern, ValueList<AddressPattern> into)
    {
        string text = pattern.Text;
        int slash = text.LastIndexOf('/');
        string address = slash < 0 ? text : text[..slash];
        string? mask = slash < 0 ? null : text[(slash + 1)..];
        if (TryIpv4(address, out uint four))
        {
            if (!TryMask4(mask, out uint ones)) return false;
            into.Add(new AddressPattern(four, ones));
            return true;
        }
        Span<byte> bytes = stackalloc byte[WriteAddress.Ipv6Max];
        AddressBytes six = default;
        if (address.Length <= bytes.Length)
        {
            int length = Encoding.Latin1.GetBytes(address, bytes);
            if (ReadAddress.TryIpv6(bytes[..length], ref six))
            {
                int bits = 128;
                if (mask is not null && !TryBits(mask, 128, out bits)) return false;
                into.Add(new AddressPattern(six, bits));
                return true;
            }
        }
        return !pattern.NoResolution && TryMask4(mask, out uint nameMask) && TryResolve(address, nameMask, into);
    }

    /// <summary>
    /// One to four numbers, of which the last fills what the others leave (<c>127.1</c> is 127.0.0.1); a leading zero
    /// makes a number octal.
    /// </summary>
    internal static bool TryIpv4(string text, out uint address)
    {
        address = 0;
        string[] parts = text.Split('.');
        if (parts.Length > 4) return false;
        ulong value = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryPart(parts[i], out ulong part)) return false;
            bool last = i == parts.Length - 1;
            int bits = last ? 8 * (5 - parts.Length) : 8;
            if (part >> bits != 0) return false;
            value = (value << bits) | part;
        }
        address = (uint)value;
        return true;
    }

    private static bool TryPart(string text, out ulong value)
    {
        value = 0;
        if (text.Length is 0 or > 11) return false;
        uint radix = text.Length > 1 && text[0] == '0' ? 8u : 10u;
        foreach (char c in text)
        {
            uint digit = (uint)(c - '0');
            if (digit >= radix) return false;
            value = (value * radix) + digit;
        }
        return true;
    }

    private static bool TryMask4(string? text, out uint mask)
    {
        mask = uint.MaxValue;
        if (text is null) return true;
        if (TryBits(text, 32, out int bits))
        {
            mask = bits == 0 ? 0 : uint.MaxValue << (32 - bits);
            return true;
        }
        return text.Contains('.', StringComparison.Ordinal) && TryIpv4(text, out mask);
    }

    private static bool TryBits(string text, int max, out int bits) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits <= max;

    private static bool TryResolve(string name, uint mask, ValueList<AddressPattern> into)
    {
        if (name.Length is 0 or > 253 || !char.IsAsciiLetterOrDigit(name[0])) return false;
        try
        {
            bool any = false;
            foreach (IPAddress found in Dns.GetHostAddresses(name, System.Net.Sockets.AddressFamily.InterNetwork))
            {
                into.Add(new AddressPattern(BinaryPrimitives.ReadUInt32BigEndian(found.GetAddressBytes()), mask));
                any = true;
            }
            return any;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
