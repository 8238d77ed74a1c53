using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Balance;

/// <summary><c>balance first</c>: the first server, by id, that has a free slot.</summary>
public static class First
{
    public static int Choose(World world, Proxy backend, uint row, ref Stream stream) =>
        FreeServers.TryTake(world, backend, 0, avoid: -1); // they stand by id there
}
