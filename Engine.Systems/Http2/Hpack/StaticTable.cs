using System;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Http2.Hpack;

/// <summary>The static table of HPACK (RFC 7541 appendix A), and the way from a known header to its name there.</summary>
public static unsafe class StaticTable
{
    /// <summary>Entries, numbered from 1.</summary>
    public const int Count = 61;

    private static readonly (string Name, string Value)[] Texts =
    [
        (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
        (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
        (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
        ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
        ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""),
        ("cache-control", ""), ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""),
        ("content-length", ""), ("content-location", ""), ("content-range", ""), ("content-type", ""),
        ("cookie", ""), ("date", ""), ("etag", ""), ("expect", ""), ("expires", ""), ("from", ""), ("host", ""),
        ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""),
        ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""), ("location", ""), ("max-forwards", ""),
        ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""), ("referer", ""), ("refresh", ""),
        ("retry-after", ""), ("server", ""), ("set-cookie", ""), ("strict-transport-security", ""),
        ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""), ("www-authenticate", ""),
    ];

    private static readonly Entry* Entries = Build();
    private static readonly byte* ByKnown = BuildKnown();

    private struct Entry
    {
        public ByteView Name;
        public ByteView Value;
    }

    /// <param name="index">1 to <see cref="Count"/>.</param>
    public static ByteView Name(int index) => Entries[index].Name;

    /// <inheritdoc cref="Name"/>
    public static ByteView Value(int index) => Entries[index].Value;

    /// <summary>The first entry with the name of a known header; 0 when there is none.</summary>
    public static int IndexOf(KnownHeader known) => ByKnown[(int)known];

    private static Entry* Build()
    {
        Check.That(Texts.Length == Count);
        Entry* entries = (Entry*)NativeRegion.Reserve((nuint)(sizeof(Entry) * (Count + 1)));
        for (int i = 0; i < Count; i++)
        {
            entries[i + 1].Name = ByteView.Literal(Texts[i].Name);
            entries[i + 1].Value = ByteView.Literal(Texts[i].Value);
        }
        return entries;
    }

    private static byte* BuildKnown()
    {
        byte* places = (byte*)NativeRegion.Reserve((nuint)KnownHeaders.Count);
        for (int index = Count; index > 0; index--)
        {
            KnownHeader known = KnownHeaders.Find(Entries[index].Name.Span);
            if (known != KnownHeader.None) places[(int)known] = (byte)index;
        }
        return places;
    }
}
