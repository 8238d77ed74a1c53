namespace Engine.Data.Counters;

/// <summary>What one thread counted for one server; readers sum over threads. Only its thread writes.</summary>
public struct ServerCounters
{
    public ulong Sessions;

    /// <summary>Times that the algorithm chose it.</summary>
    public ulong LoadBalanced;
    public ulong BytesIn;
    public ulong BytesOut;

    /// <summary>Edits of heads that could not be made.</summary>
    public ulong FailedEdits;
    public ulong FailedConnections;
    public ulong FailedResponses;
    public ulong Retries;
    public ulong Redispatches;
    public ulong ClientAborts;
    public ulong ServerAborts;
    public ulong ConnectsMade;
    public ulong ConnectionsReused;
    public StatusCounters Status;
    public TlsCounters Tls;

    /// <summary>Streams at once, and waiting for it alone, at most as this thread saw them.</summary>
    public int SessionsMax;

    public int QueueMax;

    /// <summary>Monotonic clock when a request was given to it last, nanoseconds; 0: never.</summary>
    public long LastSessionNanoseconds;

    public TimeAverages Times;
}
