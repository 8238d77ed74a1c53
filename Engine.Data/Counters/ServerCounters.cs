namespace Engine.Data.Counters;

/// <summary>What one thread counted for one server; readers sum over threads. Only its thread writes.</summary>
public struct ServerCounters
{
    public ulong Sessions;
    public ulong BytesIn;
    public ulong BytesOut;
    public ulong FailedConnections;
    public ulong FailedResponses;
    public ulong Retries;
    public ulong Redispatches;
    public ulong ClientAborts;
    public ulong ServerAborts;
    public ulong ConnectsMade;
    public ulong ConnectionsReused;
    public StatusCounters Status;
}
