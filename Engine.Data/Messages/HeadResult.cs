namespace Engine.Data.Messages;

/// <summary>
/// What parsing a head came to. Everything from <see cref="TooLarge"/> on is the sender's fault: a request is
/// answered with <see cref="HeadResults.RequestStatus"/>, a response makes the answer a 502; neither
/// connection is used again.
/// </summary>
public enum HeadResult : byte
{
    /// <summary>More bytes are needed; nothing wrong so far.</summary>
    Incomplete = 0,

    /// <summary>The head is complete and indexed.</summary>
    Ok,

    /// <summary>More bytes than <see cref="HeadLimits.BytesMax"/>.</summary>
    TooLarge,

    /// <summary>No end of the request line within <see cref="HeadLimits.BytesMax"/>.</summary>
    TargetTooLong,

    /// <summary>More fields than <see cref="HeadLimits.FieldsMax"/> or the slot allows.</summary>
    TooManyFields,

    /// <summary>Too many empty lines in front, or a start line without its parts.</summary>
    BadStartLine,

    /// <summary>The method is not a token (RFC 9110 section 9.1).</summary>
    BadMethod,

    /// <summary>
    /// A byte that no target may hold, or a form that the method does not allow (RFC 9112 section 3.2).
    /// </summary>
    BadTarget,

    /// <summary>Not exactly <c>HTTP/1.</c> and one digit (RFC 9112 section 2.3).</summary>
    BadVersion,

    /// <summary>Not three digits from 100 on (RFC 9112 section 4).</summary>
    BadStatus,

    /// <summary>A carriage return that no line feed follows (RFC 9112 section 2.2).</summary>
    BadLineEnd,

    /// <summary>
    /// An empty field name, a byte that is no token, a blank before the colon, no colon (THREATS.md A6, A20).
    /// </summary>
    BadName,

    /// <summary>A field name longer than <see cref="HeadLimits.NameBytesMax"/> (THREATS.md A5).</summary>
    NameTooLong,

    /// <summary>NUL in a value (THREATS.md A18).</summary>
    BadValue,

    /// <summary>Content-Length is not a number, empty, or beyond 64 bits (THREATS.md A7, A17).</summary>
    BadLength,

    /// <summary>Content-Length is given twice with different numbers (THREATS.md A3).</summary>
    ConflictingLengths,

    /// <summary>
    /// Transfer-Encoding is empty, has no or more than one chunked, or does not end in it (THREATS.md A2,
    /// A9).
    /// </summary>
    BadTransferEncoding,

    /// <summary>A coding before the final chunked: nothing that this engine can decode.</summary>
    UnsupportedCoding,

    /// <summary>A Host field or an authority that names no host (THREATS.md A23).</summary>
    BadHost,

    /// <summary>Several Host fields that differ, or Host and authority that differ.</summary>
    ConflictingHosts,

    /// <summary>More connection options than <see cref="HeadLimits.ConnectionOptionsMax"/>.</summary>
    BadConnection,

    /// <summary>
    /// 101 without an upgrade, or a WebSocket handshake without its key (RFC 6455 section 4).
    /// </summary>
    BadUpgrade,

    /// <summary>A body announced where none can be: CONNECT (RFC 9110 section 9.3.6).</summary>
    UnexpectedBody,
}
