using System;
using System.Globalization;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin;

/// <summary>
/// What Runtime API commands may ask of the engine. Filled once by the service, read by the admin thread.
/// </summary>
public sealed class AdminServices
{
    /// <summary>What runs.</summary>
    public CompiledConfiguration Configuration { get; init; } = new();

    /// <summary>As <c>show version</c> and <c>show info</c> give it: <c>3.5-sluice-0.1.0</c>.</summary>
    public string Version { get; init; } = "3.5-sluice";

    /// <summary>Day of the newest source: <c>2026/11/20</c>.</summary>
    public string ReleaseDate { get; init; } = "";

    /// <summary>Bytes of a command line at most: <c>tune.bufsize</c>.</summary>
    public int LineMax { get; init; } = 16384;

    /// <summary>What was told while the process started.</summary>
    public Func<string> StartMessages { get; init; } = static () => "";

    /// <summary>Warnings since the start.</summary>
    public Func<int> Warnings { get; init; } = static () => 0;

    /// <summary>Sends a line of a syslog level to the targets of the <c>global</c> section.</summary>
    public Action<int, string> Log { get; init; } = static (_, _) => { };

    /// <summary><c>debug dev</c> commands since the start.</summary>
    public int DebugCommandsIssued;

    /// <summary>What was used that developers should know of, as <c>show info</c> tells it; see the constants.</summary>
    public int Tainted;

    public const int TaintedByExpert = 4;
    public const int TaintedByExperiment = 8;

    /// <summary>Figures of the process, read when asked for.</summary>
    public Func<ProcessReport> Report { get; init; } = static () => default;

    /// <summary>The running engine; null before it runs, as where nothing but the session is tested.</summary>
    public Func<EngineAccess?> Engine { get; init; } = static () => null;

    /// <summary>The listening sockets, for a process that takes over; null where nothing but the session is tested.</summary>
    public Func<ListeningSockets?> Sockets { get; init; } = static () => null;

    /// <summary>What names are hidden with where a command names no key: <c>anonkey</c>; 0: a random one.</summary>
    public uint AnonymousKey { get; set; }

    /// <summary>Called every second by the admin thread, to measure rates.</summary>
    public Action EverySecond { get; init; } = static () => { };

    /// <summary>How long the process has run: <c>0:00:01:02</c>, days first.</summary>
    public string UptimeText()
    {
        TimeSpan uptime = TimeSpan.FromMilliseconds(Report().UptimeMs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)uptime.TotalDays}:{uptime.Hours:00}:{uptime.Minutes:00}:{uptime.Seconds:00}");
    }
}
