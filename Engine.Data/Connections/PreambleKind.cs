namespace Engine.Data.Connections;

/// <summary>What a client connection must begin with before anything else of it is read.</summary>
public enum PreambleKind : byte
{
    None = 0,

    /// <summary>A PROXY protocol header, version 1 or 2 (<c>accept-proxy</c>).</summary>
    Proxy,

    /// <summary>A NetScaler client IP insertion header (<c>accept-netscaler-cip</c>).</summary>
    NetScaler,
}
