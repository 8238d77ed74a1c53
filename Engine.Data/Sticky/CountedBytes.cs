namespace Engine.Data.Sticky;

/// <summary>Bytes of a stream that were counted in what it tracks.</summary>
public struct CountedBytes
{
    public ulong Received;
    public ulong Sent;
}
