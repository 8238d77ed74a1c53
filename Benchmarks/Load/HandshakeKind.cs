namespace Benchmarks.Load;

/// <summary>A load of TLS connections that carry no request: what each of them does.</summary>
public enum HandshakeKind
{
    /// <summary>The load is requests.</summary>
    None,

    /// <summary>A whole handshake, TLS 1.3.</summary>
    Full,

    /// <summary>Resumption by ticket, TLS 1.2.</summary>
    Tickets,

    /// <summary>Resumption by session id, TLS 1.2, from the proxy's cache, and a request.</summary>
    SessionIds,
}
