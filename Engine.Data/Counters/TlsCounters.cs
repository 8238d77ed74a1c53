namespace Engine.Data.Counters;

/// <summary>What became of TLS handshakes.</summary>
public struct TlsCounters
{
    /// <summary>Full ones, resumed ones, and those that failed.</summary>
    public ulong Full;

    public ulong Resumed;
    public ulong Failed;

    /// <summary>OCSP responses sent, and those that could not be because they were out of date.</summary>
    public ulong Stapled;

    public ulong NotStapled;

    /// <summary>Adds what came since the counters were cleared.</summary>
    public void Add(in TlsCounters now, in TlsCounters cleared)
    {
        Full += now.Full - cleared.Full;
        Resumed += now.Resumed - cleared.Resumed;
        Failed += now.Failed - cleared.Failed;
        Stapled += now.Stapled - cleared.Stapled;
        NotStapled += now.NotStapled - cleared.NotStapled;
    }
}
