using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>A server's state, weight or limit changed: waiters that may have it now get it.</summary>
public static class ServerChanged
{
    /// <summary>Looks at the queues again.</summary>
    /// <returns>Waiters that left for another server.</returns>
    public static int Run(World world, int server)
    {
        Dequeue.Run(world, server);
        return 0;
    }
}
