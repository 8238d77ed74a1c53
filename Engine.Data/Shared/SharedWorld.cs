using System;
using System.Collections.Concurrent;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Pages;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Data.Tables;
using Engine.Data.Variables;
using Engine.Data.Worlds;

namespace Engine.Data.Shared;

/// <summary>
/// What the threads share: servers, proxies, queues and each other's inboxes. Rows are numbered as in
/// the configuration.
/// </summary>
public sealed unsafe class SharedWorld
{
    private readonly NumberedRows<SharedServer> servers;
    private readonly NumberedRows<SharedProxy> proxies;
    private readonly SharedProcess* process;
    private readonly NumberedRows<ServerHealth> healths;
    private readonly NumberedRows<BackendHealth> backends;
    private readonly CheckRow* checks;
    private readonly CheckLoad* loads;

    /// <param name="configuration">Gives the number of servers and proxies and their limits at start.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="connectionsMax">Client connections at most.</param>
    /// <param name="nowNanoseconds">Monotonic clock of the start.</param>
    /// <param name="streamsEach">Streams of a connection at most: each may wait.</param>
    public SharedWorld(
        CompiledConfiguration configuration, int threads, uint connectionsMax, long nowNanoseconds = 0, uint streamsEach = 1)
    {
        Threads = threads;
        ConnectionsMax = connectionsMax;
        ConnectionsLimit = connectionsMax;
        servers = new NumberedRows<SharedServer>(configuration.ServerRows);
        proxies = new NumberedRows<SharedProxy>(configuration.ProxyRows);
        process = (SharedProcess*)NativeRegion.Reserve((nuint)sizeof(SharedProcess));
        process->ConnectionRateMax = configuration.Globals.ConnectionRateMax;
        process->SessionRateMax = configuration.Globals.SessionRateMax;
        healths = new NumberedRows<ServerHealth>(configuration.ServerRows);
        backends = new NumberedRows<BackendHealth>(configuration.ProxyRows);
        checks = (CheckRow*)NativeRegion.Reserve(
            (nuint)sizeof(CheckRow) * (nuint)((configuration.ServerRows + 1) * ChecksPerServer));
        loads = (CheckLoad*)NativeRegion.Reserve((nuint)sizeof(CheckLoad) * (nuint)(threads + 1));
        ListenerConnections = new int[configuration.Listeners.Length];
        AcceptAgain = new int[threads * 16];
        Loads = new ThreadLoads(threads);
        Inboxes = new Inbox[threads];
        uint waitersEach = WorldSizes.For(connectionsMax, streamsEach).Streams;
        for (int i = 0; i < threads; i++) Inboxes[i] = new Inbox(InboxSize(waitersEach));
        Orders = new ConcurrentQueue<Action<World>>[threads];
        for (int i = 0; i < threads; i++) Orders[i] = new ConcurrentQueue<Action<World>>();
        ulong waiters = Math.Min((ulong)waitersEach * (ulong)threads, (ulong)connectionsMax * Math.Max(1, streamsEach));
        Waiters = new WaiterTable((uint)Math.Min(waiters + 1, int.MaxValue));
        BadMessages = new MessageCaptures(configuration.Proxies.Length, configuration.ProxyRows);
        StickTables = Array.ConvertAll(configuration.StickTables, static settings => new StickTable(settings));
        Variables = new ProcessVariables(configuration.Variables.Process.Count + CommandVariables);
        uint checkRows = (uint)((configuration.ServerRows + 1) * ChecksPerServer);
        CheckVariables = new VariableRows(checkRows, configuration.Variables.Check.Count);
        bool givesIds = Array.Exists(configuration.Proxies, static proxy => proxy.UniqueIdFormat is not null);
        CheckIds = new StreamBytes(givesIds ? World.UniqueIdSize : 0, checkRows);
        foreach ((int slot, Sample value) in configuration.ProcessValues) Variables.Set(slot, in value);
        StartHealth.Run(this, configuration, nowNanoseconds);
        foreach (Server server in configuration.Servers)
        {
            ref SharedProxy backend = ref Proxy(server.Backend);
            if (server.MinConnections == 0 || backend.FullConnections > 0) continue;
            long full = FullConnections.Of(configuration, configuration.Proxies[server.Backend], connectionsMax);
            backend.FullConnections = (int)Math.Min(full, int.MaxValue);
        }
    }

