using System.Collections.Generic;

namespace Engine.Runtime.CommandLine;

/// <summary>The command line, read (management guide section 3). What the configuration may set too wins here.</summary>
public sealed class Options
{
    public RunMode Mode { get; set; }

    /// <summary><c>-f</c>, and what follows <c>--</c>: files and directories in order.</summary>
    public List<string> Files { get; } = [];

    /// <summary><c>-cc</c>'s expression.</summary>
    public string Condition { get; set; } = "";

    /// <summary>Text that <see cref="RunMode.Version"/> prints.</summary>
    public string VersionText { get; set; } = "";

    /// <summary><c>-d</c>: foreground, with more to say.</summary>
    public bool Debug { get; set; }

    /// <summary><c>-db</c>: stay in the foreground whatever the configuration says.</summary>
    public bool Foreground { get; set; }

    /// <summary><c>-D</c>: run in the background.</summary>
    public bool Daemon { get; set; }

    /// <summary><c>-q</c>: no messages.</summary>
    public bool Quiet { get; set; }

    /// <summary><c>-V</c>: more messages, also when the configuration says quiet.</summary>
    public bool Verbose { get; set; }

    /// <summary><c>-dW</c>: any warning is an error.</summary>
    public bool ZeroWarning { get; set; }

    /// <summary><c>-dD</c>: diagnostic messages are shown.</summary>
    public bool Diagnostics { get; set; }

    /// <summary><c>-dr</c>: servers whose name has no address start in maintenance instead of being refused.</summary>
    public bool IgnoresResolutionFailures { get; set; }

    /// <summary><c>-4</c>: names resolve to IPv4 addresses alone.</summary>
    public bool Ipv4Only { get; set; }

    /// <summary><c>-dM</c>: the byte fresh memory is filled with; -1: none.</summary>
    public int PoisonByte { get; set; } = -1;

    /// <summary><c>-p</c>; null when not given.</summary>
    public string? PidFile { get; set; }

    /// <summary><c>-C</c>; null when not given.</summary>
    public string? Directory { get; set; }

    /// <summary><c>-L</c>; null when not given.</summary>
    public string? LocalPeer { get; set; }

    /// <summary><c>-n</c>: process-wide connections; 0 when not given.</summary>
    public int MaxConnections { get; set; }

    /// <summary><c>-N</c>: connections of a proxy that has no maxconn of its own; 0 when not given.</summary>
    public int ProxyMaxConnections { get; set; }

    /// <summary><c>-m</c>: megabytes of memory; 0 when not given.</summary>
    public int MemoryMegabytes { get; set; }

    /// <summary><c>-sf</c> and <c>-st</c>: the processes to tell once this one serves.</summary>
    public int[] OldPids { get; set; } = [];

    /// <summary>The processes are to stop at once (<c>-st</c>) rather than to finish (<c>-sf</c>).</summary>
    public bool TerminatesOldPids { get; set; }

    /// <summary><c>-dK</c>: classes of words to list, null when not given.</summary>
    public string? KeywordClasses { get; set; }

    /// <summary><c>-dU</c>: the kernel back end to use, null: by <c>engine.ini</c>, else the best there is.</summary>
    public string? KernelBackEnd { get; set; }

    /// <summary><c>-di</c>: where <c>engine.ini</c> stands; null: beside the first configuration file.</summary>
    public string? EngineIni { get; set; }
}
