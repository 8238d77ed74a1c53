namespace Engine.Data.Counters;

/// <summary>What one thread counted for one listener (<c>option socket-stats</c>). Only its thread writes.</summary>
public struct ListenerCounters
{
    public ulong Connections;
    public ulong BytesIn;
    public ulong BytesOut;
    public ulong FailedEdits;
    public ulong DeniedRequests;
    public ulong DeniedResponses;
    public ulong FailedRequests;
    public ulong DeniedConnections;
    public TlsCounters Tls;

    /// <summary>Clients at once, at most as this thread saw them.</summary>
    public int ConnectionsMax;
}
