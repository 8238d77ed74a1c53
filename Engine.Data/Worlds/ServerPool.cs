namespace Engine.Data.Worlds;

/// <summary>Idle connections of one server on one thread: a list through <c>ServerLink</c>, newest first.</summary>
public struct ServerPool
{
    public uint Newest;
    public uint Oldest;
    public int Count;

    /// <summary>Connections of the server that work for a stream now.</summary>
    public int Used;

    /// <summary>Connections that were in use at once lately: more than these are not kept.</summary>
    public int Needed;

    /// <summary>Streams whose clients still take what it answered (<see cref="Streams.StreamFlags.LeftServer"/>).</summary>
    public int Left;
}
