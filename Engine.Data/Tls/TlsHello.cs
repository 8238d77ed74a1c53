using System;
using Engine.Data.Messages;

namespace Engine.Data.Tls;

/// <summary>
/// What a client said in its ClientHello (<c>tune.ssl.capture-buffer-size</c>): this header and, behind it in memory,
/// the bytes of its lists, one list after the other.
/// </summary>
public unsafe struct TlsHello
{
    /// <summary>XXH64 of the whole list of ciphers, also of what found no room.</summary>
    public ulong CipherHash;

    /// <summary>Room behind the header, bytes, and how much of it is used.</summary>
    public int Capacity;

    public int Used;

    /// <summary>The hello's own version (0x0303 for TLS 1.2 and newer); 0: no hello came yet.</summary>
    public ushort Version;

    public TlsHelloPart Ciphers;

    /// <summary>Numbers of the extensions in the order they came.</summary>
    public TlsHelloPart Extensions;

    public TlsHelloPart Groups;
    public TlsHelloPart PointFormats;
    public TlsHelloPart Versions;
    public TlsHelloPart Signatures;

    /// <summary>Forgets what was captured: the row has another client, or this one says its hello again.</summary>
    public static void Clear(TlsHello* hello)
    {
        int capacity = hello->Capacity;
        *hello = default;
        hello->Capacity = capacity;
    }

    /// <summary>Keeps as much of a list as there is room for.</summary>
    public static TlsHelloPart Add(TlsHello* hello, ReadOnlySpan<byte> list)
    {
        int length = Math.Min(list.Length, hello->Capacity - hello->Used);
        list[..length].CopyTo(new Span<byte>((byte*)(hello + 1) + hello->Used, length));
        TlsHelloPart part = new() { Start = (ushort)hello->Used, Length = (ushort)length };
        hello->Used += length;
        return part;
    }

    public static ByteView View(TlsHello* hello, TlsHelloPart part) =>
        new((byte*)(hello + 1) + part.Start, part.Length);
}
