using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Counters;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>Makes the line of a server.</summary>
internal static unsafe class CollectServer
{
    private static readonly string[] CheckColumns =
        ["check_status", "check_code", "check_duration", "check_desc", "last_chk"];

    private static readonly string[] AgentColumns =
        ["agent_status", "agent_code", "agent_duration", "agent_desc", "last_agt"];

    public static StatLine Run(EngineAccess engine, Proxy proxy, Server server, StatLine? again)
    {
        SharedWorld shared = engine.Shared;
        ref ServerHealth health = ref shared.Health(server.Number);
        ref SharedServer row = ref shared.Server(server.Number);
        ServerCounters sum = Sum(engine, server.Number, out StatusCounters status);
        bool maintenance = (health.Admin & ServerAdmin.Maintenance) != 0;
        StatLine line = StatLine.Begin(again, StatKind.Server, proxy, server.Id, server);
        line.IsUp = health.State != ServerOperation.Stopped && !maintenance;
        line.IsInMaintenance = maintenance;
        CollectStats.Common(line, proxy, server.Name);
        int served = Volatile.Read(ref row.Served);
        int waiting = Volatile.Read(ref row.Waiting);
        line.Set("qcur", waiting);
        line.Set("qmax", Math.Max(waiting, sum.QueueMax));
        line.Set("scur", served);
        line.Set("smax", Math.Max(served, sum.SessionsMax));
        if (health.MaxConnections > 0) line.Set("slim", health.MaxConnections);
        if (server.MaxQueue > 0) line.Set("qlimit", server.MaxQueue);
        if (!server.Cookie.IsEmpty) line.Set("cookie", server.Cookie.Span);
        line.Set("stot", sum.Sessions);
        line.Set("dresp", 0);
        line.Set("econ", sum.FailedConnections);
        line.Set("eresp", sum.FailedResponses);
        line.Set("wretr", sum.Retries);
        line.Set("wredis", sum.Redispatches);
        line.Set("status", ServerStatus.Text(engine.Configuration, shared, server));
        line.Set("weight", ShownWeight(health));
        line.Set("uweight", health.UserWeight);
        line.Set("act", server.Backup ? 0 : 1);
        line.Set("bck", server.Backup ? 1 : 0);
        line.Set("lastchg", CollectStats.Seconds(EngineAccess.NowNanoseconds - health.ChangedNanoseconds));
        if (server.Tracks >= 0) line.Set("tracked", FullName(engine, engine.Configuration.Servers[server.Tracks]));
        line.Set("lbtot", sum.LoadBalanced);
        line.Set("rate", engine.Rates.Server(server.Number).Rate);
        line.Set("rate_max", engine.Rates.Server(server.Number).Max);
        line.Set("cli_abrt", sum.ClientAborts);
        line.Set("srv_abrt", sum.ServerAborts);
        line.Set("lastsess", LastSession(sum.LastSessionNanoseconds));
        Times(line, sum.Times);
        SetAddress(line, engine, server);
        line.Set("connect", sum.ConnectsMade);
        line.Set("reuse", sum.ConnectionsReused);
        line.Set("wrew", sum.FailedEdits);
        line.Zero("eint", "srid", "priv_idle_cur");
        CollectStats.Tls(line, sum.Tls);
        CollectStats.Bytes(line, sum.BytesIn, sum.BytesOut);
        if (proxy.Mode == ProxyMode.Http)
        {
            CollectStats.Statuses(line, status);
            line.Set("req_tot", CollectStats.Total(status));
        }
        Pool(engine, server, line);
        Server judged = ServerStatus.Judged(engine.Configuration, server);
        if (judged.Observes != ServerObservation.None) line.Set("hanafail", shared.Health(judged.Number).ErrorLimitHits);
        Checks(shared, server, line, health);
        return line;
    }

    /// <summary>The weight that it is given of its own while it warms up, rounded up.</summary>
    public static int ShownWeight(in ServerHealth health) => ((health.UserWeight * health.Sixteenths) + 15) / 16;

    /// <summary>Seconds since a time, -1 for never.</summary>
    public static long LastSession(long nanoseconds) =>
        nanoseconds == 0 ? -1 : CollectStats.Seconds(EngineAccess.NowNanoseconds - nanoseconds);

    public static void Times(StatLine line, in TimeAverages times)
    {
        ulong count = Math.Max(1, times.Samples);
        line.Set("qtime", times.QueueSum / count);
        line.Set("ctime", times.ConnectSum / count);
        line.Set("rtime", times.ResponseSum / count);
        line.Set("ttime", times.TotalSum / count);
        line.Set("qtime_max", times.QueueMax);
        line.Set("ctime_max", times.ConnectMax);
        line.Set("rtime_max", times.ResponseMax);
        line.Set("ttime_max", times.TotalMax);
    }

    public static void AddTimes(ref TimeAverages sum, in TimeAverages own)
    {
        sum.Samples += own.Samples;
        sum.QueueSum += own.QueueSum;
        sum.ConnectSum += own.ConnectSum;
        sum.ResponseSum += own.ResponseSum;
        sum.TotalSum += own.TotalSum;
        sum.QueueMax = Math.Max(sum.QueueMax, own.QueueMax);
        sum.ConnectMax = Math.Max(sum.ConnectMax, own.ConnectMax);
        sum.ResponseMax = Math.Max(sum.ResponseMax, own.ResponseMax);
        sum.TotalMax = Math.Max(sum.TotalMax, own.TotalMax);
    }

