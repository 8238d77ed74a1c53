using System;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Health;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Profiling;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Sticky;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Tls;
using Engine.Data.Variables;

namespace Engine.Data.Worlds;

/// <summary>
/// Everything one thread owns: its tables, buffers, timers, work lists and the queues to and from the kernel.
/// No other thread touches it, but for the counters, which others may read.
/// </summary>
public sealed unsafe class World
{
    public readonly CompiledConfiguration Configuration;
    public readonly SharedWorld Shared;

    /// <summary>Number of this thread, from 0.</summary>
    public readonly int Thread;

    // Tables and their columns.
    public readonly Table Connections;
    public readonly Column<Connection> Connection;
    public readonly Column<ClientFacts> Client;
    public readonly Column<ServerLink> Link;
    public readonly Table Streams;
    public readonly Column<Stream> Stream;
    public readonly Column<StreamLog> Log;

    /// <summary>By stream: the pipes of bodies that are not copied.</summary>
    public readonly Column<StreamSplices> Splices;

    /// <summary>By stream: where rules that wait go on.</summary>
    public readonly Column<RulePause> Pauses;

    /// <summary>Addresses of clients before rules of a request changed them; used when some rule may.</summary>
    public readonly Column<KeptAddresses> KeptAddresses;

    /// <summary>The same before rules of the session changed them.</summary>
    public readonly Column<KeptAddresses> ConnectionAddresses;

    /// <summary>Timeouts that rules gave to single streams.</summary>
    public readonly Column<OwnTimeouts> OwnTimeouts;

    /// <summary>By stream: what the client's persistence cookie says.</summary>
    public readonly Column<Persistence> Persistence;

    /// <summary>By stream: what its frontend captures.</summary>
    public readonly StreamBytes Captures;

    /// <summary>By stream: its unique id, where frontends give them.</summary>
    public readonly StreamBytes UniqueIds;

    /// <summary>By connection row: pipes that outlive their stream until the kernel lets go of them.</summary>
    public readonly Column<HeldPipes> HeldPipes;

    /// <summary>By stream: variables of transaction, request and response.</summary>
    public readonly VariableRows StreamVariables;

    /// <summary>By connection row: variables of the session.</summary>
    public readonly VariableRows SessionVariables;

    /// <summary>By stream: entries of stick tables that it tracks.</summary>
    public readonly StickCounters StreamCounters;

    /// <summary>By connection row: entries of stick tables that its session tracks.</summary>
    public readonly StickCounters SessionCounters;

    /// <summary>By stream: bytes counted in what it tracks; used when some table counts bytes.</summary>
    public readonly Column<CountedBytes> CountedBytes;

    /// <summary>Rules track, and some table counts bytes.</summary>
    public readonly bool TracksBytes;

    /// <summary>By stream: what its server was sent, where it may be sent again.</summary>
    public readonly Column<KeptRequest> KeptRequests;

    /// <summary>By stream: keys that its server is stored under when it answers; used when some rule stores.</summary>
    public readonly Column<StoredKeys> StoredKeys;

    /// <summary>The request line of each stream for its log line: <c>tune.http.logurilen</c> bytes a row.</summary>
    public readonly LogTexts LogTexts;

    /// <summary>Where servers are, laid out for connect operations, by server.</summary>
    public readonly Column<UnixSocketAddress> Targets;

    /// <summary>By connection row: the address of a server whose port is the client's.</summary>
    public readonly Column<ConnectAddresses> OwnTarget;

    /// <summary>By stream: the address that its request told for <c>usesrc hdr_ip</c>.</summary>
    public readonly Column<SocketAddress> ForeignSource;

    /// <summary>By connection row: our address towards a server, where the configuration reads it.</summary>
    public readonly Column<SocketAddress> ServerSource;

    /// <summary>What client connections began with, by row, where they had to begin with something.</summary>
    public readonly Column<Preamble> Preambles;

    /// <summary>The encrypted side of connections; null when the configuration uses no TLS.</summary>
    public readonly TlsThread? Tls;

    /// <summary>Idle server connections of this thread, by server.</summary>
    public readonly Column<ServerPool> Pools;

    /// <summary>Listening sockets of this thread, by listener.</summary>
    public readonly Column<ListenerState> Listeners;

