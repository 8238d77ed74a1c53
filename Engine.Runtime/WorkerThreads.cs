using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.Epoll;
using Engine.Runtime.Kernel.IoUring;
using Engine.Runtime.Kernel.Native;
using Engine.Runtime.Logging;
using Engine.Runtime.Process;
using Engine.Runtime.Signals;
using Engine.Systems.Accept;
using Engine.Systems.Connect;
using Engine.Systems.Tls;

namespace Engine.Runtime;

/// <summary>The worker threads of the process: makes their worlds, starts them, passes orders to their inboxes.</summary>
public sealed class WorkerThreads
{
    private const int StopWaitMs = 2000;

    private readonly CompiledConfiguration configuration;
    private readonly SharedWorld shared;
    private readonly int[][] placement;
    private readonly KernelKind kind;
    private readonly bool pin;
    private readonly long spinNanoseconds;
    private readonly IWorker?[] workers;
    private readonly Thread[] threads;
    private readonly World[] worlds;
    private Exception? failure;

    public WorkerThreads(
        CompiledConfiguration configuration,
        SharedWorld shared,
        ListeningSockets sockets,
        int[][] placement,
        KernelKind kind,
        bool pin,
        long spinNanoseconds)
    {
        this.spinNanoseconds = spinNanoseconds;
        this.configuration = configuration;
        this.shared = shared;
        this.placement = placement;
        this.kind = kind;
        this.pin = pin;
        workers = new IWorker?[placement.Length];
        threads = new Thread[placement.Length];
        worlds = new World[placement.Length];
        LogTarget[] targets = LogSockets.TargetsOf(configuration);
        ProcessIdentity identity = Identify();
        LogSender[] logSenders = MakeLogSenders(identity);
        for (int i = 0; i < worlds.Length; i++) worlds[i] = MakeWorld(i, sockets, targets, identity, logSenders);
    }

    /// <summary>Told of failures of our own code, on the thread that had them.</summary>
    public Action<Exception>? TellFault { get; set; }

    /// <summary>Told what became of servers, on the thread that made it so.</summary>
    public Action<ValueList<HealthNotice>>? TellNotices { get; set; }

    /// <summary>The worlds, for those who read counters.</summary>
    public ReadOnlySpan<World> Worlds => worlds;

    /// <summary>Starts every thread and returns when each accepts.</summary>
    public void Start(SignalInbox signals)
    {
        shared.Process.RunningThreads = threads.Length;
        shared.WakeThread = thread => workers[thread]?.Wake();
        using CountdownEvent started = new(threads.Length);
        for (int i = 0; i < threads.Length; i++)
        {
            int number = i;
            threads[i] = new Thread(() => RunThread(number, started, signals)) { IsBackground = true };
            threads[i].Start();
        }
        started.Wait();
        if (failure != null) throw failure;
    }

    /// <summary>Client connections of all threads.</summary>
    public int ConnectionsLeft() =>
        Volatile.Read(ref shared.Process.RunningThreads) == 0 ? 0 : Volatile.Read(ref shared.Process.Connections);

    /// <summary>Tells every thread.</summary>
    public void Post(ThreadMessageKind order)
    {
        for (int i = 0; i < threads.Length; i++)
        {
            shared.Inboxes[i].TryPost(new ThreadMessage { Kind = order });
            workers[i]?.Wake();
        }
    }

    /// <summary>Ends every thread and waits for them, so that what they had for the log is out.</summary>
    public void HardStop()
    {
        Post(ThreadMessageKind.HardStop);
        foreach (Thread thread in threads) thread.Join(StopWaitMs);
    }

