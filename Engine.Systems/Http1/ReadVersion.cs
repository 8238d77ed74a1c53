using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// The version of a start line (RFC 9112 section 2.3), exact and case-sensitive: <c>HTTP/1.</c> and one
/// digit. A minor above 1 is spoken to as 1.1 (RFC 9110 section 2.5); another major is another protocol and
/// refused.
/// </summary>
internal static unsafe class ReadVersion
{
    /// <summary>Bytes of a version: of the words that the relaxed parser takes for one.</summary>
    public const int LengthMax = 32;

    private const int Length = 8;
    private const ulong Http10 = 0x302E_312F_5054_5448;
    private const ulong Http11 = 0x312E_312F_5054_5448;

    /// <param name="at">Its first byte; then the byte behind it, a blank or a line end.</param>
    /// <param name="plain">It is spelled as it would be written.</param>
    public static HeadResult Run(
        ref byte* at, byte* end, bool acceptUnsafe, out HttpVersion version, out bool plain)
    {
        version = HttpVersion.Http11;
        plain = true;
        if (end - at > Length)
        {
            ulong text = Unsafe.ReadUnaligned<ulong>(at);
            if (text is Http10 or Http11 && IsEnd(at[Length]))
            {
                if (text == Http10) version = HttpVersion.Http10;
                at += Length;
                return HeadResult.Ok;
            }
        }
        plain = false;
        return ReadOther(ref at, end, acceptUnsafe, out version);
    }

    /// <summary>Whether this is how a version is written.</summary>
    public static bool IsSpelled(ReadOnlySpan<byte> text, HttpVersion version) =>
        text.SequenceEqual(version == HttpVersion.Http10 ? "HTTP/1.0"u8 : "HTTP/1.1"u8);

    private static HeadResult ReadOther(ref byte* at, byte* end, bool acceptUnsafe, out HttpVersion version)
    {
        byte* start = at;
        version = HttpVersion.Http11;
        while (at < end && at - start < LengthMax && *at is > (byte)' ' and < 0x7F) at++;
        if (at == end) return HeadResult.Incomplete;
        int length = (int)(at - start);
        bool ended = length > 0 && IsEnd(*at);
        // The last byte first: "HTTP/1." and any digit above 1 differ from 1.1 in it alone.
        if (ended && length == Length && start[Length - 1] is >= (byte)'2' and <= (byte)'9'
            && (Unsafe.ReadUnaligned<ulong>(start) ^ Http11) << 8 == 0)
        {
            return HeadResult.Ok;
        }
        if (!acceptUnsafe || !ended)
        {
            if (!ended) at = start;
            return HeadResult.BadVersion;
        }
        // The relaxed parser takes any word, as the reference does: what does not say 1.1 gets 1.0.
        bool says11 = length >= 4 && Unsafe.ReadUnaligned<uint>(start + length - 4) == (uint)(Http11 >> 32);
        version = says11 ? HttpVersion.Http11 : HttpVersion.Http10;
        return HeadResult.Ok;
    }

    private static bool IsEnd(byte value) => value is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t';
}
