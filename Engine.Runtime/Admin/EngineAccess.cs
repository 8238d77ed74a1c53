using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.Kernel;

namespace Engine.Runtime.Admin;

/// <summary>What the admin thread may read of the engine, and how it has the worker threads do something.</summary>
public sealed class EngineAccess
{
    /// <summary>How long a worker may take until an order counts as not done: it may be busy, never blocked.</summary>
    private const int PatienceMs = 5000;

    private readonly World[] worlds;

    public EngineAccess(CompiledConfiguration configuration, SharedWorld shared, ReadOnlySpan<World> worlds)
    {
        Configuration = configuration;
        Shared = shared;
        this.worlds = worlds.ToArray();
        Rates = new Statistics.StatRates(this);
        Cleared = new Statistics.ClearedCounters(this);
    }

    public CompiledConfiguration Configuration { get; }

    public SharedWorld Shared { get; }

    /// <summary>Read from another thread: a figure may be a moment old.</summary>
    public ReadOnlySpan<World> Worlds => worlds;

    /// <summary>Requests and connections a second.</summary>
    internal Statistics.StatRates Rates { get; }

    /// <summary>Where the counters begin.</summary>
    internal Statistics.ClearedCounters Cleared { get; }

    /// <summary>A soft stop is under way.</summary>
    public bool IsStopping => worlds[0].Stopping;

    public static long NowNanoseconds => Clock.MonotonicNanoseconds;

    /// <summary>Has a worker do something between two of its ticks, and waits for it. False: it did not come to it.</summary>
    public bool Run(Action<World> order) => Run(0, order);

    /// <summary>The same on every worker, one after the other.</summary>
    public bool RunOnAll(Action<World> order)
    {
        bool done = true;
        for (int thread = 0; thread < worlds.Length; thread++) done &= Run(thread, order);
        return done;
    }

    /// <summary>Has a worker do something and does not wait.</summary>
    public void Post(int thread, Action<World> order)
    {
        Shared.Orders[thread].Enqueue(order);
        Shared.Inboxes[thread].TryPost(new ThreadMessage { Kind = ThreadMessageKind.Order });
        Shared.WakeThread(thread);
    }

    /// <summary>The same on one worker.</summary>
    public bool Run(int thread, Action<World> order)
    {
        // Not disposed: the worker may signal it when nobody waits any more.
        ManualResetEventSlim done = new();
        Post(thread, world =>
        {
            try
            {
                order(world);
            }
            finally
            {
                done.Set();
            }
        });
        return done.Wait(PatienceMs);
    }
}
