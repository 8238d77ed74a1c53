namespace Engine.Data.Counters;

/// <summary>What one thread counted for one proxy; readers sum over threads. Only its thread writes.</summary>
public struct ProxyCounters
{
    // As a frontend.
    public ulong Connections;
    public ulong Requests;
    public ulong DeniedRequests;
    public ulong FailedRequests;
    public ulong FrontendBytesIn;
    public ulong FrontendBytesOut;
    public ulong FrontendFailedEdits;

    /// <summary>Refused by <c>tcp-request connection</c> and by <c>tcp-request session</c>.</summary>
    public ulong DeniedConnections;
    public ulong DeniedSessions;

    /// <summary>TLS of clients, and of servers behind it as a backend.</summary>
    public TlsCounters ClientTls;

    public TlsCounters ServerTls;

    /// <summary>What clients speak, and servers behind it as a backend.</summary>
    public Http1Counters ClientHttp1;

    public Http1Counters ServerHttp1;
    public Http2Counters ClientHttp2;
    public Http2Counters ServerHttp2;

    // As a backend.
    public ulong Sessions;

    /// <summary>Requests denied by its rules.</summary>
    public ulong BackendDeniedRequests;

    /// <summary>Servers that the algorithm chose: neither by a cookie, nor out of a queue, nor as the last one.</summary>
    public ulong LoadBalanced;
    public ulong BackendBytesIn;
    public ulong BackendBytesOut;
    public ulong BackendFailedEdits;
    public ulong DeniedResponses;
    public ulong FailedConnections;
    public ulong FailedResponses;
    public ulong Retries;
    public ulong Redispatches;
    public ulong ClientAborts;
    public ulong ServerAborts;
    public ulong ConnectsMade;
    public ulong ConnectionsReused;

    /// <summary>Responses to clients by hundreds: other, 1xx ... 5xx.</summary>
    public StatusCounters FrontendStatus;
    public StatusCounters BackendStatus;

    /// <summary>Connections of the frontend, streams at the backend and in its queue, at most as this thread saw them.</summary>
    public int ConnectionsMax;

    public int SessionsMax;
    public int QueueMax;

    /// <summary>Answers of our own that no server was asked for.</summary>
    public ulong Intercepted;

    public TimeAverages Times;
}
