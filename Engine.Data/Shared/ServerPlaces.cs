namespace Engine.Data.Shared;

/// <summary>Servers of a backend in an order, and those of them that are worth a look (<see cref="PlaceSet"/>).</summary>
/// <param name="servers">Their numbers.</param>
public sealed class ServerPlaces(int[] servers)
{
    /// <summary>Numbers of the servers, by place.</summary>
    public int[] Servers { get; } = servers;

    public PlaceSet Places { get; } = new(servers.Length);
}
