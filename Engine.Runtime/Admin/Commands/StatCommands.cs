using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Runtime.Admin.Statistics;
using Engine.Systems.Health;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands that show figures and states of proxies and servers (management guide section 9.3).</summary>
internal static unsafe class StatCommands
{
    private const string StateHeader = "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight "
        + "srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state "
        + "srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port "
        + "srv_check_addr srv_agent_addr srv_agent_port";

    /// <summary>There are no resolvers: no line follows.</summary>
    private const string ResolverHeader = "# id,pid,sent,send_error,valid,update,cname,cname_error,any_err,nx,timeout,refused,"
        + "other,invalid,too_big,truncated,outdated,";

    /// <summary>Characters that hold a line in any form, as a rule.</summary>
    private const int PieceCapacity = 32 * 1024;

    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("show stat", AdminLevel.User, "[desc|json|no-maint|typed|up]*", ShowStat,
            "report counters for each proxy and server");
        ServerCommands.Add("show schema json", AdminLevel.User, "", static request => request.Answer(SchemaText.Text),
            "report schema used for stats");
        ServerCommands.Add("dump stats-file", AdminLevel.User, "", DumpStatsFile, "dump stats for restore");
        ServerCommands.Add("show servers state", AdminLevel.User, "[<backend>]", ShowState,
            "dump volatile server information (all or for a single backend)");
        ServerCommands.Add("show servers conn", AdminLevel.User, "[<backend>]", ShowConnections,
            "dump server connections status (all or for a single backend)");
        ServerCommands.Add("show backend", AdminLevel.User, "", ShowBackends, "list backends in the current running config");
        ServerCommands.Add("clear counters", AdminLevel.Operator, "[all|server <bk>/<srv> [force]]", ClearCounters,
            "clear max statistics counters (or all, or one server's)");
    }

    private static void ShowStat(AdminRequest request)
    {
        ReadOnlySpan<string> words = request.Arguments;
        if (request.Argument(0) == "domain")
        {
            if (request.Argument(1) == "resolvers") request.Answer(ResolverHeader);
            else if (request.Argument(1) != "proxy") request.Refuse("Invalid statistics domain.");
            if (request.Argument(1) != "proxy") return;
            words = words[2..];
        }
        if (!StatFilter.TryRead(request.Engine.Configuration, words, out StatFilter filter))
        {
            request.Refuse("No such proxy.");
            return;
        }
        bool json = request.Arguments.Contains("json");
        bool typed = request.Arguments.Contains("typed");
        bool describe = request.Arguments.Contains("desc");
        EngineAccess engine = request.Engine;
        request.Session.AnswerWith(json ? Json(engine, filter) : typed ? Typed(engine, filter, describe) : Csv(engine, filter));
    }

    private static IEnumerable<StringBuilder> Csv(EngineAccess engine, StatFilter filter)
    {
        StringBuilder text = new(StatText.CsvHeader(), PieceCapacity);
        yield return text;
        foreach (StatLine line in CollectStats.InTurn(engine, filter))
        {
            StatText.Csv(line, text.Clear());
            yield return text;
        }
    }

    private static IEnumerable<StringBuilder> Typed(EngineAccess engine, StatFilter filter, bool describe)
    {
        StringBuilder text = new(PieceCapacity);
        foreach (StatLine line in CollectStats.InTurn(engine, filter))
        {
            StatText.Typed(line, describe, text.Clear());
            yield return text;
        }
    }

    private static IEnumerable<StringBuilder> Json(EngineAccess engine, StatFilter filter)
    {
        bool first = true;
        StringBuilder text = new("[", PieceCapacity);
        foreach (StatLine line in CollectStats.InTurn(engine, filter))
        {
            StatText.Json(line, first, text);
            yield return text;
            text.Clear();
            first = false;
        }
        yield return text.Clear().Append(first ? "[[]\n" : "]\n");
    }

    private static void DumpStatsFile(AdminRequest request) =>
        request.Session.AnswerWith(StatsFile.Text(request.Engine));

    private static void ShowState(AdminRequest request)
    {
        if (!TakeBackend(request, out Proxy? only)) return;
        EngineAccess engine = request.Engine;
        Anonymizer hide = request.Session.Anonymous;
        request.Answer("1");
        request.Answer(StateHeader);
        request.Session.AnswerWith(ForEachServer(engine, only, (server, text) => ServerStateLine.Write(engine, server, hide, text)));
    }

    private static void ShowConnections(AdminRequest request)
    {
        if (!TakeBackend(request, out Proxy? only)) return;
        EngineAccess engine = request.Engine;
        Anonymizer hide = request.Session.Anonymous;
        int threads = engine.Worlds.Length;
        request.Answer("# bkname/svname bkid/svid addr port - purge_delay served used_cur used_max need_est idle_sess "
            + $"unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[{threads}]");
        request.Session.AnswerWith(ForEachServer(engine, only, (server, text) => Connections(engine, server, hide, text)));
    }

    private static void Connections(EngineAccess engine, Server server, Anonymizer hide, StringBuilder text)
    {
        Proxy backend = engine.Configuration.Proxies[server.Backend];
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
        SocketAddress address = engine.Worlds[0].Targets[(uint)server.Number].Address;
        string shown = server.Path is null && address.Family != AddressFamily.Unspecified ? ServerStatus.AddressText(address) : "-";
        text.Append(
            CultureInfo.InvariantCulture,
            $"{hide.Name(backend.Name)}/{hide.Name(server.Name)} {backend.Id}/{server.Id} {hide.Address(shown)} "
            + $"{(server.MapsPort ? server.PortOffset : address.Port)} - {server.PoolPurgeDelayMs} "
            + $"{engine.Shared.Server(server.Number).Served} {used} {needed} {needed} 0 0 {idle} {server.PoolMaxConnections} {idle}");
        foreach (World world in engine.Worlds)
            text.Append(CultureInfo.InvariantCulture, $" {world.Pools[(uint)server.Number].Count}");
        text.Append('\n');
    }

    private static void ShowBackends(AdminRequest request)
    {
        request.Answer("# name");
        foreach (Proxy proxy in request.Engine.Configuration.Proxies)
            if ((proxy.Capabilities & ProxyCapabilities.Backend) != 0) request.Answer(proxy.Name);
    }

    private static void ClearCounters(AdminRequest request)
    {
        bool all = request.Argument(0) == "all";
        bool one = request.Argument(0) == "server";
        if ((all || one) && request.Session.Level < AdminLevel.Admin)
        {
            request.Refuse("Permission denied");
            return;
        }
        EngineAccess engine = request.Engine;
        if (!one)
        {
            if (!engine.Cleared.Clear(engine, all)) request.Refuse("A worker thread does not answer.");
            return;
        }
        if (ServerFinder.Find(request, request.Argument(1)) is not { } server) return;
        request.DoOnAll(world => engine.Cleared.Clear(world, server));
        request.Notify("Server counters cleared.");
    }

    private static bool TakeBackend(AdminRequest request, out Proxy? only)
    {
        only = null;
        if (request.Argument(0).Length == 0) return true;
        only = ServerFinder.Backend(request.Engine.Configuration, request.Argument(0));
        if (only is null) request.Refuse("Can't find backend.");
        return only is not null;
    }

    /// <summary>A line for each server; those deleted while the lines are made are left out.</summary>
    private static IEnumerable<StringBuilder> ForEachServer(EngineAccess engine, Proxy? only, Action<Server, StringBuilder> show)
    {
        StringBuilder text = new();
        foreach (Proxy proxy in engine.Configuration.Proxies)
        {
            if (only is not null && proxy != only) continue;
            foreach (int number in proxy.Servers)
            {
                if (!CollectStats.IsThere(engine, proxy, number, out Server server)) continue;
                show(server, text.Clear());
                yield return text;
            }
        }
    }
}
