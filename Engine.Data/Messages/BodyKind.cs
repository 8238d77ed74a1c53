namespace Engine.Data.Messages;

/// <summary>How the end of a body is known (RFC 9112 section 6.3).</summary>
public enum BodyKind : byte
{
    /// <summary>There is no body.</summary>
    None = 0,

    /// <summary>So many bytes as the length said.</summary>
    Length,

    /// <summary>Chunked coding.</summary>
    Chunked,

    /// <summary>Until the connection closes: responses only.</summary>
    UntilClose,

    /// <summary>Not HTTP any more: after 101, after 200 to CONNECT, and in TCP mode.</summary>
    Tunnel,
}
