using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Runtime.Admin;
using Engine.Runtime.Admin.Pages;
using Engine.Runtime.Admin.Statistics;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Engine.Runtime.Health;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.Native;
using Engine.Runtime.Logging;
using Engine.Runtime.Process;
using Engine.Runtime.Signals;
using Engine.Runtime.Tls;
using Engine.Systems.Balance;

namespace Engine.Runtime;

/// <summary>
/// The running process: limits, sockets, threads, then signals until one ends it. The order is that of the manual:
/// nothing is served before everything that can fail has been done, and old processes are told to leave only then.
/// </summary>
public sealed class Service
{
    /// <summary>How often a stopping service looks whether its connections are gone, milliseconds.</summary>
    private const int StopPollMs = 100;

    private readonly CompiledConfiguration configuration;
    private readonly ServiceSettings settings;
    private readonly SignalInbox signals;
    private readonly MessageWriter messages;
    private readonly int threads;
    private readonly int[][] placement;
    private SharedWorld shared = null!;
    private WorkerThreads workers = null!;
    private ListeningSockets sockets = null!;
    private AdminServer admin = null!;
    private AdminServices adminServices = null!;
    private HealthReporter? reporter;
    private ProcessFigures? figures;
    private EngineAccess? access;
    private readonly long startMs = NowMs;
    private long descriptorsNeeded;

    private Service(
        CompiledConfiguration configuration, ServiceSettings settings, SignalInbox signals, MessageWriter messages)
    {
        this.messages = messages;
        this.configuration = configuration;
        this.settings = settings;
        this.signals = signals;
        int[] usable = configuration.Globals.ChosenCpus ?? CpuAffinity.Usable();
        placement = ThreadPlacement.Compute(configuration.Globals.Threads, configuration.Globals.CpuMap, usable);
        threads = placement.Length;
    }

    /// <summary>Runs until a signal ends the process; answers its exit code.</summary>
    public static int Run(
        CompiledConfiguration configuration, ServiceSettings settings, SignalInbox signals, MessageWriter messages)
    {
        Service service = new(configuration, settings, signals, messages);
        List<string> faults = configuration.Parts.Get<StartFaults>().Alerts;
        foreach (string fault in faults) messages.Alert(fault);
        return faults.Count == 0 && service.Start() ? service.Serve() : 1;
    }

    private bool Start()
    {
        KernelChoice choice = KernelChoice.Make(settings.Kernel);
        if (choice.IsRefused)
        {
            messages.Alert($"io_uring is not available here: {SystemErrors.Text(choice.IoUringErrno)}.");
            return false;
        }
        if (settings.Kernel == KernelKind.Automatic && choice.Kind == KernelKind.Epoll)
            messages.Notice($"io_uring is not available ({SystemErrors.Text(choice.IoUringErrno)}), using epoll.");
        if (!SetLimits(out uint connectionsMax)) return false;
        if (configuration.Globals.PipeSize > 0) Pipes.Capacity = configuration.Globals.PipeSize;
        sockets = new ListeningSockets(configuration, threads);
        if (!TakeOldSockets()) return false;
        if (!Bind()) return false;
        if (!BindAdmin()) return false;
        if (!sockets.HasAny && admin.ListenerCount == 0)
        {
            messages.Alert("[haproxy.main()] No enabled listener found (check for 'bind' directives) ! Exiting.");
            return false;
        }
        PidFile? pidFile = OpenPidFile(out bool pidFailed);
        if (pidFailed) return false;
        ProcessPriority.Settle(configuration.Globals); // a lower priority may be the user's, a higher one is root's
        TokenCertificates.Start(configuration); // reads files
        if (!DropPrivileges()) return false;
        uint streamsEach = (uint)configuration.Globals.Http2.StreamsMaxOf(configuration.Globals.Http2.Frontend);
        shared = new SharedWorld(configuration, threads, connectionsMax, Clock.MonotonicNanoseconds, streamsEach);
        LoadServerStates.Run(configuration, shared, messages, Clock.MonotonicNanoseconds);
        TurnSequence.Prepare(configuration, shared);
        long spinNanoseconds = settings.SpinMicroseconds * 1000L;
        workers = new WorkerThreads(
            configuration, shared, sockets, placement, choice.Kind, settings.Pin, spinNanoseconds);
        workers.TellFault = fault => messages.Alert($"internal error, one request was ended: {fault}");
        reporter = new HealthReporter(new ProcessLog(configuration, workers.Worlds[0].LogSenders), configuration, messages);
        workers.TellNotices = reporter.Tell;
        access = new EngineAccess(configuration, shared, workers.Worlds);
        LoadStatsFile.Run(access, messages);
        figures = new ProcessFigures(configuration, shared, workers, startMs, descriptorsNeeded)
        {
            MemoryMegabytes = settings.MemoryMegabytes,
        };
        // Before the workers: a page may be asked for by the first request.
        new StatsPages(adminServices, access, samples: admin.ListenerCount == 0).Start();
        SettleHeap();
        messages.EndStart();
        workers.Start(signals);
        StartOcspUpdates();
        admin.Start();
        ExternalCheckRunner.Attach(access);
        pidFile?.Write(Environment.ProcessId);
        settings.Daemon?.Ready();
        settings.OldProcesses?.Finish();
        return true;
    }

