namespace Engine.Data.Streams;

/// <summary>
/// What cookie persistence found out about a stream, by stream; meaningful while
/// <see cref="StreamFlags.HasPersistence"/> is set. 16 bytes.
/// </summary>
public struct Persistence
{
    /// <summary>The server that the client's cookie names, -1 for none.</summary>
    public int Server;

    /// <summary>When the cookie was last written, seconds since 1970; 0 where it does not say.</summary>
    public uint LastSeconds;

    /// <summary>When it was first written, seconds since 1970; 0 where it does not say.</summary>
    public uint FirstSeconds;

    /// <summary>Third character of the log's termination state: what the client's cookie was worth.</summary>
    public byte RequestState;

    /// <summary>Fourth character: what happened to the cookie in the answer.</summary>
    public byte ResponseState;

    public PersistenceOverride Override;
}
