using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Counters;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>Makes the lines of the statistics from the counters of all threads, in the order of the configuration.</summary>
internal static unsafe class CollectStats
{
    /// <summary>The same as long as somebody waits for them, which is asked before each.</summary>
    public static IEnumerable<StatLine> InTurn(EngineAccess engine, StatFilter filter, Func<bool> isWanted)
    {
        foreach (StatLine line in Run(engine, filter, new StatLine(StatKind.Frontend, new Proxy(), 0)))
        {
            if (!isWanted()) yield break;
            yield return line;
        }
    }

    /// <summary>All lines that a filter lets through, each of which is good until the next is asked for.</summary>
    public static IEnumerable<StatLine> InTurn(EngineAccess engine, StatFilter filter) =>
        Run(engine, filter, new StatLine(StatKind.Frontend, new Proxy(), 0));

    /// <summary>All lines that a filter lets through.</summary>
    /// <param name="engine">What runs.</param>
    /// <param name="filter">Which lines.</param>
    /// <param name="again">Used for every line; null: each line is one of its own.</param>
    public static IEnumerable<StatLine> Run(EngineAccess engine, StatFilter filter, StatLine? again = null)
    {
        foreach (Proxy proxy in engine.Configuration.Proxies)
        {
            if (!filter.TakesProxy(proxy)) continue;
            bool front = (proxy.Capabilities & ProxyCapabilities.Frontend) != 0;
            bool back = (proxy.Capabilities & ProxyCapabilities.Backend) != 0;
            if (front && filter.TakesKind(StatKind.Frontend)) yield return Frontend(engine, proxy, again);
            if (front && (proxy.Options & ProxyOptions.SocketStatistics) != 0 && filter.TakesKind(StatKind.Listener))
            {
                foreach (int number in proxy.Listeners)
                {
                    Listener listener = engine.Configuration.Listeners[number];
                    if (filter.Takes(StatKind.Listener, listener.Id)) yield return CollectListener.Run(engine, proxy, listener, again);
                }
            }
            if (back && filter.TakesKind(StatKind.Server))
            {
                foreach (int number in proxy.Servers)
                {
                    if (!IsThere(engine, proxy, number, out Server server)) continue;
                    if (!filter.Takes(StatKind.Server, server.Id)) continue;
                    StatLine line = CollectServer.Run(engine, proxy, server, again);
                    if (filter.TakesLine(line)) yield return line;
                }
            }
            if (back && filter.TakesKind(StatKind.Backend)) yield return Backend(engine, proxy, filter, again);
        }
    }

    /// <summary>
    /// A server of a list that was read a while ago. False: it was deleted since, and its number may have been given
    /// to a server of another backend.
    /// </summary>
    internal static bool IsThere(EngineAccess engine, Proxy proxy, int number, out Server server)
    {
        server = engine.Configuration.Servers[number];
        return !server.IsRemoved && server.Backend == proxy.Number;
    }

    /// <summary>What is not open; null for what is.</summary>
    internal static string? FrontendStatus(EngineAccess engine, Proxy proxy) =>
        engine.IsStopping || proxy.State == FrontendState.Stopped ? "STOP"
        : proxy.State == FrontendState.Paused ? "PAUSED"
        : null;

    private static StatLine Frontend(EngineAccess engine, Proxy proxy, StatLine? again)
    {
        StatLine line = StatLine.Begin(again, StatKind.Frontend, proxy, 0);
        ProxyCounters sum = Sum(engine, proxy.Number, out StatusCounters status, front: true);
        int limit = proxy.MaxConnections > 0 ? proxy.MaxConnections : engine.Configuration.Globals.MaxConnections;
        int open = Volatile.Read(ref engine.Shared.Proxy(proxy.Number).FrontendConnections);
        Common(line, proxy, "FRONTEND");
        line.Set("scur", open);
        line.Set("smax", Math.Max(open, sum.ConnectionsMax));
        line.Set("slim", limit);
        line.Set("stot", sum.Connections);
        Bytes(line, sum.FrontendBytesIn, sum.FrontendBytesOut);
        line.Set("dreq", sum.DeniedRequests);
        line.Set("dresp", sum.DeniedResponses);
        line.Set("ereq", sum.FailedRequests);
        line.Set("status", FrontendStatus(engine, proxy) ?? (open >= limit && limit > 0 ? "FULL" : "OPEN"));
        line.Set("rate", engine.Rates.Connections(proxy.Number).Rate);
        line.Set("rate_lim", proxy.SessionRateMax);
        line.Set("rate_max", engine.Rates.Connections(proxy.Number).Max);
        line.Set("conn_rate", engine.Rates.Connections(proxy.Number).Rate);
        line.Set("conn_rate_max", engine.Rates.Connections(proxy.Number).Max);
        line.Set("conn_tot", sum.Connections);
        line.Set("dcon", sum.DeniedConnections);
        line.Set("wrew", sum.FrontendFailedEdits);
        line.Set("dses", sum.DeniedSessions);
        line.Zero("eint", "sess_other", "h1sess", "h2sess", "h3sess", "req_other", "h1req", "h2req", "h3req");
        line.Zero("comp_in", "comp_out", "comp_byp", "comp_rsp");
        line.Set("req_rate", engine.Rates.Requests(proxy.Number).Rate);
        line.Set("req_rate_max", engine.Rates.Requests(proxy.Number).Max);
        line.Set("req_tot", proxy.Mode == ProxyMode.Http ? sum.Requests : 0);
        if (proxy.Mode == ProxyMode.Http)
        {
            Statuses(line, status);
            line.Set("intercepted", sum.Intercepted);
            line.Zero("cache_lookups", "cache_hits", "cache_hint_hits");
            line.Set("h1sess", sum.ClientHttp1.Connections);
            line.Set("h2sess", sum.ClientHttp2.Connections);
            line.Set("h1req", sum.Requests - Math.Min(sum.Requests, sum.ClientHttp2.Streams));
            line.Set("h2req", sum.ClientHttp2.Streams);
        }
        else line.Set("sess_other", sum.Connections);
        Protocols(line, sum.ClientHttp1, sum.ClientHttp2);
        Tls(line, sum.ClientTls);
        return line;
    }

