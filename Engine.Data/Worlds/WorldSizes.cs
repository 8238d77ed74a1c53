namespace Engine.Data.Worlds;

/// <summary>Rows and buffers of one thread's world at most. Address space is reserved; memory follows use.</summary>
public readonly record struct WorldSizes(
    uint Connections,
    uint Streams,
    uint SmallBuffers,
    uint StandardBuffers,
    uint LargeBuffers,
    uint Heads)
{
    /// <summary>Streams of HTTP/2 connections beyond one for each client: what is above is refused.</summary>
    private const uint ExtraStreamsMax = 32768;

    private const uint ExtraHeadsMax = 4096;

    /// <summary>
    /// Sizes for so many client connections: each may hold a server connection, one stream and buffers
    /// both ways. A client of HTTP/2 has a row for each of its streams, and perhaps one more towards a server.
    /// </summary>
    /// <param name="clients">Client connections at most.</param>
    /// <param name="streamsEach">Streams of an HTTP/2 connection at most.</param>
    public static WorldSizes For(uint clients, uint streamsEach = 1)
    {
        uint extra = (uint)System.Math.Min((ulong)clients * streamsEach, ExtraStreamsMax);
        return new(
            Connections: clients * 2 + 1024 + extra * 2,
            Streams: clients + 256 + extra,
            SmallBuffers: clients * 2 + 4096 + extra * 2,
            StandardBuffers: clients * 2 + 1024 + extra,
            LargeBuffers: System.Math.Min(clients * 2 + 64, 2048),
            Heads: clients + 256 + System.Math.Min(extra, ExtraHeadsMax));
    }
}