    public readonly Http2Tables Http2;
    public readonly BufferSlab Buffers;
    public readonly PipeNumbers Pipes;
    public readonly HeadSlots Heads;

    /// <summary>Where values are computed that are written out at once: as large as a head's.</summary>
    public readonly byte* LineScratch;
    public readonly TimerWheel Wheel;

    // To and from the kernel.
    public readonly OperationQueue Operations;
    public readonly CompletionQueue Completions;

    /// <summary>Vectors of this tick's gathered sends.</summary>
    public readonly VectorArena Vectors;

    // Work lists, in the order of the phases that drain them.

    /// <summary>Connections with new bytes or an end to look at.</summary>
    public readonly RowList Received;

    /// <summary>Streams whose request head was parsed.</summary>
    public readonly RowList ToRule;

    /// <summary>Streams that need a server.</summary>
    public readonly RowList ToPick;

    /// <summary>Streams that were given a server and need a connection.</summary>
    public readonly RowList ToConnect;

    /// <summary>Streams whose response head was parsed.</summary>
    public readonly RowList ToRuleResponse;

    /// <summary>Streams with something to move from one side to the other.</summary>
    public readonly RowList ToForward;

    /// <summary>Connections with something to send.</summary>
    public readonly RowList ToSend;

    /// <summary>Streams that are over: to be logged, counted and freed.</summary>
    public readonly RowList ToEnd;

    /// <summary>Connections of checks that wait for their own address, to begin with a PROXY header.</summary>
    public readonly RowList ToGreet;

    /// <summary>What the phases cost, when somebody wants to know.</summary>
    public readonly WorkProfile Profile;

    /// <summary>Connections whose receive is to be armed again when buffers are there (-ENOBUFS).</summary>
    public readonly RowList Starved;

    /// <summary>Clients that wait for an answer, to be watched when it takes long.</summary>
    public readonly WatchQueue ToWatch = new();

    // Counters, read by others.
    public readonly NumberedRows<ProxyCounters> ProxyCounters;
    public readonly NumberedRows<ServerCounters> ServerCounters;

    /// <summary>What the listener did that a stream's client came to.</summary>
    public ref ListenerCounters ListenerOf(in Stream stream) => ref ListenerCounters[Connection[stream.Client].Owner];

    /// <summary>By listener: what its connections did.</summary>
    public readonly NumberedRows<ListenerCounters> ListenerCounters;
    public readonly ThreadCounters* Counters;

    /// <summary>Monotonic clock of this tick, nanoseconds; read once a tick.</summary>
    public long NowNanoseconds;

    /// <summary>Wall clock of this tick, microseconds since 1970.</summary>
    public long WallMicroseconds;

    /// <summary>Milliseconds of the monotonic clock, wrapping: the timer wheel's unit.</summary>
    public uint NowMs;

    /// <summary>When expired entries of stick tables were last looked for, as <see cref="NowMs"/>.</summary>
    public uint SweptMs;

    /// <summary>State of the thread's random sequence (xorshift), in native memory; never 0.</summary>
    public readonly ulong* Random;

    /// <summary>Idle server connections over all pools of this thread.</summary>
    public int IdleServerConnections;

    /// <summary>Idle server connections of this thread at most (<c>tune.pool-high-fd-ratio</c>).</summary>
    public int IdleServerConnectionsMax = int.MaxValue;

    /// <summary>Connections of this thread above which none goes to a pool (<c>tune.pool-low-fd-ratio</c>).</summary>
    public uint PoolingConnectionsMax = uint.MaxValue;

    /// <summary>A soft stop is under way: no keep-alive, no new connections.</summary>
    public bool Stopping;

    /// <summary>When it began, as <see cref="NowMs"/>.</summary>
    public uint StoppingSinceMs;

    /// <summary>Everything ends now.</summary>
    public bool HardStop;

    /// <summary>Accepting is paused (SIGTTOU).</summary>
    public bool Paused;

    /// <summary>Clients held back by a limit, oldest first: a list through <c>ServerLink</c>.</summary>
    public uint HeldOldest = Table.NoRow;

    public uint HeldNewest = Table.NoRow;

    /// <summary>Room may have appeared for held clients or held listeners.</summary>
    public bool AdmitHeld;

