namespace Engine.Data.Worlds;

/// <summary>Idle connections of one server on one thread: a list through <c>ServerLink</c>, newest first.</summary>
public struct ServerPool
{
    public uint Newest;
    public uint Oldest;
    public int Count;
}
