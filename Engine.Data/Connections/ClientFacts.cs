using Engine.Data.Kernel;

namespace Engine.Data.Connections;

/// <summary>Cold facts of a client connection, for logs, samples and limits.</summary>
public struct ClientFacts
{
    /// <summary>The peer, or who the peer says the client is once a rule or a PROXY header changed it.</summary>
    public SocketAddress Source;

    /// <summary>The local address the client reached.</summary>
    public SocketAddress Destination;

    /// <summary>Wall clock at accept, microseconds since 1970.</summary>
    public long AcceptedWallMicroseconds;

    /// <summary>Monotonic clock at accept, or when the last request ended: nanoseconds.</summary>
    public long IdleSinceNanoseconds;

    /// <summary>What handshakes took before the first request could come: nanoseconds.</summary>
    public long HandshakeNanoseconds;

    /// <summary>Requests started on this connection.</summary>
    public uint Requests;

    /// <summary>The server connection kept for this client alone (http-reuse never), or none.</summary>
    public uint ReservedServer;
}
