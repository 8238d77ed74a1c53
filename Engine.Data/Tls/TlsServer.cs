using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Data.Tls;

/// <summary>The encrypted side of a <c>server</c> line.</summary>
public sealed class TlsServer
{
    /// <summary>The library's context (SSL_CTX).</summary>
    public nint Handle;

    /// <summary>
    /// <c>sni</c>, or what <c>sni-auto</c> stands for: evaluated for each stream; null: no name is sent.
    /// </summary>
    public SampleExpression? Name;

    /// <summary>
    /// <c>verifyhost</c>, ended by a zero byte: what is verified when no name is sent. Empty: nothing is.
    /// </summary>
    public ByteView VerifyHost;

    public bool Verifies;

    /// <summary>
    /// The server's own connections are encrypted; otherwise only its checks are (<c>check-ssl</c>).
    /// </summary>
    public bool ForTraffic = true;

    /// <summary><c>check-sni</c>, ended by a zero byte; empty: none is sent in checks.</summary>
    public ByteView CheckName;

    /// <summary>Sessions are resumed: <c>no-ssl-reuse</c> was not said.</summary>
    public bool ReusesSessions = true;
}
