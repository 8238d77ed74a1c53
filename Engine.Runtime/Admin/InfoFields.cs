using System;
using System.Globalization;

namespace Engine.Runtime.Admin;

/// <summary>
/// The lines of <c>show info</c>, as many and in the order the reference has them: exporters match them by
/// name and by position. What belongs to something this program does not have yet counts 0, which is true.
/// </summary>
internal static class InfoFields
{
    public static readonly InfoField[] All =
    [
        new(0, "Name", "POSV", "str", "Name that tools know the product by", static _ => "HAProxy"),
        new(
            1, "Version", "POSV", "str", "Version compatible with, and our own",
            static s => s.Services.Version),
        new(
            2, "Release_date", "POSV", "str", "Day of the newest source",
            static s => s.Services.ReleaseDate),
        new(3, "Nbthread", "CGSV", "u32", "Worker threads (nbthread)", static s => N(s.Report.Threads)),
        new(4, "Nbproc", "CGSV", "u32", "Worker processes, always 1", static _ => "1"),
        new(5, "Process_num", "KGPV", "u32", "Number of this worker process, always 1", static _ => "1"),
        new(6, "Pid", "SGPV", "u32", "Process number", static _ => N(Environment.ProcessId)),
        new(7, "Uptime", "MDPV", "str", "Since the start, in days, hours, minutes and seconds", Uptime),
        new(
            8, "Uptime_sec", "MDPV", "u32", "Since the start, seconds",
            static s => s.Seconds(s.Report.UptimeMs * 1000)) { HasFraction = true },
        new(
            9, "Memmax_MB", "CLPV", "u32", "Memory limit in megabytes (-m), 0 for none",
            static s => N(s.Report.MemoryMaxMegabytes)),
        new(
            10, "PoolAlloc_MB", "MGPV", "u32", "Megabytes of buffers and tables held",
            static s => N(s.Report.MemoryHeldBytes >> 20)),
        new(
            11, "PoolUsed_MB", "MGPV", "u32", "Megabytes of buffers and tables in use",
            static s => N(s.Report.MemoryUsedBytes >> 20)),
        new(
            12, "PoolFailed", "MCPV", "u32", "Receives put off for want of a buffer",
            static s => N(s.Report.BuffersExhausted)),
        new(
            13, "Ulimit-n", "CLPV", "u32", "Descriptors the process may open",
            static s => N(s.Report.DescriptorLimit)),
        new(
            14, "Maxsock", "CLPV", "u32", "Descriptors the configuration may need",
            static s => N(s.Report.DescriptorsNeeded)),
        new(
            15, "Maxconn", "CLPV", "u32", "Client connections at most (maxconn)",
            static s => N(s.Report.MaxConnections)),
        new(
            16, "Hard_maxconn", "CLPV", "u32", "Client connections at most, as at the start",
            static s => N(s.Report.MaxConnectionsAtStart)),
        new(17, "CurrConns", "MGPV", "u32", "Client connections", static s => N(s.Report.Connections)),
        new(
            18, "CumConns", "MCPV", "u32", "Client connections since the start",
            static s => N(s.Report.ConnectionsTotal)),
        new(19, "CumReq", "MCPV", "u32", "Requests since the start", static s => N(s.Report.RequestsTotal)),
        new(
            20, "MaxSslConns", "MMPV", "u32", "TLS connections at most, 0 for no limit",
            static s => N(s.Report.Tls.ConnectionsMax)),
        new(
            21, "CurrSslConns", "MGPV", "u32", "TLS connections",
            static s => N(s.Report.Tls.Connections)),
        new(
            22, "CumSslConns", "MCPV", "u32", "TLS connections since the start",
            static s => N(s.Report.Tls.ConnectionsTotal)),
        new(23, "Maxpipes", "CLPV", "u32", "Pipes for splicing at most", static s => N(s.Report.PipesMax)),
        new(24, "PipesUsed", "MGPV", "u32", "Pipes in use", static s => N(s.Report.PipesUsed)),
        new(25, "PipesFree", "MGPV", "u32", "Pipes kept for use", static s => N(s.Report.PipesKept)),
        new(
            26, "ConnRate", "MRPV", "u32", "Client connections in the last second",
            static s => N(s.Report.ConnectionRate)) { HasFraction = true },
        new(27, "ConnRateLimit", "CLPV", "u32", "Most client connections a second (maxconnrate)",
            static s => N(s.Report.ConnectionRateLimit)),
        new(
            28, "MaxConnRate", "MMPV", "u32", "Highest ConnRate so far",
            static s => N(s.Report.ConnectionRateMax)),
        new(
            29, "SessRate", "MRPV", "u32", "Sessions in the last second",
            static s => N(s.Report.SessionRate)) { HasFraction = true },
        new(30, "SessRateLimit", "CLPV", "u32", "Most sessions a second (maxsessrate)",
            static s => N(s.Report.SessionRateLimit)),
        new(
            31, "MaxSessRate", "MRPV", "u32", "Highest SessRate so far",
            static s => N(s.Report.SessionRateMax)),
        new(
            32, "SslRate", "MRPV", "u32", "TLS connections in the last second",
            static s => N(s.Report.Tls.ClientRate)) { HasFraction = true },
        new(
            33, "SslRateLimit", "CLPV", "u32", "Most TLS connections a second (maxsslrate)",
            static s => N(s.Report.Tls.RateLimit)),
        new(
            34, "MaxSslRate", "MMPV", "u32", "Highest SslRate so far",
            static s => N(s.Report.Tls.ClientRateMax)),
        new(
            35, "SslFrontendKeyRate", "MGPV", "u32", "Keys computed for clients in the last second",
            static s => N(s.Report.Tls.ClientKeyRate)) { HasFraction = true },
        new(
            36, "SslFrontendMaxKeyRate", "MMPV", "u32", "Highest SslFrontendKeyRate so far",
            static s => N(s.Report.Tls.ClientKeyRateMax)),
        new(
            37, "SslFrontendSessionReuse_pct", "MGPV", "u32", "Client TLS sessions resumed, percent",
            static s => N(s.Report.Tls.ReusePercent)) { HasFraction = true },
        new(
            38, "SslBackendKeyRate", "MRPV", "u32", "Keys computed for servers in the last second",
            static s => N(s.Report.Tls.ServerKeyRate)) { HasFraction = true },
        new(
            39, "SslBackendMaxKeyRate", "MMPV", "u32", "Highest SslBackendKeyRate so far",
            static s => N(s.Report.Tls.ServerKeyRateMax)),
        new(
            40, "SslCacheLookups", "MCPV", "u32", "Look-ups in the TLS session cache",
            static s => N(s.Report.Tls.CacheLookups)),
        new(
            41, "SslCacheMisses", "MCPV", "u32", "Look-ups that found nothing",
            static s => N(s.Report.Tls.CacheMisses)),
        new(42, "CompressBpsIn", "MRPV", "u32", "Bytes given to compression in the last second", Zero) { HasFraction = true },
        new(
            43, "CompressBpsOut", "MRPV", "u32", "Bytes that came out of compression in the last second",
            Zero) { HasFraction = true },
        new(
            44, "CompressBpsRateLim", "CLPV", "u32", "Bytes a second above which nothing is compressed",
            Zero),
        new(
            47, "Tasks", "MGPV", "u32", "Connections and streams that have timers or work",
            static s => N(s.Report.Connections + s.Report.Streams)),
        new(48, "Run_queue", "MGPV", "u32", "Work waiting at this moment", Zero),
        new(
            49, "Idle_pct", "MaPV", "u32", "Share of the last second spent asleep, percent",
            static s => N(s.Report.IdlePercent)),
        new(
            50, "node", "COSV", "str", "Name of the node (node)",
            static s => s.Services.Configuration.Globals.Node ?? Environment.MachineName),
        new(51, "description", "COSV", "str", "What the operator says of it (description)", Description),
        new(
            52, "Stopping", "MGPV", "u32", "1 while the process finishes, else 0",
            static s => s.Report.Stopping ? "1" : "0"),
        new(
            53, "Jobs", "MGPV", "u32", "Client connections and listeners",
            static s => N(s.Report.Connections + s.Report.Listeners)),
        new(54, "Unstoppable Jobs", "MGPV", "u32", "Jobs that a stop does not wait for", Zero),
        new(55, "Listeners", "MGPV", "u32", "Listening sockets", static s => N(s.Report.Listeners)),
        new(56, "ActivePeers", "MGPV", "u32", "Peers connections that are verified", Zero),
        new(57, "ConnectedPeers", "MGPV", "u32", "Peers connections that are established", Zero),
        new(
            58, "DroppedLogs", "MGPV", "u32", "Log lines that no target took, since the start",
            static s => N(s.Report.DroppedLogs)),
        new(59, "BusyPolling", "MGPV", "u32", "1 where threads never sleep, else 0", Zero),
        new(60, "FailedResolutions", "MGPV", "u32", "Failed DNS resolutions since the start", Zero),
        new(
            61, "TotalBytesOut", "MGPV", "u64", "Bytes sent since the start",
            static s => N(s.Report.BytesOut)),
        new(
            62, "TotalSplicedBytesOut", "MGPV", "u64", "Bytes sent through a kernel pipe since the start",
            static s => N(s.Report.BytesSpliced)),
        new(
            63, "BytesOutRate", "MRPV", "u64", "Bytes sent in the last second",
            static s => N(s.Report.BytesOutRate)),
        new(
            64, "DebugCommandsIssued", "MGPV", "u32", "Debug commands used on this process",
            static s => N(s.Services.DebugCommandsIssued)),
        new(65, "CumRecvLogs", "MCPV", "u32", "Log messages received for forwarding", Zero),
        new(66, "Build info", "POSV", "str", "What this was built from", static s => s.Services.Version),
        new(
            67, "Memmax_bytes", "CLPV", "u32", "Memory limit in bytes (-m), 0 for none",
            static s => N((long)s.Report.MemoryMaxMegabytes << 20)),
        new(
            68, "PoolAlloc_bytes", "MGPV", "u64", "Bytes of buffers and tables held",
            static s => N(s.Report.MemoryHeldBytes)),
        new(
            69, "PoolUsed_bytes", "MGPV", "u64", "Bytes of buffers and tables in use",
            static s => N(s.Report.MemoryUsedBytes)),
        new(
            70, "Start_time_sec", "MDPV", "u32", "Time of the start, seconds since 1970",
            static s => s.Seconds(s.Report.StartMicroseconds)) { HasFraction = true },
        new(71, "Tainted", "SGPV", "str", "What was done that developers should know of", Tainted),
        new(72, "TotalWarnings", "MCPV", "u32", "Warnings since the start", static s => N(s.Services.Warnings())),
        new(
            73, "MaxconnReached", "MCPV", "u32", "Times that maxconn held a client back",
            static s => N(s.Report.MaxConnectionsReached)),
        new(
            74, "BootTime_ms", "MDPV", "u32", "From the start until ready, milliseconds",
            static s => N(s.Report.BootMs)),
        new(75, "Niced_tasks", "MGPV", "u32", "Work waiting that has a priority of its own", Zero),
        new(76, "CurrStreams", "MGPV", "u64", "Streams", static s => N(s.Report.Streams)),
        new(
            77, "CumStreams", "MGPV", "u64", "Streams since the start",
            static s => N(s.Report.StreamsTotal)),
        new(78, "BlockedTrafficWarnings", "MGPV", "u32", "Times that a thread held up traffic", Zero),
        new(79, "PatternsAdded", "MGPV", "u64", "Patterns of ACLs and maps added", Zero),
        new(80, "PatternsFreed", "MGPV", "u64", "Patterns of ACLs and maps removed", Zero),
        new(81, "NbThreadGroups", "CGSV", "u32", "Groups of threads, always 1", static _ => "1"),
    ];

    private static string N(long value) => InfoSource.Text(value);

    private static string N(ulong value) => InfoSource.Text(value);

    private static string Zero(InfoSource source) => "0";

    private static string Tainted(InfoSource source) => source.Services.Tainted is not 0 and int flags ? $"0x{flags:x}" : "0";

    private static string Uptime(InfoSource source)
    {
        TimeSpan uptime = TimeSpan.FromMilliseconds(source.Report.UptimeMs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)uptime.TotalDays}d {uptime.Hours}h{uptime.Minutes:00}m{uptime.Seconds:00}s");
    }

    /// <summary>Left out where the configuration has none.</summary>
    private static string? Description(InfoSource source) =>
        source.Services.Configuration.Globals.Description;
}
