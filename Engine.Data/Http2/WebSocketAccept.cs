using System;
using System.Runtime.CompilerServices;

namespace Engine.Data.Http2;

/// <summary>Sec-WebSocket-Accept (RFC 6455 section 4.2.2): 20 bytes in base64.</summary>
[InlineArray(Length)]
public struct WebSocketAccept
{
    public const int Length = 28;

    private byte first;

    /// <summary>All of its bytes.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<byte> Bytes => this;
}
