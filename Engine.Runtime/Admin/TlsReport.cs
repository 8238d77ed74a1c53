namespace Engine.Runtime.Admin;

/// <summary>Figures of encrypted connections that <c>show info</c> shows.</summary>
public record struct TlsReport
{
    /// <summary><c>maxsslconn</c> and <c>maxsslrate</c>, 0 for no limit.</summary>
    public int ConnectionsMax { get; set; }

    public int RateLimit { get; set; }

    /// <summary>Now, and since the start: both sides.</summary>
    public long Connections { get; set; }

    public ulong ConnectionsTotal { get; set; }

    /// <summary>Of clients since the start; keys computed for clients and for servers.</summary>
    public ulong ClientsTotal { get; set; }

    public ulong ClientKeysTotal { get; set; }

    public ulong ServerKeysTotal { get; set; }

    /// <summary>The same in the last second, and the highest so far.</summary>
    public ulong ClientRate { get; set; }

    public ulong ClientRateMax { get; set; }

    public ulong ClientKeyRate { get; set; }

    public ulong ClientKeyRateMax { get; set; }

    public ulong ServerKeyRate { get; set; }

    public ulong ServerKeyRateMax { get; set; }

    /// <summary>Look-ups in the session cache, and those that found nothing.</summary>
    public ulong CacheLookups { get; set; }

    public ulong CacheMisses { get; set; }

    /// <summary>Clients of the last second that resumed a session, percent.</summary>
    public readonly ulong ReusePercent =>
        ClientRate == 0 || ClientKeyRate >= ClientRate ? 0 : (ClientRate - ClientKeyRate) * 100 / ClientRate;
}
