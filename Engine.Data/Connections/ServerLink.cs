namespace Engine.Data.Connections;

/// <summary>Cold facts of a server connection: its place in the idle pool of its server.</summary>
public struct ServerLink
{
    /// <summary>Neighbours in the pool, LIFO so that the warmest is reused first.</summary>
    public uint PoolNext;

    public uint PoolPrevious;

    /// <summary>Monotonic nanoseconds at which it became idle.</summary>
    public long IdleSinceNanoseconds;

    /// <summary>Hash of the name that it was made for: <c>pool-conn-name</c>, or what TLS asked for; 0: none.</summary>
    public ulong NameHash;

    /// <summary>Requests carried.</summary>
    public uint Uses;

    /// <summary>The client connection it is reserved for (http-reuse never, private), or none.</summary>
    public uint ReservedFor;

    /// <summary>Generation of that client connection's row.</summary>
    public uint ReservedForGeneration;

    /// <summary>The server asked for credentials that belong to the connection (NTLM): its client stays with it.</summary>
    public bool KnowsClient;
}