    /// <summary>
    /// What a large configuration is made of becomes old here, and not in the first collection that traffic waits for:
    /// with 50,000 servers that one took 100 ms.
    /// </summary>
    private static void SettleHeap()
    {
        const long large = 32 * 1024 * 1024;
        if (GC.GetTotalMemory(forceFullCollection: false) < large) return;
        GC.Collect(); // each makes what survives older by one generation of two
        GC.Collect();
    }

    private void StartOcspUpdates()
    {
        if (configuration.Parts.Find<TlsDrafts>() is not { } tls) return;
        tls.Ocsp.AnswerMax = configuration.Globals.BufferSize;
        tls.OcspUpdater.Start(() => new ProcessLog(configuration, workers.Worlds[0].LogSenders).SendGlobal);
    }

    private bool SetLimits(out uint connectionsMax)
    {
        Globals globals = configuration.Globals;
        DescriptorNeeds needs = new(
            Listeners: configuration.Listeners.Length + globals.AdminSockets.Length,
            Threads: threads,
            AdminConnections: globals.AdminSockets.Length == 0 ? 0 : globals.AdminMaxConnections,
            Checks: 0,
            LogTargets: globals.LogTargets.Length,
            Pipes: globals.NoSplice ? 0 : globals.PipesMax, // others come out of what connections leave
            Open: DescriptorLimit.CountOpen());
        int wanted = settings.MaxConnections > 0 ? settings.MaxConnections : globals.MaxConnections;
        MemoryBudget memory = Budget();
        bool isComputed = wanted == 0;
        if (isComputed)
        {
            (long soft, long hard) = DescriptorLimit.Current();
            long limit = globals.DescriptorLimit > 0 ? globals.DescriptorLimit : Math.Max(soft, hard);
            wanted = DescriptorLimit.MaxConnections(limit, needs);
            if (settings.MemoryMegabytes > 0)
            {
                wanted = MemoryBudget.RoundDown(Math.Min(wanted, memory.Connections(globals.TlsConnectionsMax)));
            }
            else messages.Notice($"Automatically setting global.maxconn to {wanted}.");
        }
        if (memory.Megabytes > 0 && globals.TlsConnectionsMax == 0)
            globals.TlsConnectionsMax = isComputed ? memory.TlsSides * wanted : memory.TlsConnections(wanted);
        globals.MaxConnections = wanted;
        connectionsMax = (uint)wanted;
        descriptorsNeeded = DescriptorLimit.Needed(wanted, needs);
        if (DescriptorLimit.Raise(Math.Max(descriptorsNeeded, globals.DescriptorLimit)) is not { } error) return true;
        if (!globals.StrictLimits)
        {
            messages.Warning(error);
            return true;
        }
        messages.Alert(error);
        return false;
    }

