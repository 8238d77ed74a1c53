using Engine.Data.Kernel;

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

    /// <summary>Health it starts with.</summary>
    public int InitialHealth = 2;

    public CheckProgram Program = CheckProgram.ConnectOnly;

    /// <summary>Health from which on the server is down only after so many more failures.</summary>
    public int HealthMax => Rise + Fall - 1;

    /// <summary>A copy to fill in further while the configuration is read.</summary>
    public CheckSettings Copy() => (CheckSettings)MemberwiseClone();
}
