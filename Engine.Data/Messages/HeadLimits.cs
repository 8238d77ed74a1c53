namespace Engine.Data.Messages;

/// <summary>What a parser takes for a head: sizes from the configuration, and how strict it is.</summary>
public readonly struct HeadLimits
{
    /// <summary>
    /// Bytes of a field name. The reference stores a name's length in one byte and refuses longer ones, so
    /// nobody has them; the index would take 65535.
    /// </summary>
    public const int NameBytesMax = 255;

    /// <summary>
    /// Bytes of empty lines before a start line. RFC 9112 section 2.2 asks for at least one; the bound keeps
    /// a peer that sends nothing else from being looked at again and again.
    /// </summary>
    public const int EmptyLineBytesMax = 256;

    /// <summary>
    /// Names of fields in Connection: each is looked up among the fields, so without a bound the work would
    /// be their product.
    /// </summary>
    public const int ConnectionOptionsMax = 64;

    /// <summary>Bytes of a head: <c>tune.bufsize</c> less <c>tune.maxrewrite</c>.</summary>
    public int BytesMax { get; init; }

    /// <summary><c>tune.http.maxhdr</c>: lines of a head, the start line counted.</summary>
    public int FieldsMax { get; init; }

    /// <summary>
    /// <c>option accept-unsafe-violations-in-http-request</c>, <c>-response</c>: fields with invalid names
    /// are dropped instead of refused, and NUL in values, odd versions, bytes above 127 and '#' in targets,
    /// an authority that differs from Host, a WebSocket handshake without key are taken.
    /// </summary>
    public bool AcceptUnsafe { get; init; }

    /// <summary>
    /// <c>h1-do-not-close-on-insecure-transfer-encoding</c>: a length beside chunks is left out, and the connection goes on.
    /// </summary>
    public bool KeepsInsecureCoding { get; init; }

    /// <summary>
    /// The Host of a CONNECT keeps ports that web servers have, as the reference does for one that HTTP/2 has as authority.
    /// </summary>
    public bool KeepsConnectPort { get; init; }
}
