namespace Engine.Data.Shared;

/// <summary>What one thread tells another. 24 bytes.</summary>
public struct ThreadMessage
{
    public ThreadMessageKind Kind;
    public int Server;
    public uint Stream;
    public uint Generation;
}
