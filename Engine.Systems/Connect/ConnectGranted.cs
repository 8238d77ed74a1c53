using Engine.Data.Worlds;
using Engine.Systems.Forward;

namespace Engine.Systems.Connect;

/// <summary>
/// An answer that came whole gave its server's slot to the next who waited for it: the request of that one goes out in the
/// same tick, so that the server is not left without work in between.
/// </summary>
public static class ConnectGranted
{
    public static void Run(World world)
    {
        if (world.ToConnect.Count == 0) return;
        ConnectServers.Run(world);
        ForwardBodies.Run(world);
    }
}
