using Engine.Data.Configuration;
using Engine.Data.Tables;

namespace Engine.Data.Shared;

/// <summary>
/// What the threads share: servers, proxies, queues and each other's inboxes. Rows are numbered as in
/// the configuration.
/// </summary>
public sealed unsafe class SharedWorld
{
    private readonly SharedServer* servers;
    private readonly SharedProxy* proxies;
    private readonly SharedProcess* process;

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
        process = (SharedProcess*)NativeRegion.Reserve((nuint)sizeof(SharedProcess));
        AcceptAgain = new int[threads * 16];
        Inboxes = new Inbox[threads];
        for (int i = 0; i < threads; i++) Inboxes[i] = new Inbox(InboxSize(connectionsMax));
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

    /// <summary>By thread, sixteen words apart: 1 when its held clients and listeners may have room again.</summary>
    public int[] AcceptAgain { get; }

    /// <summary>Room for a grant to every waiter and for orders, as a power of two.</summary>
    private static uint InboxSize(uint connectionsMax) =>
        System.Numerics.BitOperations.RoundUpToPowerOf2(connectionsMax + 1024);

    /// <summary>Wakes a thread that may sleep in the kernel; set by each worker before it runs.</summary>
    public System.Action<int> WakeThread { get; set; } = static _ => { };

    /// <summary>Some thread holds clients back: those that close connections tell the others.</summary>
    public volatile bool AnyHeld;

    public ref SharedServer Server(int number) => ref servers[number];

    public ref SharedProxy Proxy(int number) => ref proxies[number];

    public ref SharedProcess Process => ref *process;
}
