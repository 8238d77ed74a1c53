using Engine.Data.Configuration;
using Engine.Data.Tables;

namespace Engine.Data.Shared;

/// <summary>What the threads share: servers, proxies, queues and each other's inboxes. Rows are numbered as in the configuration.</summary>
public sealed unsafe class SharedWorld
{
    private readonly SharedServer* servers;
    private readonly SharedProxy* proxies;
    private readonly ProcessFacts* process;

    /// <param name="configuration">Gives the number of servers and proxies and their limits at start.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="connectionsMax">Client connections at most, and so waiters at most.</param>
    public SharedWorld(CompiledConfiguration configuration, int threads, uint connectionsMax)
    {
        Threads = threads;
        ConnectionsMax = connectionsMax;
        servers = (SharedServer*)NativeRegion.Reserve(
            (nuint)sizeof(SharedServer) * (nuint)(configuration.Servers.Length + 1));
        proxies = (SharedProxy*)NativeRegion.Reserve(
            (nuint)sizeof(SharedProxy) * (nuint)(configuration.Proxies.Length + 1));
        process = (ProcessFacts*)NativeRegion.Reserve((nuint)sizeof(ProcessFacts));
        Inboxes = new Inbox[threads];
        for (int i = 0; i < threads; i++) Inboxes[i] = new Inbox(1 << 16);
        Waiters = new WaiterTable(connectionsMax + 1);
        foreach (Server server in configuration.Servers)
        {
            ref SharedServer row = ref Server(server.Number);
            row.Limit = server.MaxConnections;
            row.Weight = server.Weight;
            row.Running = server.Disabled ? 0 : 1;
        }
    }

    public int Threads { get; }

    /// <summary>Client connections of the process at most.</summary>
    public uint ConnectionsMax { get; }

    public Inbox[] Inboxes { get; }

    public WaiterTable Waiters { get; }

    /// <summary>Wakes a thread that may sleep in the kernel; set by each worker before it runs.</summary>
    public System.Action<int> WakeThread { get; set; } = static _ => { };

    public ref SharedServer Server(int number) => ref servers[number];

    public ref SharedProxy Proxy(int number) => ref proxies[number];

    public ref ProcessFacts Process => ref *process;
}
