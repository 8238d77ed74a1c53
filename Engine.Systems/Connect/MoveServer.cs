using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Worlds;

namespace Engine.Systems.Connect;

/// <summary>Gives a server another address, on one thread: idle connections to the old one are closed.</summary>
public static unsafe class MoveServer
{
    public static void Run(World world, int server, SocketAddress address)
    {
        UnixSocketAddress* target = world.Targets.Address((uint)server);
        target->Address = address;
        target->PathLength = 0;
        Server moved = world.Configuration.Servers[server];
        Volatile.Write(ref moved.StickAddress, 0);
        Interlocked.Increment(ref world.Configuration.Proxies[moved.Backend].NamesVersion);
        ServerPools.CloseIdle(world, server);
    }
}
