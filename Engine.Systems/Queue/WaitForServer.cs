using System.Threading;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Streams;

namespace Engine.Systems.Queue;

/// <summary>A request waits for one server, unless enough do already (<c>maxqueue</c>, manual section 5.2).</summary>
public static unsafe class WaitForServer
{
    public static void Run(World world, uint row, ref Stream stream, int server)
    {
        if (!IsFull(world, server))
        {
            AdmitQueued.Run(world, row, ref stream, server);
            return;
        }
        stream.ServerNumber = server; // the log names it
        world.ProxyCounters[stream.Backend].FailedConnections++;
        world.ServerCounters[server].FailedConnections++;
        FailStream.Run(world, row, ref stream, 503, 'S', 'Q');
    }

    /// <summary>A waiter gives up: the log names the one server that it waited for, if it was one.</summary>
    public static void Name(World world, ref Stream stream)
    {
        int server = world.Shared.Waiters[stream.QueueEntry].Server;
        if (server >= 0) stream.ServerNumber = server;
    }

    /// <summary>No more may wait for the server alone.</summary>
    public static bool IsFull(World world, int server)
    {
        int most = world.Configuration.Servers[server].MaxQueue;
        return most > 0 && Volatile.Read(ref world.Shared.Server(server).Waiting) >= most;
    }
}
