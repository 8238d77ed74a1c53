namespace Engine.Data.Worlds;

/// <summary>Rows and buffers of one thread's world at most. Address space is reserved; memory follows use.</summary>
public readonly record struct WorldSizes(
    uint Connections,
    uint Streams,
    uint SmallBuffers,
    uint StandardBuffers,
    uint LargeBuffers)
{
    /// <summary>
    /// Sizes for so many client connections: each may hold a server connection, one stream and buffers
    /// both ways.
    /// </summary>
    public static WorldSizes For(uint clients) =>
        new(
            Connections: clients * 2 + 1024,
            Streams: clients + 256,
            SmallBuffers: clients * 2 + 4096,
            StandardBuffers: clients * 2 + 1024,
            LargeBuffers: System.Math.Min(clients * 2 + 64, 2048));
}
