namespace Engine.Data.Configuration;

/// <summary>The <c>timeout</c> words of a proxy, milliseconds; 0 means for ever (manual section 4.2).</summary>
public struct ProxyTimeouts
{
    public uint ClientMs;
    public uint ServerMs;
    public uint ConnectMs;

    /// <summary>Falls back to connect when unset.</summary>
    public uint QueueMs;

    /// <summary>How long the first bytes of a head may take: the shorter of http-request and client.</summary>
    public uint HttpRequestMs;

    /// <summary><c>http-request</c> as it was said: how long a whole head may take, however it comes.</summary>
    public uint WholeHeadMs;

    /// <summary>Falls back to http-request, then client.</summary>
    public uint HttpKeepAliveMs;
    /// <summary><c>client-hs</c>: TLS handshake of a client. Falls back to client when unset.</summary>
    public uint ClientHandshakeMs;
    public uint TunnelMs;
    public uint ClientFinMs;
    public uint ServerFinMs;

    /// <summary>Falls back to connect when unset.</summary>
    public uint TarpitMs;
    public uint CheckMs;
}
