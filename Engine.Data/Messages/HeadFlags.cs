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

    /// <summary>Transfer-Encoding is present (chunked or, in a response, not).</summary>
    HasTransferEncoding = 4,

    /// <summary><c>Connection: close</c> was said.</summary>
    ConnectionClose = 8,

    /// <summary><c>Connection: keep-alive</c> was said.</summary>
    ConnectionKeepAlive = 16,

    /// <summary><c>Connection: upgrade</c> together with an Upgrade field.</summary>
    Upgrade = 32,

    /// <summary><c>Expect: 100-continue</c> in an HTTP/1.1 request.</summary>
    ExpectContinue = 64,

    /// <summary>Exactly one Host field, or an authority in the target.</summary>
    HasHost = 128,

    /// <summary>Both lengths were present: Transfer-Encoding wins and the connection closes after (THREATS.md A1).</summary>
    CloseAfter = 256,

    /// <summary>The target is in absolute form.</summary>
    AbsoluteForm = 512,
}
