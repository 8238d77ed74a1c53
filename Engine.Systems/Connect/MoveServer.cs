using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

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
        ref ServerPool pool = ref world.Pools[(uint)server];
        while (pool.Newest != Table.NoRow) CloseConnection.Run(world, pool.Newest); // each turn takes one out
    }
}
