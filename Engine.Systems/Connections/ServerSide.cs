using Engine.Data.Connections;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Connections;

/// <summary>Whose a connection to a server is.</summary>
internal static class ServerSide
{
    /// <summary>Number of the backend, of the connection of a check too.</summary>
    public static int Backend(World world, in Connection connection)
    {
        bool isCheck = (connection.Flags & ConnectionFlags.Check) != 0;
        int server = isCheck ? connection.Owner / SharedWorld.ChecksPerServer : connection.Owner;
        return world.Configuration.Servers[server].Backend;
    }
}