    private static StatLine Backend(EngineAccess engine, Proxy proxy, StatFilter filter, StatLine? again)
    {
        StatLine line = StatLine.Begin(again, StatKind.Backend, proxy, 0);
        ProxyCounters sum = Sum(engine, proxy.Number, out StatusCounters status, front: false);
        ref SharedProxy shared = ref engine.Shared.Proxy(proxy.Number);
        ref BackendHealth health = ref engine.Shared.Backend(proxy.Number);
        int open = Volatile.Read(ref shared.BackendConnections);
        int queued = Volatile.Read(ref shared.AnyLength);
        bool up = health.Active + health.Backups > 0 || proxy.Servers.Length == 0;
        Common(line, proxy, "BACKEND");
        line.Set("qcur", queued);
        line.Set("qmax", Math.Max(queued, sum.QueueMax));
        line.Set("scur", open);
        line.Set("smax", Math.Max(open, sum.SessionsMax));
        line.Set("slim", FullConnections.Of(engine.Configuration, proxy, engine.Configuration.Globals.MaxConnections));
        line.Set("stot", sum.Sessions);
        Bytes(line, sum.BackendBytesIn, sum.BackendBytesOut);
        line.Set("dreq", sum.BackendDeniedRequests);
        line.Set("dresp", sum.DeniedResponses);
        line.Set("econ", sum.FailedConnections);
        line.Set("eresp", sum.FailedResponses);
        line.Set("wretr", sum.Retries);
        line.Set("wredis", sum.Redispatches);
        string word = (up ? "UP" : "DOWN") + (Volatile.Read(ref proxy.Unpublished) ? " (UNPUB)" : "");
        line.Set("status", filter.OnlyUp || filter.NotInMaintenance ? $"{word} ({UpCount(engine, proxy)}/{proxy.Servers.Length})" : word);
        line.Set("weight", Weight(engine, proxy, backups: health.Active == 0));
        line.Set("act", health.Active);
        line.Set("bck", health.Backups);
        line.Set("chkdown", health.Downs);
        line.Set("lastchg", Seconds(EngineAccess.NowNanoseconds - health.ChangedNanoseconds));
        long down = health.DownNanoseconds + (up ? 0 : EngineAccess.NowNanoseconds - health.ChangedNanoseconds);
        if (proxy.Servers.Length > 0) line.Set("downtime", Seconds(down));
        line.Set("lbtot", sum.LoadBalanced);
        line.Set("rate", engine.Rates.Sessions(proxy.Number).Rate);
        line.Set("rate_max", engine.Rates.Sessions(proxy.Number).Max);
        line.Set("cli_abrt", sum.ClientAborts);
        line.Set("srv_abrt", sum.ServerAborts);
        line.Zero("comp_in", "comp_out", "comp_byp", "comp_rsp");
        line.Set("lastsess", CollectServer.LastSession(LastSession(engine, proxy)));
        CollectServer.Times(line, sum.Times);
        line.Set("algo", AlgorithmName(proxy.Balance));
        line.Set("uweight", health.Active > 0 ? health.ActiveWeight : health.BackupWeight);
        line.Zero("agg_server_status", "agg_server_check_status", "agg_check_status", "eint");
        if (proxy.Cookie is { } cookie) line.Set("cookie", cookie.Name);
        line.Set("wrew", sum.BackendFailedEdits);
        line.Set("connect", sum.ConnectsMade);
        line.Set("reuse", sum.ConnectionsReused);
        if (proxy.Mode == ProxyMode.Http)
        {
            Statuses(line, status);
            line.Set("req_tot", Total(status));
            line.Zero("cache_lookups", "cache_hits", "cache_hint_hits");
        }
        Protocols(line, sum.ServerHttp1, sum.ServerHttp2);
        Tls(line, sum.ServerTls);
        return line;
    }

