using System;
using Engine.Data.Configuration;
using Engine.Data.Counters;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>
/// What the counters of each thread were when they were cleared (<c>clear counters all</c>): only their thread writes
/// them, so others subtract. Maxima are told to the threads, which begin them anew.
/// </summary>
internal sealed unsafe class ClearedCounters
{
    /// <summary>Some hundreds of bytes each, and as many for what they were.</summary>
    private const int ServersAtOnce = 2_000;

    private readonly int proxies;
    private readonly int servers;
    private readonly int listeners;
    private readonly ListenerCounters* listenerCounters;
    private readonly ProxyCounters* proxyCounters;
    private readonly ServerCounters* serverCounters;

    public ClearedCounters(EngineAccess engine)
    {
        proxies = engine.Configuration.ProxyRows + 1;
        servers = engine.Configuration.ServerRows + 1;
        listeners = engine.Configuration.Listeners.Length + 1;
        nuint threads = (nuint)engine.Worlds.Length;
        proxyCounters = (ProxyCounters*)NativeRegion.Reserve((nuint)sizeof(ProxyCounters) * (nuint)proxies * threads);
        serverCounters = (ServerCounters*)NativeRegion.Reserve((nuint)sizeof(ServerCounters) * (nuint)servers * threads);
        listenerCounters = (ListenerCounters*)NativeRegion.Reserve(
            (nuint)sizeof(ListenerCounters) * (nuint)listeners * threads);
    }

    public ref ListenerCounters Listener(int thread, int number) => ref listenerCounters[(thread * listeners) + number];

    public ref ProxyCounters Proxy(int thread, int number) => ref proxyCounters[(thread * proxies) + number];

    public ref ServerCounters Server(int thread, int number) => ref serverCounters[(thread * servers) + number];

    /// <summary>
    /// Takes the present values for the new beginning, on the threads they belong to: so many servers at a time that no
    /// thread is busy with it for long.
    /// </summary>
    /// <param name="engine">The threads.</param>
    /// <param name="all">Sums begin anew too, not maxima alone.</param>
    /// <returns>False: a thread does not answer.</returns>
    public bool Clear(EngineAccess engine, bool all)
    {
        bool done = engine.RunOnAll(world => ClearProxies(world, all));
        for (int from = 0; done && from < servers - 1; from += ServersAtOnce)
        {
            int first = from;
            done = engine.RunOnAll(world => ClearServers(world, first, Math.Min(first + ServersAtOnce, servers - 1), all));
        }
        return done;
    }

    private void ClearProxies(World world, bool all)
    {
        for (int i = 0; i < proxies - 1; i++)
        {
            ref ProxyCounters own = ref world.ProxyCounters[i];
            own.ConnectionsMax = own.SessionsMax = own.QueueMax = 0;
            ForgetMaxima(ref own.Times);
            if (all) Proxy(world.Thread, i) = own;
        }
        for (int i = 0; i < listeners - 1; i++)
        {
            world.ListenerCounters[i].ConnectionsMax = 0;
            if (all) Listener(world.Thread, i) = world.ListenerCounters[i];
        }
    }

    private void ClearServers(World world, int from, int to, bool all)
    {
        for (int i = from; i < to; i++)
        {
            ref ServerCounters own = ref world.ServerCounters[i];
            ForgetMaxima(ref own);
            if (all) Server(world.Thread, i) = own;
        }
    }

    /// <summary>The same for one server, on the thread that calls.</summary>
    public void Clear(World world, Server server)
    {
        ref ServerCounters own = ref world.ServerCounters[server.Number];
        ForgetMaxima(ref own);
        Server(world.Thread, server.Number) = own;
    }

    private static void ForgetMaxima(ref ServerCounters counters)
    {
        counters.SessionsMax = counters.QueueMax = 0;
        ForgetMaxima(ref counters.Times);
    }

    private static void ForgetMaxima(ref TimeAverages times) =>
        times.QueueMax = times.ConnectMax = times.ResponseMax = times.TotalMax = 0;
}