    private World MakeWorld(
        int number,
        ListeningSockets sockets,
        LogTarget[] targets,
        ProcessIdentity identity,
        LogSender[] logSenders)
    {
        // Any thread may come to hold all connections: nothing balances accepts but the kernel's hash.
        Http2Settings http2 = configuration.Globals.Http2;
        WorldSizes sizes = WorldSizes.For(shared.ConnectionsMax, (uint)http2.StreamsMaxOf(http2.Frontend));
        World world = new(configuration, shared, number, sizes, (ulong)Environment.TickCount64 + (ulong)number);
        world.LogBatch = new LogBatch(targets);
        world.Dates = new LogDates(TimeZoneInfo.Local);
        world.LogSenders = logSenders;
        world.Process = identity;
        AnswerSocketQuestions.Prepare(world);
        ServerTargets.Prepare(world);
        BeginTls.Prepare(world);
        int idleMax = (int)((long)shared.ConnectionsMax * 2 * configuration.Globals.PoolHighFdRatio / 100);
        world.IdleServerConnectionsMax = Math.Max(idleMax / placement.Length, 1);
        int lowRatio = configuration.Globals.PoolLowFdRatio;
        if (lowRatio >= 0)
            world.PoolingConnectionsMax = (uint)((long)shared.ConnectionsMax * 2 * lowRatio / 100 / placement.Length);
        world.Buffers.Poison = configuration.Globals.PoisonByte;
        foreach (Listener listener in configuration.Listeners)
        {
            world.Listeners[(uint)listener.Number].Fd = sockets.Of(number, listener.Number);
            world.WantsLocalAddress[listener.Number] = listener.Path == null && IsWildcard(listener);
        }
        return world;
    }

    /// <summary><c>log-tag</c> of each proxy or of the process.</summary>
    private LogSender[] MakeLogSenders(ProcessIdentity identity)
    {
        ByteView hostname = ByteView.Literal(configuration.Globals.LogHostname ?? "");
        LogSender[] senders = new LogSender[configuration.ProxyRows];
        LogSender later = new()
        {
            Tag = ByteView.Literal(configuration.Globals.LogTag),
            Pid = identity.PidText,
            Hostname = hostname,
        };
        Array.Fill(senders, later); // those too that are no frontends and come while the process runs
        foreach (Proxy proxy in configuration.Proxies)
        {
            senders[proxy.Number] = new LogSender
            {
                Tag = ByteView.Literal(proxy.LogTag ?? configuration.Globals.LogTag),
                Pid = identity.PidText,
                Hostname = hostname,
            };
        }
        return senders;
    }

    private static bool IsWildcard(Listener listener) =>
        listener.InheritedFd >= 0 || !listener.Address.AddressBytes.ContainsAnyExcept((byte)0);

    private ProcessIdentity Identify()
    {
        long nowUs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;
        string host = Environment.MachineName;
        return new ProcessIdentity(Environment.ProcessId, host, configuration.Globals.Node ?? host, nowUs);
    }

    private void RunThread(int number, CountdownEvent started, SignalInbox signals)
    {
        try
        {
            if (pin && placement[number].Length > 0) CpuAffinity.Pin(placement[number]);
            World world = worlds[number];
            LogSockets logs = new(LogSockets.TargetsOf(configuration));
            IWorker worker = MakeWorker(world, logs);
            worker.TellFault = TellFault;
            worker.TellNotices = TellNotices;
            workers[number] = worker;
            for (uint i = 0; i < configuration.Listeners.Length; i++) ArmAccept.Run(world, i);
            started.Signal();
            worker.Run();
        }
        catch (Exception exception) when (!started.IsSet)
        {
            failure = exception;
            started.Signal();
        }
        finally
        {
            signals.Wake();
        }
    }

    private static long ReadClock() => Clock.MonotonicNanoseconds;

    /// <summary>The back end is made on its own thread: an io_uring belongs to the thread that made it.</summary>
    private IWorker MakeWorker(World world, LogSockets logs)
    {
        KernelSizes sizes = new() { Descriptors = (uint)Math.Clamp(DescriptorLimit.Current().Soft, 1024, 1 << 20) };
        unsafe
        {
            world.Profile.Start(&ReadClock);
        }
        uint accepts = (uint)world.Configuration.Globals.MaxAccept;
        if (accepts > 0) sizes = sizes with { AcceptsPerTick = Math.Min(accepts, sizes.AcceptsPerTick) };
        return kind == KernelKind.IoUring
            ? new Worker<IoUringKernel>(world, new IoUringKernel(world.Buffers, sizes), logs, spinNanoseconds)
            : new Worker<EpollKernel>(world, new EpollKernel(world.Buffers, sizes), logs, spinNanoseconds);
    }
}