    /// <summary>Variables that commands may name and the configuration did not.</summary>
    private const int CommandVariables = 256;

    /// <summary>Clients of each listener, where <see cref="Globals.CountsListeners"/>.</summary>
    public int[] ListenerConnections { get; }

    /// <summary>The stick tables, by number.</summary>
    public StickTable[] StickTables { get; }

    /// <summary>Names of servers that their entries refer to.</summary>
    public StickTexts StickTexts { get; } = new();

    /// <summary>The last message that broke the protocol, by proxy and side.</summary>
    public MessageCaptures BadMessages { get; }

    public int Threads { get; }

    /// <summary>Client connections of the process at most.</summary>
    public uint ConnectionsMax { get; }

    /// <summary>Client connections that are let in now: no more than the former; the Runtime API changes it.</summary>
    public uint ConnectionsLimit;

    public Inbox[] Inboxes { get; }

    public WaiterTable Waiters { get; }

    /// <summary>Variables of scope <c>proc</c>.</summary>
    public ProcessVariables Variables { get; }

    /// <summary>By check: its variables. They belong to the thread that runs the check.</summary>
    public VariableRows CheckVariables { get; }

    /// <summary>How busy the threads are.</summary>
    public ThreadLoads Loads { get; }

    /// <summary>By check: the unique id of its run, where backends give them.</summary>
    public StreamBytes CheckIds { get; }

    /// <summary>By thread, sixteen words apart: 1 when its held clients and listeners may have room again.</summary>
    public int[] AcceptAgain { get; }

    /// <summary>Room for a grant to every waiter of a thread and for orders, as a power of two.</summary>
    private static uint InboxSize(uint waiters) => System.Numerics.BitOperations.RoundUpToPowerOf2(waiters + 1024);

    /// <summary>Wakes a thread that may sleep in the kernel; set by each worker before it runs.</summary>
    public System.Action<int> WakeThread { get; set; } = static _ => { };

    /// <summary>By thread: work that the Runtime API wants done there; a message tells the thread of it.</summary>
    public ConcurrentQueue<Action<World>>[] Orders { get; }

    /// <summary>Starts the program of an external check; set where programs can be run.</summary>
    public Action<World, int>? StartExternalCheck { get; set; }

    /// <summary>Has a page made for a stream, without waiting; set where pages are made.</summary>
    public Action<PageRequest>? MakePage { get; set; }

    /// <summary>Takes the memory of a page that was sent: to unmap hundreds of megabytes takes tens of milliseconds.</summary>
    public Action<nint>? FreePage { get; set; }

    /// <summary>When the first thread looks at servers that warm up (<c>slowstart</c>), nanoseconds; 0: none does.</summary>
    public long WarmDueNanoseconds;

    /// <summary>Some thread holds clients back: those that close connections tell the others.</summary>
    public volatile bool AnyHeld;

    public ref SharedServer Server(int number) => ref servers[number];

    public ref SharedProxy Proxy(int number) => ref proxies[number];

    public ref SharedProcess Process => ref *process;

    /// <summary>Health and agent.</summary>
    public const int ChecksPerServer = 2;

    public ref ServerHealth Health(int server) => ref healths[server];

    public ref BackendHealth Backend(int proxy) => ref backends[proxy];

    /// <summary>A check by its number: the server's times two, plus one for its agent.</summary>
    public ref CheckRow CheckOf(int check) => ref checks[check];

    /// <summary>The same by address: rows never move.</summary>
    public CheckRow* CheckAddress(int check) => checks + check;

    public ref CheckLoad LoadOf(int thread) => ref loads[thread];
}
