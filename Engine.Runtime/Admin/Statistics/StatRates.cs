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

    public ref RateMeter Server(int number)
    {
        Grow();
        return ref servers[number];
    }

    public ref RateMeter Connections(int proxy) => ref connections[proxy];

    public ref RateMeter Requests(int proxy) => ref requests[proxy];

    public ref RateMeter Sessions(int proxy) => ref sessions[proxy];

    /// <summary>To be called about every second.</summary>
    public void Sample(long nowMs)
    {
        Grow();
        for (int i = 0; i < servers.Length; i++)
        {
            ulong total = 0;
            foreach (World world in engine.Worlds) total += world.ServerCounters[i].Sessions;
            servers[i].Sample(total, nowMs);
        }
        for (int i = 0; i < engine.Configuration.Proxies.Length; i++)
        {
            ulong opened = 0;
            ulong asked = 0;
            ulong begun = 0;
            foreach (World world in engine.Worlds)
            {
                opened += world.ProxyCounters[i].Connections;
                asked += world.ProxyCounters[i].Requests;
                begun += world.ProxyCounters[i].Sessions;
            }
            connections[i].Sample(opened, nowMs);
            requests[i].Sample(asked, nowMs);
            sessions[i].Sample(begun, nowMs);
        }
    }

    private void Grow()
    {
        if (servers.Length < engine.Configuration.Servers.Length)
            System.Array.Resize(ref servers, engine.Configuration.Servers.Length);
    }
}
