using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.Admin;
using Engine.Runtime.Process;

namespace Engine.Runtime;

/// <summary>Sums the counters of all threads into what <c>show info</c> tells.</summary>
public sealed class ProcessFigures(CompiledConfiguration configuration, SharedWorld shared, WorkerThreads workers)
{
    private readonly long startedMs = Environment.TickCount64;
    private readonly long startedMicroseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;

    public unsafe ProcessReport Take()
    {
        ProcessReport report = new()
        {
            Threads = shared.Threads,
            UptimeMs = Environment.TickCount64 - startedMs,
            StartMicroseconds = startedMicroseconds,
            DescriptorLimit = DescriptorLimit.Current().Soft,
            MaxConnections = (int)shared.ConnectionsMax,
            MaxConnectionsAtStart = (int)shared.ConnectionsMax,
            Connections = Volatile.Read(ref shared.Process.Connections),
            Listeners = configuration.Listeners.Length,
        };
        foreach (World world in workers.Worlds)
        {
            report.ConnectionsTotal += world.Counters->Connections;
            report.RequestsTotal += world.Counters->Requests;
            report.StreamsTotal += world.Counters->Requests;
            report.Streams += world.Streams.Count;
            report.BuffersExhausted += world.Counters->BuffersExhausted;
            report.DroppedLogs += world.Counters->DroppedLogs;
            report.Stopping |= world.Stopping;
            foreach (Proxy proxy in configuration.Proxies)
                report.BytesOut += world.ProxyCounters[proxy.Number].FrontendBytesOut;
        }
        return report;
    }
}
