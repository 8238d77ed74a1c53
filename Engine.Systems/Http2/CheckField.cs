using System;
using Engine.Data.Messages;
using Engine.Data.Text;
using Engine.Systems.Http1;
using Engine.Systems.Http2.Hpack;

namespace Engine.Systems.Http2;

/// <summary>
/// What a field must be like before it may stand in a head of HTTP/1 (RFC 9113 sections 8.2 and 10.3, THREATS.md B22):
/// nothing in it may be read there as the end of a line or of a name.
/// </summary>
internal static unsafe class CheckField
{
    public static bool IsName(in HpackField field)
    {
        if (field.StaticName != 0) return true;
        if (field.NameLength is 0 or > HeadLimits.NameBytesMax) return false;
        foreach (byte value in field.NameSpan)
        {
            if (!ScanBytes.IsToken(value) || value is >= (byte)'A' and <= (byte)'Z') return false;
        }
        return true;
    }

    public static bool IsValue(ReadOnlySpan<byte> value) => value.IndexOfAny((byte)0, (byte)'\r', (byte)'\n') < 0;

    /// <summary>A part of a request line: it ends at the first blank or control byte for HTTP/1.</summary>
    public static bool IsLinePart(ReadOnlySpan<byte> value)
    {
        foreach (byte one in value)
        {
            if (one is <= 0x20 or 0x7F) return false;
        }
        return true;
    }

    public static bool IsToken(ReadOnlySpan<byte> value)
    {
        foreach (byte one in value)
        {
            if (!ScanBytes.IsToken(one)) return false;
        }
        return value.Length > 0;
    }

    /// <summary>RFC 9113 section 8.2.1: no blanks around a value; they are dropped as HTTP/1 drops them.</summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    /// <summary>Fields about one HTTP/1 connection make a message of HTTP/2 malformed (RFC 9113 section 8.2.2).</summary>
    public static bool IsForbidden(KnownHeader known, ReadOnlySpan<byte> value) => known switch
    {
        KnownHeader.Connection or KnownHeader.KeepAlive or KnownHeader.ProxyConnection
            or KnownHeader.TransferEncoding or KnownHeader.Upgrade => true,
        KnownHeader.Te => !AsciiCase.Equals(value, "trailers"u8),
        _ => false,
    };

    /// <summary>One length, or a list of the same one over and over (RFC 9110 section 8.6).</summary>
    public static bool TryLengths(ReadOnlySpan<byte> value, out ulong length)
    {
        int comma = value.IndexOf((byte)',');
        if (!TryLength(comma < 0 ? value : Trimmed(value[..comma]), out length)) return false;
        while (comma >= 0)
        {
            value = value[(comma + 1)..];
            comma = value.IndexOf((byte)',');
            bool isSame = TryLength(Trimmed(comma < 0 ? value : value[..comma]), out ulong next) && next == length;
            if (!isSame) return false;
        }
        return true;
    }

    /// <summary>A length: digits and nothing else (THREATS.md A17).</summary>
    public static bool TryLength(ReadOnlySpan<byte> value, out ulong length)
    {
        length = 0;
        foreach (byte one in value)
        {
            uint digit = (uint)(one - '0');
            if (digit > 9 || length > (ulong.MaxValue - digit) / 10) return false;
            length = length * 10 + digit;
        }
        return value.Length > 0;
    }
}