    private MemoryBudget Budget()
    {
        int sides = (Array.Exists(configuration.Listeners, static listener => listener.Tls is not null) ? 1 : 0)
            + (Array.Exists(configuration.Servers, static server => server.Tls is not null) ? 1 : 0);
        int sessions = KeptDraft.Of(configuration).Parts.Get<TlsDrafts>().CacheSize;
        Globals globals = configuration.Globals;
        return new MemoryBudget(settings.MemoryMegabytes, globals.BufferSize, globals.LogUriLength, sides, sessions);
    }

    private bool TakeOldSockets()
    {
        if (settings.OldSocket is not { } path || path == "/dev/null") return true;
        sockets.Adopt(SocketTransfer.Receive(path, out string? error));
        if (error is null) return true;
        messages.Warning(error);
        messages.Alert("Failed to get the sockets from the old process!");
        sockets.CloseUnused();
        return false;
    }

    private bool Bind()
    {
        if (settings.OldProcesses is { Any: true } old) old.Bind(sockets.TryOpen);
        else sockets.TryOpen();
        sockets.CloseUnused();
        foreach (string warning in sockets.Warnings) messages.Warning(warning);
        if (sockets.Errors.Count == 0) return true;
        foreach (string error in sockets.Errors) messages.Alert(error);
        messages.Alert("[sluice.main()] Some protocols failed to start their listeners! Exiting.");
        settings.OldProcesses?.Resume();
        sockets.CloseAll();
        return false;
    }

    private bool BindAdmin()
    {
        adminServices = new AdminServices
        {
            Configuration = configuration,
            Version = ProductVersion.Full,
            LineMax = configuration.Globals.BufferSize,
            AnonymousKey = configuration.Globals.AnonymousKey,
            Report = () => figures?.Take() ?? default,
            StartMessages = () => messages.Kept,
            Warnings = () => messages.Warnings,
            Log = (level, text) => reporter?.Send(level, text),
            ReleaseDate = ProductVersion.ReleaseDate,
            Sockets = () => sockets,
            Engine = () => access,
            EverySecond = () =>
            {
                figures?.Sample();
                access?.Rates.Sample(Environment.TickCount64);
            },
        };
        admin = new AdminServer(adminServices);
        string[] errors = admin.Bind();
        foreach (string error in errors) messages.Alert(error);
        return errors.Length == 0;
    }

    private PidFile? OpenPidFile(out bool failed)
    {
        failed = false;
        string? path = settings.PidFile ?? configuration.Globals.PidFile;
        if (path == null || settings.Daemon == null) return null;
        PidFile? file = PidFile.Open(path, out string alert);
        if (file != null) return file;
        messages.Alert(alert);
        failed = true;
        return null;
    }

    private bool DropPrivileges()
    {
        Globals globals = configuration.Globals;
        PrivilegeSettings wanted = new(globals.Chroot, globals.Uid, globals.Gid, globals.Capabilities);
        foreach (string warning in Privileges.Warnings(wanted)) messages.Warning(warning);
        if (Privileges.Drop(wanted) is not { } error) return true;
        messages.Alert(error);
        return false;
    }

    private int Serve()
    {
        StopSequence stop = new(configuration.Globals.HardStopAfterMs, configuration.Globals.GraceMs);
        ProcessLog log = new(configuration, workers.Worlds[0].LogSenders);
        StopActions actions = new(configuration, shared, workers, sockets, admin, log, messages);
        while (true)
        {
            Signal signal = signals.Wait(stop.Stopping ? StopPollMs : -1);
            StopOrder order = signal == Signal.None
                ? stop.Tick(NowMs, workers.ConnectionsLeft())
                : stop.Take(signal, NowMs);
            actions.Carry(order);
            if ((order & StopOrder.Exit) == 0) continue;
            admin.Dispose();
            workers.HardStop();
            // The kernel may keep a ring's sockets for a moment after the process: a new one's clients must not land there.
            if (!stop.Stopping) sockets.Pause();
            return stop.Leave();
        }
    }

    private static long NowMs => Environment.TickCount64;
}
