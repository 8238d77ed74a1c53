namespace Engine.Data.Configuration;

/// <summary>The PROXY protocol header that a server's connections begin with (manual section 5.2). Immutable.</summary>
public sealed record ProxyHeaderSettings
{
    /// <summary>None is sent.</summary>
    public static readonly ProxyHeaderSettings None = new();

    /// <summary><c>send-proxy</c>.</summary>
    public bool Version1 { get; init; }

    /// <summary><c>send-proxy-v2</c>; prevails over the other.</summary>
    public bool Version2 { get; init; }

    /// <summary><c>proxy-v2-options crc32c</c>.</summary>
    public bool Checksum { get; init; }

    /// <summary><c>proxy-v2-options unique-id</c>: the id that the frontend gives, where it gives one.</summary>
    public bool UniqueId { get; init; }

    /// <summary>What it tells of the client's encryption.</summary>
    public ProxyHeaderTls Tls { get; init; }

    /// <summary><c>set-proxy-v2-tlv-fmt</c>, in order.</summary>
    public ProxyHeaderTlv[] Tlvs { get; init; } = [];

    public bool IsSent => Version1 || Version2;

    /// <summary>The next request would want another header: a connection carries one request only.</summary>
    public bool IsOfOneRequest => Version2 && (UniqueId || Tlvs.Length > 0);
}
