using System;

namespace Engine.Data.Messages;

/// <summary>What the parser learned about a message's framing and connection handling.</summary>
[Flags]
public enum HeadFlags : uint
{
    None = 0,

    /// <summary>A valid Content-Length; <see cref="MessageHead.ContentLength"/> holds it.</summary>
    HasContentLength = 1,

    /// <summary>Transfer-Encoding ends in <c>chunked</c>.</summary>
    Chunked = 2,

    /// <summary>Transfer-Encoding is present.</summary>
    HasTransferEncoding = 4,

    /// <summary><c>Connection: close</c> was said.</summary>
    ConnectionClose = 8,

    /// <summary><c>Connection: keep-alive</c> was said.</summary>
    ConnectionKeepAlive = 16,

    /// <summary>
    /// <c>Connection: upgrade</c> together with an Upgrade field that names more than h2c, HTTP/1.1 only.
    /// </summary>
    Upgrade = 32,

    /// <summary><c>Expect: 100-continue</c> in an HTTP/1.1 request.</summary>
    ExpectContinue = 64,

    /// <summary>A Host field, or an authority in the target.</summary>
    HasHost = 128,

    /// <summary>
    /// The connection it came on is not used again: both lengths present, or Transfer-Encoding in HTTP/1.0,
    /// or a length where no body can be (THREATS.md A1, A24, A30).
    /// </summary>
    CloseAfter = 256,

    /// <summary>The target is in absolute form.</summary>
    AbsoluteForm = 512,

    /// <summary>The start line can be written as it stands.</summary>
    PlainStartLine = 1024,

    /// <summary>Upgrade names <c>websocket</c>.</summary>
    WebSocket = 2048,

    /// <summary>
    /// Came over HTTP/2, which tells scheme and authority of every request: rules see the absolute form, HTTP/1 servers
    /// get the path alone.
    /// </summary>
    WritePathOnly = 4096,
}
