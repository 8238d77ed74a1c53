using System;
using Engine.Data.Configuration;
using Engine.Data.Counters;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Health;
using Engine.Systems.Persist;
using Engine.Systems.Queue;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Connect;

/// <summary>
/// A connection attempt failed: another one follows, on the same server after a pause or, with <c>option redispatch</c>,
/// on another server (manual sections 4.2 <c>retries</c>, <c>option redispatch</c>); when none is left, 503.
/// </summary>
public static unsafe class RetryConnect
{
    /// <summary>The pause before the same server is tried again, milliseconds at most.</summary>
    private const uint PauseMaxMs = 1000;

    public static void Run(World world, uint row, ref Stream stream, bool timedOut)
    {
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        int server = stream.ServerNumber;
        ReleaseServer.CloseKeepingSlot(world, row, ref stream);
        ObserveTraffic.ConnectFailed(world, server);
        if (stream.RetriesLeft <= 0 || (backend.RetryOn & RetryEvents.ConnectionFailure) == 0)
        {
            world.ProxyCounters[stream.Backend].FailedConnections++;
            world.ServerCounters[server].FailedConnections++;
            FailStream.Run(world, row, ref stream, 503, timedOut ? 's' : 'S', 'C');
            return;
        }
        Again(world, row, ref stream, backend, pauses: !timedOut, isConnect: true); // a time-out was pause enough
    }

    /// <summary>Another attempt, which there must be left: elsewhere, or at the same server after a pause or at once.</summary>
    public static void Again(World world, uint row, ref Stream stream, Proxy backend, bool pauses, bool isConnect)
    {
        int server = stream.ServerNumber;
        stream.RetriesLeft--;
        ref StreamLog log = ref world.Log[row];
        log.Retries++;
        bool leaves = !PickPersistent.IsForced(world, row, stream) && Redispatches(backend, ref stream, log.Retries);
        Count(world, ref stream, server, isRetry: !leaves || !isConnect, staysThere: !leaves);
        if (leaves)
        {
            log.QueuedNanoseconds = 0; // what was lost on this server counts as waiting
            stream.Flags |= StreamFlags.Redispatched;
            stream.FailedServer = server;
            PickPersistent.Forget(world, row, ref stream);
            world.ProxyCounters[stream.Backend].Redispatches++;
            world.ServerCounters[server].Redispatches++;
            ServerSlots.Release(world, ref stream);
            ListStream.To(world.ToPick, StreamState.Picking, row, ref stream);
        }
        else if (!pauses)
        {
            ListStream.To(world.ToConnect, StreamState.Connecting, row, ref stream);
        }
        else
        {
            stream.State = StreamState.Pausing;
            uint connect = StreamTimeouts.Connect(world, ref stream);
            SetTimeout.Stream(world, row, ref stream, connect == 0 ? PauseMaxMs : Math.Min(connect, PauseMaxMs));
        }
    }

    /// <summary>
    /// As the reference counts: a connection that is tried elsewhere is redispatched, not retried, and each attempt
    /// is a session of its server.
    /// </summary>
    private static void Count(World world, ref Stream stream, int server, bool isRetry, bool staysThere)
    {
        ref ServerCounters counters = ref world.ServerCounters[server];
        if (isRetry)
        {
            world.ProxyCounters[stream.Backend].Retries++;
            counters.Retries++;
        }
        if (!staysThere) return;
        counters.Sessions++;
        if (world.Configuration.Globals.CountsRates) world.Shared.Server(server).SessionRate.Add(world.NowMs);
    }

    /// <summary>Whether the next attempt goes to another server (manual section 4.2, <c>option redispatch</c>).</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="stream">The stream, the next attempt counted in what it has left.</param>
    /// <param name="retries">Attempts beyond the first, the next one included.</param>
    public static bool Redispatches(Proxy backend, ref Stream stream, int retries)
    {
        int interval = backend.RedispatchInterval;
        if ((backend.Options & ProxyOptions.Redispatch) == 0 || interval == 0) return false;
        // Algorithms that do not tie a client to a server lose nothing by going elsewhere at once.
        bool free = backend.Balance is BalanceAlgorithm.RoundRobin or BalanceAlgorithm.StaticRoundRobin
            or BalanceAlgorithm.LeastConnections or BalanceAlgorithm.Random or BalanceAlgorithm.First;
        bool tied = (stream.Flags & StreamFlags.Direct) != 0;
        if (free && !tied && backend.Servers.Length > 1) return true;
        return interval < 0 ? stream.RetriesLeft < -interval : retries % interval == 0;
    }
}