    /// <summary>Monotonic nanoseconds at which accepting is tried again after descriptors ran out; 0: no need.</summary>
    public long RetryAcceptNanoseconds;

    /// <summary>By listener: accepted connections need their local address (a wildcard address).</summary>
    public readonly bool[] WantsLocalAddress;

    /// <summary>Log lines of this tick on their way to their targets.</summary>
    public LogBatch LogBatch = null!;

    /// <summary>Who syslog lines say they come from, by the number of the proxy that logs.</summary>
    public LogSender[] LogSenders = [];

    /// <summary>Texts of dates, cached for the second.</summary>
    public LogDates Dates = null!;

    /// <summary>What expressions may say of the process.</summary>
    public ProcessIdentity Process = ProcessIdentity.None;

    /// <summary>Who answers what is asked of sockets; null in a simulation.</summary>
    public SocketQuestions* Socket;

    /// <summary>The last failure of our own code, for the worker to tell of; null when told.</summary>
    public Exception? LastFault;

    /// <summary>Next purge of the idle pools, monotonic nanoseconds.</summary>
    public long NextPurgeNanoseconds;

    /// <summary>When the checks of this thread are due; null when nothing is checked.</summary>
    public CheckSchedule? Checks;

    /// <summary>What is to be told of servers; whoever runs the pipeline tells it and clears the list.</summary>
    public readonly ValueList<HealthNotice> Notices = new();

    /// <summary>Pages on their way, until their streams are over.</summary>
    public readonly ValueList<PageBlock> PageBlocks = new();

