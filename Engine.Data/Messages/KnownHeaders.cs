using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tables;
using Engine.Data.Text;

namespace Engine.Data.Messages;

/// <summary>
/// Names of the known headers and the way back from a name. No name is longer than 20 bytes, so its first and
/// last eight bytes and four in the middle are all of it: one multiplication finds the only slot it can be
/// in.
/// </summary>
public static unsafe class KnownHeaders
{
    private const int SlotBits = 7;

    private static readonly byte[][] Names = NamesByNumber();
    private static readonly ulong Multiplier;
    private static readonly Slot* Slots;

    private struct Slot
    {
        public ulong First;
        public ulong Last;
        public uint Middle;
        public byte Length;
        public KnownHeader Known;
    }

    static KnownHeaders()
    {
        Slots = (Slot*)NativeRegion.Reserve((nuint)(sizeof(Slot) << SlotBits));
        // Any odd multiplier that keeps the names apart will do; the sequence is fixed, so every run finds
        // the same.
        ulong multiplier = 0x9E37_79B9_7F4A_7C15;
        while (!TryFill(multiplier)) multiplier = (multiplier * 0x5851_F42D_4C95_7F2D) | 1;
        Multiplier = multiplier;
    }

    public static int Count => Names.Length;

    /// <summary>The name in lower case; empty for <see cref="KnownHeader.None"/>.</summary>
    public static ReadOnlySpan<byte> Name(KnownHeader known) => Names[(int)known];

    /// <summary>Recognises a name in any case.</summary>
    public static KnownHeader Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return KnownHeader.None;
        fixed (byte* start = name)
        {
            if (name.Length < 8)
            {
                return Find(AsciiCase.Lower(AsciiCase.ReadShort(start, name.Length)), 0, start, name.Length);
            }
            ulong first = AsciiCase.Lower(Unsafe.ReadUnaligned<ulong>(start));
            ulong last = AsciiCase.Lower(Unsafe.ReadUnaligned<ulong>(start + name.Length - 8));
            return Find(first, last, start, name.Length);
        }
    }

    /// <summary>
    /// Recognises a name of which the caller has the first and last eight bytes in lower case: under eight
    /// bytes long, all of it with zeros behind and 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KnownHeader Find(ulong first, ulong last, byte* name, int length)
    {
        Slot* slot = Slots + Hash(first, last, length, Multiplier);
        if (slot->First != first || slot->Last != last || slot->Length != length) return KnownHeader.None;
        if (length > 16 && slot->Middle != (uint)AsciiCase.Lower(Unsafe.ReadUnaligned<uint>(name + 8)))
        {
            return KnownHeader.None;
        }
        return slot->Known;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(ulong first, ulong last, int length, ulong multiplier) =>
        (int)(((first ^ (last << 5) ^ (last >> 7) ^ (ulong)length) * multiplier) >> (64 - SlotBits));

    private static bool TryFill(ulong multiplier)
    {
        NativeMemory.Clear(Slots, (nuint)sizeof(Slot) << SlotBits);
        for (int number = 1; number < Names.Length; number++)
        {
            byte[] name = Names[number];
            Check.That(name.Length is > 0 and <= 20);
            fixed (byte* start = name)
            {
                bool whole = name.Length < 8;
                ulong first =
                    whole ? AsciiCase.ReadShort(start, name.Length) : Unsafe.ReadUnaligned<ulong>(start);
                ulong last = whole ? 0 : Unsafe.ReadUnaligned<ulong>(start + name.Length - 8);
                Slot* slot = Slots + Hash(first, last, name.Length, multiplier);
                if (slot->Length != 0) return false;
                slot->First = first;
                slot->Last = last;
                slot->Middle = name.Length > 16 ? Unsafe.ReadUnaligned<uint>(start + 8) : 0;
                slot->Length = (byte)name.Length;
                slot->Known = (KnownHeader)number;
            }
        }
        return true;
    }

    private static byte[][] NamesByNumber()
    {
        byte[][] names = new byte[(int)KnownHeader.XRealIp + 1][];
        for (int i = 0; i < names.Length; i++) names[i] = i == 0 ? [] : NameOf((KnownHeader)i).ToArray();
        return names;
    }

    private static ReadOnlySpan<byte> NameOf(KnownHeader known) => known switch
    {
        KnownHeader.Accept => "accept"u8,
        KnownHeader.AcceptEncoding => "accept-encoding"u8,
        KnownHeader.Authorization => "authorization"u8,
        KnownHeader.CacheControl => "cache-control"u8,
        KnownHeader.Connection => "connection"u8,
        KnownHeader.ContentEncoding => "content-encoding"u8,
        KnownHeader.ContentLength => "content-length"u8,
        KnownHeader.ContentType => "content-type"u8,
        KnownHeader.Cookie => "cookie"u8,
        KnownHeader.Date => "date"u8,
        KnownHeader.Etag => "etag"u8,
        KnownHeader.Expect => "expect"u8,
        KnownHeader.Forwarded => "forwarded"u8,
        KnownHeader.Host => "host"u8,
        KnownHeader.Http2Settings => "http2-settings"u8,
        KnownHeader.KeepAlive => "keep-alive"u8,
        KnownHeader.Location => "location"u8,
        KnownHeader.ProxyAuthenticate => "proxy-authenticate"u8,
        KnownHeader.ProxyAuthorization => "proxy-authorization"u8,
        KnownHeader.ProxyConnection => "proxy-connection"u8,
        KnownHeader.Referer => "referer"u8,
        KnownHeader.SecWebSocketAccept => "sec-websocket-accept"u8,
        KnownHeader.SecWebSocketKey => "sec-websocket-key"u8,
        KnownHeader.Server => "server"u8,
        KnownHeader.SetCookie => "set-cookie"u8,
        KnownHeader.Te => "te"u8,
        KnownHeader.Trailer => "trailer"u8,
        KnownHeader.TransferEncoding => "transfer-encoding"u8,
        KnownHeader.Upgrade => "upgrade"u8,
        KnownHeader.UserAgent => "user-agent"u8,
        KnownHeader.Vary => "vary"u8,
        KnownHeader.Via => "via"u8,
        KnownHeader.WwwAuthenticate => "www-authenticate"u8,
        KnownHeader.XForwardedFor => "x-forwarded-for"u8,
        KnownHeader.XForwardedProto => "x-forwarded-proto"u8,
        KnownHeader.XRealIp => "x-real-ip"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(known)),
    };
}
