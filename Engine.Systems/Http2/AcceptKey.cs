using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using Engine.Data.Http2;

namespace Engine.Systems.Http2;

/// <summary>What a WebSocket client expects in return for its key (RFC 6455 section 4.2.2).</summary>
internal static class AcceptKey
{
    private const int KeyMax = 64;

    private static ReadOnlySpan<byte> Suffix => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <param name="key">Sec-WebSocket-Key; one that is longer than any is cut.</param>
    /// <param name="accept"><see cref="WebSocketAccept.Length"/> bytes.</param>
    public static void Run(ReadOnlySpan<byte> key, Span<byte> accept)
    {
        key = key[..Math.Min(key.Length, KeyMax)];
        Span<byte> text = stackalloc byte[KeyMax + Suffix.Length];
        key.CopyTo(text);
        Suffix.CopyTo(text[key.Length..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(text[..(key.Length + Suffix.Length)], hash);
        Base64.EncodeToUtf8(hash, accept, out _, out _);
    }
}
