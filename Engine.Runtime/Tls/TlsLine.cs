namespace Engine.Runtime.Tls;

/// <summary>
/// What the TLS words of a <c>bind</c> line, or of an entry of a <c>crt-list</c>, say. Null: not given.
/// </summary>
public sealed class TlsLine
{
    public VersionRange Versions = new();
    public string? Ciphers;
    public string? Suites;
    public string? Curves;
    public string? Signatures;
    public string? ClientSignatures;

    /// <summary><c>alpn</c>, comma-separated; empty: <c>no-alpn</c>.</summary>
    public string? Protocols;

    /// <summary>-1 not given; 0 none, 1 optional, 3 required.</summary>
    public int Verify = -1;

    public string? CaFile;
    public string? CaVerifyFile;
    public string? CrlFile;
    public bool HidesCaNames;
    public ulong[]? CaIgnored;
    public ulong[]? CrtIgnored;
    /// <summary><c>npn</c>; null: not given.</summary>
    public string? NextProtocols;

    /// <summary><see cref="Curves"/> is of <c>ecdhe</c>.</summary>
    public bool IsNamedCurve;

    public bool? Tickets;
    public bool PrefersClientCiphers;

    /// <summary><c>allow-0rtt</c>.</summary>
    public bool Early;

    /// <summary>A copy for an entry that says some of it differently.</summary>
    public TlsLine Copy() => (TlsLine)MemberwiseClone();
}
