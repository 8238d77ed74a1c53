namespace Engine.Data.Configuration;

/// <summary>
/// The points of a backend's servers on the ring of consistent hashing, by key, in columns. A server has 16 points for
/// each unit of its weight.
/// </summary>
public sealed class ServerRing(uint[] keys, int[] servers)
{
    /// <summary>Ascending.</summary>
    public uint[] Keys { get; } = keys;

    /// <summary>Number of the server whose point it is.</summary>
    public int[] Servers { get; } = servers;
}
