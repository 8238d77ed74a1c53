namespace Engine.Data.Counters;

/// <summary>What one thread counted for the process.</summary>
public struct ThreadCounters
{
    public ulong Ticks;

    /// <summary>What the kernel reported as done.</summary>
    public ulong Completions;

    public ulong Connections;
    public ulong Requests;

    /// <summary>Log lines dropped because a target was full or gone.</summary>
    public ulong DroppedLogs;

    /// <summary>Receives put off because the slab had no buffer.</summary>
    public ulong BuffersExhausted;

    /// <summary>Accepts that failed for want of descriptors.</summary>
    public ulong AcceptFailures;

    /// <summary>TLS: connections of both sides, those of clients, and keys computed for either side.</summary>
    public ulong TlsConnections;

    public ulong TlsClients;
    public ulong TlsClientKeys;
    public ulong TlsServerKeys;

    public ulong BytesOut;

    /// <summary>Bytes that went through a pipe.</summary>
    public ulong BytesSpliced;

    /// <summary>Streams ended because our own code failed on them.</summary>
    public ulong Faults;
}
