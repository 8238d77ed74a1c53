using Engine.Data.Messages;

namespace Engine.Data.Tls;

/// <summary>
/// A certificate under one policy, ready to serve: a context of the library and what the choice needs to
/// know.
/// </summary>
public sealed unsafe class TlsIdentity
{
    /// <summary>The library's context (SSL_CTX).</summary>
    public nint Handle;

    /// <summary>The protocols offered by ALPN, as the wire has them; empty: none.</summary>
    public ByteView Protocols;

    public TlsKeyKind Key;

    /// <summary>0 none, 1 optional, 3 required: as the library numbers them.</summary>
    public int VerifyMode;

    /// <summary>
    /// Versions as the wire numbers them (0x0303 for TLS 1.2); 0: as the bind line's first context.
    /// </summary>
    public int VersionMin;

    public int VersionMax;

    public TlsIgnored* Ignored;

    /// <summary><c>allow-0rtt</c>: bytes of early data at most; 0: none is taken.</summary>
    public int EarlyMax;

    /// <summary><c>tls-ticket-keys</c>; null: the library's own.</summary>
    public TicketKeySet? TicketKeys;

    /// <summary>The response that is sent with the certificate; null: none.</summary>
    public OcspStaple? Staple;

    /// <summary>Native memory with the timestamps that are sent with the certificate; 0: none.</summary>
    public nint Timestamps;

    /// <summary>What sessions are bound to, before it is hashed: the certificate and the policy.</summary>
    public string SessionScope = "";

    /// <summary>What the certificate was loaded from.</summary>
    public string Source = "";
}
