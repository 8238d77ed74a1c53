using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Sticky;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// The figures in Prometheus' text format 0.0.4, under the names that dashboards for HAProxy know. <c>scope=</c> in the
/// query chooses among global, frontend, backend, server and sticktable, <c>metrics=</c> among names.
/// </summary>
internal static class ExporterText
{
    /// <summary>Names behind <c>haproxy_process_</c>, the line of <c>show info</c>, and gauge or counter.</summary>
    private const string Process = """
        nbthread Nbthread g
        nbproc Nbproc g
        relative_process_id Process_num g
        uptime_seconds Uptime_sec g
        pool_failures_total PoolFailed c
        max_fds Ulimit-n g
        max_sockets Maxsock g
        max_connections Maxconn g
        hard_max_connections Hard_maxconn g
        current_connections CurrConns g
        connections_total CumConns c
        requests_total CumReq c
        max_pipes Maxpipes g
        pipes_used_total PipesUsed c
        pipes_free_total PipesFree c
        current_connection_rate ConnRate g
        max_connection_rate MaxConnRate g
        current_session_rate SessRate g
        max_session_rate MaxSessRate g
        current_tasks Tasks g
        current_run_queue Run_queue g
        idle_time_percent Idle_pct g
        stopping Stopping g
        jobs Jobs g
        listeners Listeners g
        dropped_logs_total DroppedLogs c
        bytes_out_total TotalBytesOut c
        spliced_bytes_out_total TotalSplicedBytesOut c
        bytes_out_rate BytesOutRate g
        max_memory_bytes Memmax_bytes g
        pool_allocated_bytes PoolAlloc_bytes g
        pool_used_bytes PoolUsed_bytes g
        start_time_seconds Start_time_sec g
        """;

    /// <summary>Names behind <c>haproxy_frontend_</c> and so on, the column, and gauge, counter or milliseconds.</summary>
    private const string Frontend = """
        current_sessions scur g
        max_sessions smax g
        limit_sessions slim g
        sessions_total stot c
        bytes_in_total bin c
        bytes_out_total bout c
        requests_denied_total dreq c
        responses_denied_total dresp c
        request_errors_total ereq c
        status status s
        current_session_rate rate g
        limit_session_rate rate_lim g
        max_session_rate rate_max g
        http_responses_total hrsp h
        http_requests_rate_max req_rate_max g
        http_requests_total req_tot c
        connections_rate_max conn_rate_max g
        connections_total conn_tot c
        intercepted_requests_total intercepted c
        denied_connections_total dcon c
        denied_sessions_total dses c
        internal_errors_total eint c
        """;

    private const string Backend = """
        current_queue qcur g
        max_queue qmax g
        current_sessions scur g
        max_sessions smax g
        limit_sessions slim g
        sessions_total stot c
        bytes_in_total bin c
        bytes_out_total bout c
        requests_denied_total dreq c
        responses_denied_total dresp c
        connection_errors_total econ c
        response_errors_total eresp c
        retry_warnings_total wretr c
        redispatch_warnings_total wredis c
        status status s
        weight weight g
        active_servers act g
        backup_servers bck g
        check_up_down_total chkdown c
        check_last_change_seconds lastchg g
        downtime_seconds_total downtime c
        loadbalanced_total lbtot c
        current_session_rate rate g
        max_session_rate rate_max g
        http_responses_total hrsp h
        http_requests_total req_tot c
        client_aborts_total cli_abrt c
        server_aborts_total srv_abrt c
        last_session_seconds lastsess g
        queue_time_average_seconds qtime m
        connect_time_average_seconds ctime m
        response_time_average_seconds rtime m
        total_time_average_seconds ttime m
        connection_attempts_total connect c
        connection_reuses_total reuse c
        max_queue_time_seconds qtime_max m
        max_connect_time_seconds ctime_max m
        max_response_time_seconds rtime_max m
        max_total_time_seconds ttime_max m
        internal_errors_total eint c
        uweight uweight g
        """;

    private const string Server = """
        current_queue qcur g
        max_queue qmax g
        current_sessions scur g
        max_sessions smax g
        limit_sessions slim g
        sessions_total stot c
        bytes_in_total bin c
        bytes_out_total bout c
        responses_denied_total dresp c
        connection_errors_total econ c
        response_errors_total eresp c
        retry_warnings_total wretr c
        redispatch_warnings_total wredis c
        status status s
        weight weight g
        active act g
        backup bck g
        check_failures_total chkfail g
        check_up_down_total chkdown g
        check_last_change_seconds lastchg g
        downtime_seconds_total downtime g
        loadbalanced_total lbtot c
        current_session_rate rate g
        max_session_rate rate_max g
        check_status check_status k
        check_code check_code g
        check_duration_seconds check_duration m
        http_responses_total hrsp h
        http_requests_total req_tot c
        client_aborts_total cli_abrt c
        server_aborts_total srv_abrt c
        last_session_seconds lastsess g
        queue_time_average_seconds qtime m
        connect_time_average_seconds ctime m
        response_time_average_seconds rtime m
        total_time_average_seconds ttime m
        connection_attempts_total connect c
        connection_reuses_total reuse c
        idle_connections_current srv_icur g
        max_queue_time_seconds qtime_max m
        max_connect_time_seconds ctime_max m
        max_response_time_seconds rtime_max m
        max_total_time_seconds ttime_max m
        internal_errors_total eint c
        safe_idle_connections_current safe_conn_cur g
        used_connections_current used_conn_cur g
        need_connections_current need_conn_est g
        uweight uweight g
        """;

    private static readonly string[] ServerStates = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"];

