using System;
using System.Threading;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.Admin;
using Engine.Runtime.Process;
using Engine.Systems.Tls;

namespace Engine.Runtime;

/// <summary>
/// Sums the counters of all threads into what <c>show info</c> tells. It reads while the threads write: a
/// figure may be a moment old, never torn.
/// </summary>
/// <param name="configuration">What runs.</param>
/// <param name="shared">Counts that threads share.</param>
/// <param name="workers">Counts of each thread.</param>
/// <param name="beganMs">When the start began, by Environment.TickCount64.</param>
/// <param name="descriptorsNeeded">What <c>maxconn</c> may come to take.</param>
public sealed unsafe class ProcessFigures(
    CompiledConfiguration configuration,
    SharedWorld shared,
    WorkerThreads workers,
    long beganMs,
    long descriptorsNeeded)
{
    private readonly long startedMs = Environment.TickCount64;
    private readonly long startedMicroseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;

    private RateMeter connections;
    private RateMeter sessions;
    private RateMeter bytes;
    private RateMeter processor;
    private RateMeter tlsClients;
    private RateMeter tlsClientKeys;
    private RateMeter tlsServerKeys;

    /// <summary><c>-m</c>; 0: no limit.</summary>
    public int MemoryMegabytes { get; init; }

    /// <summary>
    /// Measures rates: to be called about every second, by the thread that asks for figures.
    /// </summary>
    public void Sample()
    {
        ProcessReport report = Count();
        long nowMs = Environment.TickCount64;
        connections.Sample(report.ConnectionsTotal, nowMs);
        sessions.Sample(report.StreamsTotal, nowMs);
        bytes.Sample(report.BytesOut, nowMs);
        tlsClients.Sample(report.Tls.ClientsTotal, nowMs);
        tlsClientKeys.Sample(report.Tls.ClientKeysTotal, nowMs);
        tlsServerKeys.Sample(report.Tls.ServerKeysTotal, nowMs);
        processor.Sample((ulong)Environment.CpuUsage.TotalTime.TotalMicroseconds, nowMs);
    }

    public ProcessReport Take()
    {
        ProcessReport report = Count();
        long nowMs = Environment.TickCount64;
        TlsReport tls = report.Tls;
        report.ConnectionRate = (long)connections.Current(report.ConnectionsTotal, nowMs);
        report.ConnectionRateMax = (long)connections.Highest(report.ConnectionsTotal, nowMs);
        report.ConnectionRateLimit = shared.Process.ConnectionRateMax;
        report.SessionRateLimit = shared.Process.SessionRateMax;
        report.SessionRate = (long)sessions.Current(report.StreamsTotal, nowMs);
        report.SessionRateMax = (long)sessions.Highest(report.StreamsTotal, nowMs);
        report.BytesOutRate = bytes.Current(report.BytesOut, nowMs);
        report.Tls = tls with
        {
            ClientRate = tlsClients.Current(tls.ClientsTotal, nowMs),
            ClientRateMax = tlsClients.Highest(tls.ClientsTotal, nowMs),
            ClientKeyRate = tlsClientKeys.Current(tls.ClientKeysTotal, nowMs),
            ClientKeyRateMax = tlsClientKeys.Highest(tls.ClientKeysTotal, nowMs),
            ServerKeyRate = tlsServerKeys.Current(tls.ServerKeysTotal, nowMs),
            ServerKeyRateMax = tlsServerKeys.Highest(tls.ServerKeysTotal, nowMs),
        };
        // Microseconds of processor time in a second of each thread.
        ulong busyPercent = processor.Rate / (ulong)Math.Max(1, report.Threads) / 10_000;
        report.IdlePercent = busyPercent >= 100 ? 0 : 100 - (int)busyPercent;
        return report;
    }

    private ProcessReport Count()
    {
        ProcessReport report = new()
        {
            Threads = shared.Threads,
            MemoryMaxMegabytes = MemoryMegabytes,
            UptimeMs = Environment.TickCount64 - beganMs,
            BootMs = startedMs - beganMs,
            StartMicroseconds = startedMicroseconds,
            DescriptorLimit = DescriptorLimit.Current().Soft,
            DescriptorsNeeded = descriptorsNeeded,
            MaxConnections = (int)shared.ConnectionsLimit,
            MaxConnectionsAtStart = (int)shared.ConnectionsMax,
            PipesMax = configuration.Globals.PipesOfThread(shared.Threads) * shared.Threads,
            Connections = Volatile.Read(ref shared.Process.Connections),
            Listeners = configuration.Listeners.Length + configuration.Globals.AdminSockets.Length,
        };
        TlsReport tls = new()
        {
            ConnectionsMax = configuration.Globals.TlsConnectionsMax,
            RateLimit = configuration.Globals.TlsRateMax,
            Connections = Volatile.Read(ref shared.Process.TlsConnections),
            CacheLookups = SessionCache.Lookups,
            CacheMisses = SessionCache.Misses,
        };
        foreach (World world in workers.Worlds)
        {
            tls.ConnectionsTotal += world.Counters->TlsConnections;
            tls.ClientsTotal += world.Counters->TlsClients;
            tls.ClientKeysTotal += world.Counters->TlsClientKeys;
            tls.ServerKeysTotal += world.Counters->TlsServerKeys;
            report.ConnectionsTotal += world.Counters->Connections;
            report.RequestsTotal += world.Counters->Requests;
            report.StreamsTotal += world.Counters->Requests;
            report.Streams += world.Streams.Count;
            report.BuffersExhausted += world.Counters->BuffersExhausted;
            report.DroppedLogs += world.Counters->DroppedLogs;
            report.BytesSpliced += world.Counters->BytesSpliced;
            report.PipesUsed += world.Pipes.Lent;
            report.PipesKept += world.Pipes.Kept;
            report.Stopping |= world.Stopping;
            report.BytesOut += world.Counters->BytesOut;
            report.MemoryUsedBytes += BytesLent(world);
        }
        report.Tls = tls;
        // Buffers that were returned stay mapped, but nobody counts them.
        report.MemoryHeldBytes = report.MemoryUsedBytes;
        if (report.Stopping) report.Listeners = 0;
        report.Stopping |= Volatile.Read(ref shared.Process.Stopping) != 0; // also in the time of grace
        return report;
    }

    private static long BytesLent(World world)
    {
        long lent = 0;
        ReadOnlySpan<BufferClass> kinds = [BufferClass.Small, BufferClass.Standard, BufferClass.Large];
        foreach (BufferClass kind in kinds)
            lent += world.Buffers.LentOf(kind) * (long)world.Buffers.SizeOf(kind);
        return lent;
    }
}
