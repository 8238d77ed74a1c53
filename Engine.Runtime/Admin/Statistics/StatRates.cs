using Engine.Data.Configuration;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>Sessions, connections and requests in the last second, from counts that are looked at every second.</summary>
internal sealed unsafe class StatRates(EngineAccess engine)
{
    private RateMeter[] servers = [];
    private readonly RateMeter[] connections = new RateMeter[engine.Configuration.ProxyRows];
    private readonly RateMeter[] requests = new RateMeter[engine.Configuration.ProxyRows];
    private readonly RateMeter[] sessions = new RateMeter[engine.Configuration.ProxyRows];

    /// <summary>Events of the last second, and of the second that had most of them.</summary>
    public readonly record struct Rates(ulong Rate, ulong Max);

    public Rates Server(int number)
    {
        Grow();
        return Now(servers[number], OfServer(number));
    }

    public Rates Connections(int proxy) => Now(connections[proxy], Opened(proxy));

    public Rates Requests(int proxy) => Now(requests[proxy], Asked(proxy));

    public Rates Sessions(int proxy) => Now(sessions[proxy], Begun(proxy));

    /// <summary>To be called about every second.</summary>
    public void Sample(long nowMs)
    {
        Grow();
        for (int i = 0; i < servers.Length; i++) servers[i].Sample(OfServer(i), nowMs);
        for (int i = 0; i < engine.Configuration.Proxies.Length; i++)
        {
            connections[i].Sample(Opened(i), nowMs);
            requests[i].Sample(Asked(i), nowMs);
            sessions[i].Sample(Begun(i), nowMs);
        }
    }

    private static Rates Now(in RateMeter meter, ulong total)
    {
        ulong current = meter.Current(total, System.Environment.TickCount64);
        return new Rates(current, ulong.Max(meter.Max, current));
    }

    private ulong OfServer(int number)
    {
        ulong total = 0;
        foreach (World world in engine.Worlds) total += world.ServerCounters[number].Sessions;
        return total;
    }

    private ulong Opened(int proxy)
    {
        ulong total = 0;
        foreach (World world in engine.Worlds) total += world.ProxyCounters[proxy].Connections;
        return total;
    }

    private ulong Asked(int proxy)
    {
        ulong total = 0;
        foreach (World world in engine.Worlds) total += world.ProxyCounters[proxy].Requests;
        return total;
    }

    private ulong Begun(int proxy)
    {
        ulong total = 0;
        foreach (World world in engine.Worlds) total += world.ProxyCounters[proxy].Sessions;
        return total;
    }

    private void Grow()
    {
        if (servers.Length < engine.Configuration.Servers.Length)
            System.Array.Resize(ref servers, engine.Configuration.Servers.Length);
    }
}