    public static string Of(AdminServices services, EngineAccess engine, string target)
    {
        List<string> scopes = [];
        MetricFilter filter = new();
        int query = target.IndexOf('?');
        foreach (string pair in query < 0 ? [] : target[(query + 1)..].Split('&'))
        {
            if (pair.StartsWith("scope=", StringComparison.Ordinal)) scopes.Add(pair[6..]);
            if (pair.StartsWith("metrics=", StringComparison.Ordinal)) filter.Add(Uri.UnescapeDataString(pair[8..]));
        }
        bool noMaintenance = query >= 0 && target[query..].Contains("no-maint", StringComparison.Ordinal);
        bool Wanted(string scope) => scopes.Count == 0 || scopes.Contains(scope) || scopes.Contains("*");
        StringBuilder text = new();
        if (Wanted("global")) AddProcess(services, filter, text);
        List<StatLine> lines = [.. CollectStats.Run(engine, new StatFilter { NotInMaintenance = noMaintenance })];
        if (Wanted("frontend")) Add("frontend", Frontend, lines, StatKind.Frontend, filter, text);
        if (Wanted("backend")) Add("backend", Backend, lines, StatKind.Backend, filter, text);
        if (Wanted("server")) Add("server", Server, lines, StatKind.Server, filter, text);
        if (Wanted("sticktable")) AddTables(engine.Shared.StickTables, filter, text);
        return text.ToString();
    }

    /// <summary>The newest first, as commands list them.</summary>
    private static void AddTables(StickTable[] tables, MetricFilter filter, StringBuilder text)
    {
        foreach (string name in (string[])["size", "used"])
        {
            string metric = $"haproxy_sticktable_{name}";
            if (tables.Length == 0 || !filter.Wants(metric)) continue;
            Describe(metric, name == "size" ? "Stick table size." : "Number of entries used in this stick table.", 'g', text);
            for (int i = tables.Length - 1; i >= 0; i--)
            {
                StickTableSettings table = tables[i].Settings;
                long value = name == "size" ? table.Size : tables[i].Used;
                text.Append($"{metric}{{name=\"{Escape(table.Name)}\",type=\"{table.TypeWord}\"}} {value}\n");
            }
        }
    }

    private static void AddProcess(AdminServices services, MetricFilter filter, StringBuilder text)
    {
        InfoSource source = new(services, services.Report(), Float: false);
        foreach ((string name, string column, char kind) in Rows(Process))
        {
            InfoField? field = Array.Find(InfoFields.All, candidate => candidate.Name == column);
            if (field?.Read(source) is not { } value || !filter.Wants($"haproxy_process_{name}")) continue;
            Describe($"haproxy_process_{name}", name, kind, text);
            text.Append($"haproxy_process_{name} {value}\n");
        }
    }

    private static void Add(string scope, string table, List<StatLine> lines, StatKind kind, MetricFilter filter, StringBuilder text)
    {
        foreach ((string name, string column, char form) in Rows(table))
        {
            bool described = false;
            string metric = $"haproxy_{scope}_{name}";
            if (!filter.Wants(metric)) continue;
            foreach (StatLine line in lines)
            {
                if (line.Kind != kind) continue;
                int before = text.Length;
                if (!described) Describe(metric, name, form, text);
                int start = text.Length;
                Samples(metric, line, column, form, text);
                if (text.Length == start) text.Length = before;
                else described = true;
            }
        }
    }

    private static void Samples(string metric, StatLine line, string column, char form, StringBuilder text)
    {
        string labels = line.Server is null
            ? $"proxy=\"{Escape(line.Proxy.Name)}\""
            : $"proxy=\"{Escape(line.Proxy.Name)}\",server=\"{Escape(line["svname"])}\"";
        switch (form)
        {
            case 's':
                string state = StateOf(line);
                ReadOnlySpan<string> states = line.Server is null ? ServerStates.AsSpan(0, 2) : ServerStates;
                foreach (string known in states)
                    text.Append($"{metric}{{{labels},state=\"{known}\"}} {(known == state ? 1 : 0)}\n");
                break;
            case 'k' when line[column].Length > 0:
                string found = line[column].TrimStart('*', ' ');
                for (CheckStatus status = CheckStatus.Observed; status <= CheckStatus.ProcessOk; status++)
                {
                    string word = CheckStatuses.Word(status);
                    if (word.Length > 0) text.Append($"{metric}{{{labels},state=\"{word}\"}} {(word == found ? 1 : 0)}\n");
                }
                break;
            case 'h' when line["hrsp_2xx"].Length > 0:
                foreach (string code in (string[])["1xx", "2xx", "3xx", "4xx", "5xx", "other"])
                    text.Append($"{metric}{{{labels},code=\"{code}\"}} {line[$"hrsp_{code}"]}\n");
                break;
            case 'm' when line[column].Length > 0:
                string seconds = (line.Number(column) / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
                text.Append($"{metric}{{{labels}}} {seconds}\n");
                break;
            case 'g' or 'c' when line[column].Length > 0:
                text.Append($"{metric}{{{labels}}} {line[column]}\n");
                break;
        }
    }

    private static string StateOf(StatLine line)
    {
        if (line.Kind == StatKind.Frontend) return line["status"] == "STOP" ? "DOWN" : "UP";
        if (line.IsInMaintenance) return "MAINT";
        string status = line["status"];
        return status == "no check" ? "UP" : status.Split(' ')[0];
    }

    private static void Describe(string metric, string name, char form, StringBuilder text)
    {
        text.Append($"# HELP {metric} {name.Replace('_', ' ')}\n");
        text.Append($"# TYPE {metric} {(form is 'c' or 'h' ? "counter" : "gauge")}\n");
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    private static IEnumerable<(string Name, string Column, char Form)> Rows(string table)
    {
        foreach (string row in table.Split('\n'))
        {
            string[] words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3) yield return (words[0], words[1], words[2][0]);
        }
    }
}