    /// <summary>Told where lines of servers are left out.</summary>
    private static int UpCount(EngineAccess engine, Proxy proxy)
    {
        int count = 0;
        foreach (int number in proxy.Servers)
            if (StartHealth.IsRunning(engine.Shared.Health(number))) count++;
        return count;
    }

    /// <summary>What the usable servers are given of their weights by now, rounded up.</summary>
    private static int Weight(EngineAccess engine, Proxy proxy, bool backups)
    {
        int sixteenths = 0;
        foreach (int number in proxy.Servers)
        {
            ref ServerHealth health = ref engine.Shared.Health(number);
            if (engine.Configuration.Servers[number].Backup == backups && StartHealth.IsUsable(health))
                sixteenths += health.UserWeight * health.Sixteenths;
        }
        return (sixteenths + 15) / 16;
    }

    internal static void Tls(StatLine line, in TlsCounters counters)
    {
        line.Set("ssl_sess", counters.Full);
        line.Set("ssl_reused_sess", counters.Resumed);
        line.Set("ssl_failed_handshake", counters.Failed);
        line.Set("ssl_ocsp_staple", counters.Stapled);
        line.Set("ssl_failed_ocsp_staple", counters.NotStapled);
    }

    internal static void Bytes(StatLine line, ulong received, ulong sent)
    {
        line.Set("bin", received);
        line.Set("bout", sent);
        line.Set("reqbin", received);
        line.Set("reqbout", received);
        line.Set("resbin", sent);
        line.Set("resbout", sent);
    }

    internal static void Common(StatLine line, Proxy proxy, string name)
    {
        line.Set("pxname", proxy.Name);
        line.Set("svname", name);
        line.Set("pid", 1);
        line.Set("iid", proxy.Id);
        line.Set("sid", line.Id);
        line.Set("type", (long)line.Kind);
        line.Set("mode", proxy.Mode == ProxyMode.Http ? "http" : "tcp");
    }

    internal static void Statuses(StatLine line, in StatusCounters status)
    {
        line.Set("hrsp_1xx", status[1]);
        line.Set("hrsp_2xx", status[2]);
        line.Set("hrsp_3xx", status[3]);
        line.Set("hrsp_4xx", status[4]);
        line.Set("hrsp_5xx", status[5]);
        line.Set("hrsp_other", status[0]);
    }

    /// <summary>All requests that were answered.</summary>
    internal static ulong Total(in StatusCounters status)
    {
        ulong total = 0;
        for (int i = 0; i < 6; i++) total += status[i];
        return total;
    }

    internal static long Seconds(long nanoseconds) => Math.Max(0, nanoseconds / 1_000_000_000);

    private static void Protocols(StatLine line, in Http1Counters http1, in Http2Counters http2)
    {
        line.Set("h2_headers_rcvd", http2.Headers);
        line.Set("h2_data_rcvd", http2.Data);
        line.Set("h2_settings_rcvd", http2.Settings);
        line.Set("h2_rst_stream_rcvd", http2.Resets);
        line.Set("h2_goaway_rcvd", http2.GoAways);
        line.Set("h2_detected_conn_protocol_errors", http2.ConnectionFaults);
        line.Set("h2_detected_strm_protocol_errors", http2.StreamFaults);
        line.Set("h2_rst_stream_resp", http2.ResetsSent);
        line.Set("h2_goaway_resp", http2.GoAwaysSent);
        line.Set("h2_open_connections", Present(http2.OpenConnections));
        line.Set("h2_backend_open_streams", Present(http2.OpenStreams));
        line.Set("h2_total_connections", http2.Connections);
        line.Set("h2_backend_total_streams", http2.Streams);
        line.Set("h1_open_connections", Present(http1.OpenConnections));
        line.Set("h1_open_streams", Present(http1.OpenStreams));
        line.Set("h1_total_connections", http1.Connections);
        line.Set("h1_total_streams", http1.Streams);
        line.Set("h1_bytes_in", http1.BytesIn);
        line.Set("h1_bytes_out", http1.BytesOut);
        line.Set("h1_spliced_bytes_in", http1.SplicedIn);
        line.Set("h1_spliced_bytes_out", http1.SplicedOut);
    }

    /// <summary>Each thread is read at another moment, so what moves meanwhile may seem to be less than nothing.</summary>
    private static long Present(long open) => Math.Max(0, open);

