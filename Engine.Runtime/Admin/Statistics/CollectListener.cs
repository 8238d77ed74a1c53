using System;
using Engine.Data.Configuration;
using Engine.Data.Counters;
using Engine.Data.Kernel;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>Makes the line of a listener: <c>option socket-stats</c>.</summary>
internal static unsafe class CollectListener
{
    public static StatLine Run(EngineAccess engine, Proxy proxy, Listener listener, StatLine? again)
    {
        StatLine line = StatLine.Begin(again, StatKind.Listener, proxy, listener.Id);
        ListenerCounters sum = Sum(engine, listener.Number, out int open);
        CollectStats.Common(line, proxy, listener.Name.Length > 0 ? listener.Name : $"sock-{listener.Id}");
        line.Set("scur", open);
        line.Set("smax", Math.Max(open, sum.ConnectionsMax));
        line.Set("slim", listener.MaxConnections);
        line.Set("stot", sum.Connections);
        CollectStats.Bytes(line, sum.BytesIn, sum.BytesOut);
        line.Set("dreq", sum.DeniedRequests);
        line.Set("dresp", sum.DeniedResponses);
        line.Set("ereq", sum.FailedRequests);
        string? closed = CollectStats.FrontendStatus(engine, proxy);
        bool isFull = listener.MaxConnections > 0 && open >= listener.MaxConnections;
        line.Set("status", closed ?? (isFull ? "FULL" : "OPEN"));
        if (listener.Path is not null) line.Set("addr", "unix");
        else line.Set("addr", listener.Address);
        line.Set("proto", listener.Path is not null ? "unix_stream"
            : listener.Address.Family == AddressFamily.Inet6 ? "tcpv6" : "tcpv4");
        line.Set("conn_tot", sum.Connections);
        line.Set("dcon", sum.DeniedConnections);
        line.Set("wrew", sum.FailedEdits);
        line.Zero("dses", "eint");
        CollectStats.Tls(line, sum.Tls);
        return line;
    }

    private static ListenerCounters Sum(EngineAccess engine, int number, out int open)
    {
        ListenerCounters sum = default;
        open = 0;
        foreach (World world in engine.Worlds)
        {
            ref ListenerCounters own = ref world.ListenerCounters[number];
            ref ListenerCounters cleared = ref engine.Cleared.Listener(world.Thread, number);
            sum.Connections += own.Connections - cleared.Connections;
            sum.BytesIn += own.BytesIn - cleared.BytesIn;
            sum.BytesOut += own.BytesOut - cleared.BytesOut;
            sum.FailedEdits += own.FailedEdits - cleared.FailedEdits;
            sum.DeniedRequests += own.DeniedRequests - cleared.DeniedRequests;
            sum.DeniedResponses += own.DeniedResponses - cleared.DeniedResponses;
            sum.FailedRequests += own.FailedRequests - cleared.FailedRequests;
            sum.DeniedConnections += own.DeniedConnections - cleared.DeniedConnections;
            sum.Tls.Add(own.Tls, cleared.Tls);
            sum.ConnectionsMax = Math.Max(sum.ConnectionsMax, own.ConnectionsMax);
            open += world.Listeners[(uint)number].Connections;
        }
        return sum;
    }
}
