using Engine.Runtime.Kernel;
using Engine.Runtime.Process;

namespace Engine.Runtime;

/// <summary>What the command line and engine.ini say about running, beside the configuration itself.</summary>
public sealed record ServiceSettings
{
    /// <summary>The back end asked for; Automatic takes io_uring where it is allowed.</summary>
    public KernelKind Kernel { get; init; }

    /// <summary><c>-sf</c>, <c>-st</c>.</summary>
    public OldProcesses? OldProcesses { get; init; }

    /// <summary><c>-x</c>: whom to take listening sockets from; null: nobody.</summary>
    public string? OldSocket { get; init; }

    /// <summary>The daemon's half of <c>-D</c>, null in the foreground.</summary>
    public DaemonRole? Daemon { get; init; }

    /// <summary><c>-p</c>; else the file's <c>pidfile</c>.</summary>
    public string? PidFile { get; init; }

    /// <summary><c>-n</c>: overrides <c>maxconn</c>; 0: not given.</summary>
    public int MaxConnections { get; init; }

    /// <summary><c>-m</c>, megabytes; 0: not given.</summary>
    public int MemoryMegabytes { get; init; }

    /// <summary>How long a thread may look for work before it sleeps, where that pays, microseconds; 0: never.</summary>
    public int SpinMicroseconds { get; init; }

    /// <summary>Threads are pinned to CPUs even without <c>cpu-map</c>.</summary>
    public bool Pin { get; init; } = true;
}