    private static long LastSession(EngineAccess engine, Proxy proxy)
    {
        long last = 0;
        foreach (int server in proxy.Servers)
            foreach (World world in engine.Worlds)
                last = Math.Max(last, world.ServerCounters[server].LastSessionNanoseconds);
        return last;
    }

    private static string AlgorithmName(BalanceAlgorithm algorithm) =>
        algorithm switch
        {
            BalanceAlgorithm.RoundRobin => "roundrobin",
            BalanceAlgorithm.StaticRoundRobin => "static-rr",
            BalanceAlgorithm.LeastConnections => "leastconn",
            BalanceAlgorithm.First => "first",
            BalanceAlgorithm.Source => "source",
            BalanceAlgorithm.Uri => "uri",
            BalanceAlgorithm.UrlParameter => "url_param",
            BalanceAlgorithm.Header => "hdr",
            BalanceAlgorithm.Expression => "hash",
            BalanceAlgorithm.RdpCookie => "rdp-cookie",
            _ => "unknown",
        };

    private static ProxyCounters Sum(EngineAccess engine, int number, out StatusCounters status, bool front)
    {
        ProxyCounters sum = default;
        status = default;
        foreach (World world in engine.Worlds)
        {
            ref ProxyCounters own = ref world.ProxyCounters[number];
            ref ProxyCounters cleared = ref engine.Cleared.Proxy(world.Thread, number);
            sum.Connections += own.Connections - cleared.Connections;
            sum.Requests += own.Requests - cleared.Requests;
            sum.DeniedRequests += own.DeniedRequests - cleared.DeniedRequests;
            sum.DeniedSessions += own.DeniedSessions - cleared.DeniedSessions;
            sum.BackendDeniedRequests += own.BackendDeniedRequests - cleared.BackendDeniedRequests;
            sum.LoadBalanced += own.LoadBalanced - cleared.LoadBalanced;
            sum.DeniedConnections += own.DeniedConnections - cleared.DeniedConnections;
            sum.FailedRequests += own.FailedRequests - cleared.FailedRequests;
            sum.FrontendBytesIn += own.FrontendBytesIn - cleared.FrontendBytesIn;
            sum.FrontendBytesOut += own.FrontendBytesOut - cleared.FrontendBytesOut;
            sum.FrontendFailedEdits += own.FrontendFailedEdits - cleared.FrontendFailedEdits;
            sum.ClientTls.Add(own.ClientTls, cleared.ClientTls);
            sum.ServerTls.Add(own.ServerTls, cleared.ServerTls);
            sum.ClientHttp1.Add(own.ClientHttp1, cleared.ClientHttp1);
            sum.ServerHttp1.Add(own.ServerHttp1, cleared.ServerHttp1);
            sum.ClientHttp2.Add(own.ClientHttp2, cleared.ClientHttp2);
            sum.ServerHttp2.Add(own.ServerHttp2, cleared.ServerHttp2);
            sum.Sessions += own.Sessions - cleared.Sessions;
            sum.BackendBytesIn += own.BackendBytesIn - cleared.BackendBytesIn;
            sum.BackendBytesOut += own.BackendBytesOut - cleared.BackendBytesOut;
            sum.BackendFailedEdits += own.BackendFailedEdits - cleared.BackendFailedEdits;
            sum.DeniedResponses += own.DeniedResponses - cleared.DeniedResponses;
            sum.FailedConnections += own.FailedConnections - cleared.FailedConnections;
            sum.FailedResponses += own.FailedResponses - cleared.FailedResponses;
            sum.Retries += own.Retries - cleared.Retries;
            sum.Redispatches += own.Redispatches - cleared.Redispatches;
            sum.ClientAborts += own.ClientAborts - cleared.ClientAborts;
            sum.ServerAborts += own.ServerAborts - cleared.ServerAborts;
            sum.ConnectsMade += own.ConnectsMade - cleared.ConnectsMade;
            sum.ConnectionsReused += own.ConnectionsReused - cleared.ConnectionsReused;
            sum.Intercepted += own.Intercepted - cleared.Intercepted;
            sum.ConnectionsMax = Math.Max(sum.ConnectionsMax, own.ConnectionsMax);
            sum.SessionsMax = Math.Max(sum.SessionsMax, own.SessionsMax);
            sum.QueueMax = Math.Max(sum.QueueMax, own.QueueMax);
            CollectServer.AddTimes(ref sum.Times, own.Times);
            for (int i = 0; i < 6; i++)
            {
                status[i] += front
                    ? own.FrontendStatus[i] - cleared.FrontendStatus[i]
                    : own.BackendStatus[i] - cleared.BackendStatus[i];
            }
        }
        return sum;
    }
}
