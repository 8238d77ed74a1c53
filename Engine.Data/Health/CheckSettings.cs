using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;

namespace Engine.Data.Health;

/// <summary>
/// How a server is checked, by health checks or by its agent (manual section 5.2). Times are milliseconds.
/// </summary>
public sealed class CheckSettings
{
    /// <summary><c>inter</c>.</summary>
    public uint IntervalMs = 2000;

    /// <summary><c>fastinter</c>, <c>downinter</c>; 0: as <c>inter</c>.</summary>
    public uint FastIntervalMs;

    public uint DownIntervalMs;

    public int Rise = 2;

    public int Fall = 3;

    /// <summary><c>port</c>, <c>agent-port</c>; 0: the server's.</summary>
    public int Port;

    /// <summary><c>addr</c>, <c>agent-addr</c>; family Unspecified: the server's.</summary>
    public SocketAddress Address;

    /// <summary>
    /// The check speaks TLS: the server does and the check goes to the same port, or <c>check-ssl</c>.
    /// </summary>
    public bool Encrypted;

    /// <summary>
    /// The check begins with a PROXY header: the server's connections do and it goes where they go, or
    /// <c>check-send-proxy</c>.
    /// </summary>
    public bool SendsProxy;

    /// <summary><c>check-via-socks4</c>: where the server has a proxy before it, checks go through it too.</summary>
    public bool ViaSocks;

    /// <summary>
    /// The name that its TLS handshakes tell where <c>check-sni</c> says nothing, ended by a zero byte: the host that its
    /// requests name.
    /// </summary>
    public ByteView ServerName;

    /// <summary><c>check-alpn</c> as it is offered; empty: as the server's own connections.</summary>
    public ByteView Protocols;

    /// <summary><c>check-proto</c>, or the server's <c>proto</c> where the check goes to the same port.</summary>
    public WireProtocol Protocol;

    /// <summary>Health it starts with, unless it <see cref="BeginsUntested"/>.</summary>
    public int InitialHealth = 2;

    /// <summary><c>init-state</c> said more than <c>none</c>.</summary>
    public bool HasInitialState;

    /// <summary>
    /// Up, with a health of 0: the first check that fails takes it down, and it is as healthy as can be once
    /// <see cref="Rise"/> have passed. Where a <c>default-server</c> line was taken over it starts at
    /// <see cref="Rise"/>, as in the reference.
    /// </summary>
    public bool BeginsUntested => !HasInitialState && !IsFromDefaults;

    /// <summary>A <c>default-server</c> line was taken over: the state of servers tells a health without checks too.</summary>
    public bool IsFromDefaults;

    public CheckProgram Program = CheckProgram.ConnectOnly;

    /// <summary>Health from which on the server is down only after so many more failures.</summary>
    public int HealthMax => Rise + Fall - 1;

    /// <summary>A copy to fill in further while the configuration is read.</summary>
    public CheckSettings Copy() => (CheckSettings)MemberwiseClone();
}