    public static string FullName(EngineAccess engine, Server server) =>
        $"{engine.Configuration.Proxies[server.Backend].Name}/{server.Name}";

    /// <summary>Where it is now: the Runtime API may have moved it.</summary>
    private static void SetAddress(StatLine line, EngineAccess engine, Server server)
    {
        SocketAddress address = engine.Worlds[0].Targets[(uint)server.Number].Address;
        if (server.MapsPort) address.Port = (ushort)server.PortOffset;
        if (server.Path is not null) line.Set("addr", "unix");
        else if (address.Family == AddressFamily.Unspecified) line.Set("addr", ""); // a name that was not found yet
        else line.Set("addr", address);
    }

    private static void Pool(EngineAccess engine, Server server, StatLine line)
    {
        int idle = 0;
        int used = 0;
        int needed = 0;
        foreach (World world in engine.Worlds)
        {
            ref ServerPool pool = ref world.Pools[(uint)server.Number];
            idle += pool.Count;
            used += pool.Used;
            needed += pool.Needed;
        }
        line.Set("srv_icur", idle);
        if (server.PoolMaxConnections >= 0) line.Set("src_ilim", server.PoolMaxConnections);
        line.Set("idle_conn_cur", 0);
        line.Set("safe_conn_cur", idle);
        line.Set("used_conn_cur", used);
        line.Set("need_conn_est", needed);
    }

    private static void Checks(SharedWorld shared, Server server, StatLine line, in ServerHealth health)
    {
        ref CheckRow check = ref shared.CheckOf(StartHealth.Number(server, agent: false));
        if ((check.Flags & CheckFlags.Enabled) != 0)
        {
            line.Set("chkfail", health.ChecksFailed);
            line.Set("chkdown", health.Downs);
            line.Set("downtime", CollectStats.Seconds(Down(health)));
            if ((check.Flags & CheckFlags.Paused) == 0)
            {
                Finding(line, check, CheckColumns);
                line.Set("check_rise", server.Check.Rise);
                line.Set("check_fall", server.Check.Fall);
                line.Set("check_health", check.Health);
            }
        }
        ref CheckRow agent = ref shared.CheckOf(StartHealth.Number(server, agent: true));
        if ((agent.Flags & (CheckFlags.Enabled | CheckFlags.Paused)) != CheckFlags.Enabled) return;
        Finding(line, agent, AgentColumns);
        if (agent.Status < CheckStatus.Checked) line.Set("agent_duration", 0);
        line.Set("agent_rise", server.Agent.Rise);
        line.Set("agent_fall", server.Agent.Fall);
        line.Set("agent_health", agent.Health);
    }

    private static long Down(in ServerHealth health) =>
        health.DownNanoseconds
        + (health.State == ServerOperation.Stopped ? EngineAccess.NowNanoseconds - health.ChangedNanoseconds : 0);

    private static void Finding(StatLine line, in CheckRow check, string[] columns)
    {
        string word = CheckStatuses.Word(check.Status);
        line.Set(columns[0], (check.Flags & CheckFlags.Running) != 0 ? $"* {word}" : word);
        if (CheckStatuses.HasCode(check.Status)) line.Set(columns[1], check.Code);
        if (check.Status >= CheckStatus.Checked && check.DurationMs >= 0) line.Set(columns[2], check.DurationMs);
        line.Set(columns[3], CheckStatuses.Text(check.Status));
        line.Set(columns[4], ((ReadOnlySpan<byte>)check.Text)[..(int)check.TextLength]);
    }

    private static ServerCounters Sum(EngineAccess engine, int number, out StatusCounters status)
    {
        ServerCounters sum = default;
        status = default;
        foreach (World world in engine.Worlds)
        {
            ref ServerCounters own = ref world.ServerCounters[number];
            ref ServerCounters cleared = ref engine.Cleared.Server(world.Thread, number);
            sum.Sessions += own.Sessions - cleared.Sessions;
            sum.LoadBalanced += own.LoadBalanced - cleared.LoadBalanced;
            sum.BytesIn += own.BytesIn - cleared.BytesIn;
            sum.BytesOut += own.BytesOut - cleared.BytesOut;
            sum.FailedEdits += own.FailedEdits - cleared.FailedEdits;
            sum.FailedConnections += own.FailedConnections - cleared.FailedConnections;
            sum.FailedResponses += own.FailedResponses - cleared.FailedResponses;
            sum.Retries += own.Retries - cleared.Retries;
            sum.Redispatches += own.Redispatches - cleared.Redispatches;
            sum.ClientAborts += own.ClientAborts - cleared.ClientAborts;
            sum.ServerAborts += own.ServerAborts - cleared.ServerAborts;
            sum.ConnectsMade += own.ConnectsMade - cleared.ConnectsMade;
            sum.ConnectionsReused += own.ConnectionsReused - cleared.ConnectionsReused;
            sum.Tls.Add(own.Tls, cleared.Tls);
            sum.SessionsMax = Math.Max(sum.SessionsMax, own.SessionsMax);
            sum.QueueMax = Math.Max(sum.QueueMax, own.QueueMax);
            sum.LastSessionNanoseconds = Math.Max(sum.LastSessionNanoseconds, own.LastSessionNanoseconds);
            AddTimes(ref sum.Times, own.Times);
            for (int i = 0; i < 6; i++) status[i] += own.Status[i] - cleared.Status[i];
        }
        return sum;
    }
}