    public World(CompiledConfiguration configuration, SharedWorld shared, int thread, WorldSizes sizes, ulong seed)
    {
        Configuration = configuration;
        Shared = shared;
        Thread = thread;
        Random = (ulong*)NativeRegion.Reserve(sizeof(ulong));
        *Random = seed == 0 ? 0x9E37_79B9_7F4A_7C15 : seed;
        Globals globals = configuration.Globals;

        Connections = new Table(sizes.Connections);
        Connection = new Column<Connection>(sizes.Connections);
        Client = new Column<ClientFacts>(sizes.Connections);
        Link = new Column<ServerLink>(sizes.Connections);
        Streams = new Table(sizes.Streams);
        Stream = new Column<Stream>(sizes.Streams);
        Log = new Column<StreamLog>(sizes.Streams);
        Splices = new Column<StreamSplices>(sizes.Streams);
        Pauses = new Column<RulePause>(sizes.Streams);
        KeptAddresses = new Column<KeptAddresses>(configuration.Globals.SetsAddresses ? sizes.Connections : 1);
        ConnectionAddresses =
            new Column<KeptAddresses>(configuration.Globals.SetsSessionAddresses ? sizes.Connections : 1);
        OwnTimeouts = new Column<OwnTimeouts>(sizes.Streams);
        Persistence = new Column<Persistence>(sizes.Streams);
        int captures = 0;
        foreach (Proxy proxy in configuration.Proxies) captures = Math.Max(captures, proxy.Captures?.Size ?? 0);
        Captures = new StreamBytes(captures, sizes.Streams);
        StreamVariables = new VariableRows(sizes.Streams, configuration.Variables.Stream.Count);
        SessionVariables = new VariableRows(sizes.Connections, configuration.Variables.Session.Count);

        StoredKeys = new Column<StoredKeys>(configuration.StoredKeysSize > 0 ? sizes.Streams : 1);
        TracksBytes = configuration.StickCounters > 0
            && Array.Exists(configuration.StickTables, static table => table.Layout.CountsBytes);
        CountedBytes = new Column<CountedBytes>(TracksBytes ? sizes.Streams : 1);
        KeptRequests = new Column<KeptRequest>(configuration.Globals.KeepsRequests ? sizes.Streams : 1);
        StreamCounters = new StickCounters(sizes.Streams, configuration.StickCounters);
        SessionCounters = new StickCounters(sizes.Connections, configuration.StickCounters);

        bool givesIds = Array.Exists(configuration.Proxies, static proxy => proxy.UniqueIdFormat is not null);
        UniqueIds = new StreamBytes(givesIds ? UniqueIdSize : 0, sizes.Streams);
        HeldPipes = new Column<HeldPipes>(sizes.Connections);
        Preambles = new Column<Preamble>(sizes.Connections);
        if (configuration.Tls is { } tls)
            Tls = new TlsThread(sizes.Connections, sizes.Streams, (uint)configuration.ServerRows, tls);
        LogTexts = new LogTexts(globals.LogUriLength, sizes.Streams);
        Targets = new Column<UnixSocketAddress>((uint)configuration.ServerRows + 1);
        OwnTarget = new Column<ConnectAddresses>(sizes.Connections);
        ForeignSource = new Column<SocketAddress>(sizes.Streams);
        ServerSource = new Column<SocketAddress>(sizes.Connections);
        Pools = new Column<ServerPool>((uint)configuration.ServerRows + 1);
        Listeners = new Column<ListenerState>((uint)configuration.Listeners.Length + 1);
        Pipes = new PipeNumbers(globals.PipesOfThread(shared.Threads));
        Buffers = new BufferSlab(
            globals.BufferSize, sizes.SmallBuffers, sizes.StandardBuffers, sizes.LargeBuffers);
        Heads = new HeadSlots(globals.MaxHeaders + FieldsAddedMax, globals.BufferSize * 2, sizes.Heads);
        LineScratch = (byte*)NativeRegion.Reserve((nuint)Heads.ScratchSize);
        Wheel = new TimerWheel(
            &Connection.Address(0)->Timer, sizeof(Connection), &Stream.Address(0)->Timer, sizeof(Stream), 0);

        Operations = new OperationQueue((sizes.Connections * 4) + 4096);
        Completions = new CompletionQueue(Math.Max(65536, sizes.Connections * 2));
        Vectors = new VectorArena(1 << 16);
        Http2 = new Http2Tables(configuration, sizes.Connections);
        Received = new RowList(sizes.Connections);
        ToSend = new RowList(sizes.Connections);
        Starved = new RowList(sizes.Connections);
        ToRule = new RowList(sizes.Streams);
        ToPick = new RowList(sizes.Streams);
        ToConnect = new RowList(sizes.Streams);
        ToRuleResponse = new RowList(sizes.Streams);
        ToForward = new RowList(sizes.Streams);
        ToEnd = new RowList(sizes.Streams);
        ToGreet = new RowList(configuration.ChecksAny ? sizes.Connections : 1);
        Profile = new WorkProfile(
            sizes.Streams, globals.CountsWork, globals.Profiling,
            [Received, ToSend, ToRule, ToPick, ToConnect, ToRuleResponse, ToForward, ToEnd]);

        WantsLocalAddress = new bool[configuration.Listeners.Length];
        ProxyCounters = new NumberedRows<ProxyCounters>(configuration.ProxyRows);
        ServerCounters = new NumberedRows<ServerCounters>(configuration.ServerRows);
        ListenerCounters = new NumberedRows<ListenerCounters>(configuration.Listeners.Length);
        Counters = (ThreadCounters*)NativeRegion.Reserve((nuint)sizeof(ThreadCounters));
        for (uint i = 0; i < configuration.Servers.Length; i++)
        {
            Pools[i].Newest = Table.NoRow;
            Pools[i].Oldest = Table.NoRow;
        }
        for (uint i = 0; i < configuration.Listeners.Length; i++) Listeners[i].Fd = -1;
        if (configuration.ChecksAny)
            Checks = new CheckSchedule(configuration.ServerRows * SharedWorld.ChecksPerServer);
    }

    /// <summary>Bytes of a unique id, with its length.</summary>
    public const int UniqueIdSize = 128;

    /// <summary>Header fields that rules may add to a head beyond <c>tune.http.maxhdr</c>.</summary>
    public const int FieldsAddedMax = 64;

    /// <summary>The next number of the thread's random sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextRandom()
    {
        ulong x = *Random;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        *Random = x;
        return x;
    }

    /// <summary>Work is waiting in a list: the thread must not sleep.</summary>
    public bool HasWork =>
        (Completions.Count | Received.Count | ToRule.Count | ToPick.Count | ToConnect.Count | ToRuleResponse.Count
         | ToForward.Count | ToSend.Count | ToEnd.Count | ToGreet.Count) != 0;
}
