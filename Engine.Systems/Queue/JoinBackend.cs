using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>
/// A stream counts as one of its backend's from here on. Where limits follow that count (<c>minconn</c>) one more may make
/// room, on any server and whatever becomes of this stream: those who wait get it.
/// </summary>
public static unsafe class JoinBackend
{
    public static void Run(World world, ref Stream stream, Proxy backend)
    {
        stream.Backend = backend.Number;
        stream.Flags |= StreamFlags.Counted;
        ref SharedProxy shared = ref world.Shared.Proxy(backend.Number);
        Interlocked.Increment(ref shared.BackendConnections); // a full fence: who queues later sees the new count
        if (shared.FullConnections > 0 && Volatile.Read(ref shared.QueueLength) > 0)
        {
            ServeWaiters.OfEach(world, backend);
            ServeWaiters.Run<NoSteps>(world, backend);
        }
        world.ProxyCounters[backend.Number].Sessions++;
    }
}
