using System.Collections.Generic;

namespace Engine.Runtime.CommandLine;

/// <summary>The command line, read (management guide section 3). What the configuration may set too wins here.</summary>
public sealed class Options
{
    public RunMode Mode;

    /// <summary><c>-f</c>, and what follows <c>--</c>: files and directories in order.</summary>
    public readonly List<string> Files = [];

    /// <summary><c>-cc</c>'s expression.</summary>
    public string Condition = "";

    /// <summary>Text that <see cref="RunMode.Version"/> prints.</summary>
    public string VersionText = "";

    /// <summary><c>-d</c>: foreground, with more to say.</summary>
    public bool Debug;

    /// <summary><c>-db</c>: stay in the foreground whatever the configuration says.</summary>
    public bool Foreground;

    /// <summary><c>-D</c>: run in the background.</summary>
    public bool Daemon;

    /// <summary><c>-q</c>: no messages.</summary>
    public bool Quiet;

    /// <summary><c>-V</c>: more messages, also when the configuration says quiet.</summary>
    public bool Verbose;

    /// <summary><c>-dW</c>: any warning is an error.</summary>
    public bool ZeroWarning;

    /// <summary><c>-dD</c>: diagnostic messages are shown.</summary>
    public bool Diagnostics;

    /// <summary><c>-dr</c>: servers whose name has no address start in maintenance instead of being refused.</summary>
    public bool IgnoresResolutionFailures;

    /// <summary><c>-4</c>: names resolve to IPv4 addresses alone.</summary>
    public bool Ipv4Only;

    /// <summary><c>-dL</c>: the object files that are loaded go to standard output.</summary>
    public bool ListsObjects;

    /// <summary><c>-dI</c>: as <c>insecure-fork-wanted</c>.</summary>
    public bool WantsFork;

    /// <summary><c>-dM</c>: the byte fresh memory is filled with; -1: none.</summary>
    public int PoisonByte = -1;

    /// <summary><c>-p</c>; null when not given.</summary>
    public string? PidFile;

    /// <summary><c>-C</c>; null when not given.</summary>
    public string? Directory;

    /// <summary><c>-L</c>; null when not given.</summary>
    public string? LocalPeer;

    /// <summary><c>-n</c>: process-wide connections; 0 when not given.</summary>
    public int MaxConnections;

    /// <summary><c>-N</c>: connections of a proxy that has no maxconn of its own; 0 when not given.</summary>
    public int ProxyMaxConnections;

    /// <summary><c>-m</c>: megabytes of memory; 0 when not given.</summary>
    public int MemoryMegabytes;

    /// <summary><c>-sf</c> and <c>-st</c>: the processes to tell once this one serves.</summary>
    public int[] OldPids = [];

    /// <summary>The processes are to stop at once (<c>-st</c>) rather than to finish (<c>-sf</c>).</summary>
    public bool TerminatesOldPids;

    /// <summary><c>-x</c>: the statistics socket of the process to take the listening sockets from; null: none.</summary>
    public string? OldSocket;

    /// <summary><c>-dK</c>: classes of words to list, null when not given.</summary>
    public string? KeywordClasses;

    /// <summary><c>-dU</c>: the kernel back end to use, null: by <c>engine.ini</c>, else the best there is.</summary>
    public string? KernelBackEnd;

    /// <summary><c>-di</c>: where <c>engine.ini</c> stands; null: beside the first configuration file.</summary>
    public string? EngineIni;

    /// <summary><c>-dC</c>: the words of each line go to standard output while it is read.</summary>
    public bool DumpsLines;
}
