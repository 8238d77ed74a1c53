namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// What the exporter shows, in the reference's order. Forms: g gauge, c counter, p counter and q gauge of HTTP proxies, n
/// gauge and N counter that are NaN without a value, z gauge that is 0 without a code, m gauge of milliseconds shown in
/// seconds, l text that is a label, s state, k outcome of a check, h counters by class of status, a and b how many servers
/// of a backend are in each state or have each outcome.
/// </summary>
internal static class ExporterMetrics
{
    /// <summary>Names behind <c>haproxy_process_</c>, the line of <c>show info</c> and the form.</summary>
    public const string Process = """
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
        max_ssl_connections MaxSslConns g
        current_ssl_connections CurrSslConns g
        ssl_connections_total CumSslConns c
        max_pipes Maxpipes g
        pipes_used_total PipesUsed c
        pipes_free_total PipesFree c
        current_connection_rate ConnRate g
        limit_connection_rate ConnRateLimit g
        max_connection_rate MaxConnRate g
        current_session_rate SessRate g
        limit_session_rate SessRateLimit g
        max_session_rate MaxSessRate g
        current_ssl_rate SslRate g
        limit_ssl_rate SslRateLimit g
        max_ssl_rate MaxSslRate g
        current_frontend_ssl_key_rate SslFrontendKeyRate g
        max_frontend_ssl_key_rate SslFrontendMaxKeyRate g
        frontend_ssl_reuse SslFrontendSessionReuse_pct g
        current_backend_ssl_key_rate SslBackendKeyRate g
        max_backend_ssl_key_rate SslBackendMaxKeyRate g
        ssl_cache_lookups_total SslCacheLookups c
        ssl_cache_misses_total SslCacheMisses c
        http_comp_bytes_in_total CompressBpsIn c
        http_comp_bytes_out_total CompressBpsOut c
        limit_http_comp CompressBpsRateLim g
        current_zlib_memory - n
        max_zlib_memory - n
        current_tasks Tasks g
        current_run_queue Run_queue g
        idle_time_percent Idle_pct g
        node node l
        stopping Stopping g
        jobs Jobs g
        unstoppable_jobs Unstoppable_Jobs g
        listeners Listeners g
        active_peers ActivePeers g
        connected_peers ConnectedPeers g
        dropped_logs_total DroppedLogs c
        busy_polling_enabled BusyPolling g
        failed_resolutions FailedResolutions c
        bytes_out_total TotalBytesOut c
        spliced_bytes_out_total TotalSplicedBytesOut c
        bytes_out_rate BytesOutRate g
        recv_logs_total CumRecvLogs c
        build_info Version l
        max_memory_bytes Memmax_bytes g
        pool_allocated_bytes PoolAlloc_bytes g
        pool_used_bytes PoolUsed_bytes g
        start_time_seconds Start_time_sec g
        total_warnings TotalWarnings c
        patterns_added_total PatternsAdded g
        patterns_freed_total PatternsFreed g
        nb_thread_groups NbThreadGroups g
        """;

    /// <summary>Names behind <c>haproxy_frontend_</c>, the column of <c>show stat</c> and the form.</summary>
    public const string Frontend = """
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
        http_requests_rate_max req_rate_max q
        http_requests_total req_tot p
        http_comp_bytes_in_total comp_in p
        http_comp_bytes_out_total comp_out p
        http_comp_bytes_bypassed_total comp_byp p
        http_comp_responses_total comp_rsp p
        connections_rate_max conn_rate_max g
        connections_total conn_tot c
        intercepted_requests_total intercepted c
        denied_connections_total dcon c
        denied_sessions_total dses c
        failed_header_rewriting_total wrew c
        http_cache_lookups_total cache_lookups c
        http_cache_hits_total cache_hits c
        internal_errors_total eint c
        req_bytes_in_total reqbin c
        req_bytes_out_total reqbout c
        res_bytes_in_total resbin c
        res_bytes_out_total resbout c
        http_cache_hint_hits_total cache_hint_hits c
        """;

    public const string Listener = """
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
        connections_total conn_tot c
        denied_connections_total dcon c
        denied_sessions_total dses c
        failed_header_rewriting_total wrew c
        internal_errors_total eint c
        req_bytes_in_total reqbin c
        req_bytes_out_total reqbout c
        res_bytes_in_total resbin c
        res_bytes_out_total resbout c
        """;

    public const string Backend = """
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
        http_comp_bytes_in_total comp_in p
        http_comp_bytes_out_total comp_out p
        http_comp_bytes_bypassed_total comp_byp p
        http_comp_responses_total comp_rsp p
        last_session_seconds lastsess g
        queue_time_average_seconds qtime m
        connect_time_average_seconds ctime m
        response_time_average_seconds rtime m
        total_time_average_seconds ttime m
        failed_header_rewriting_total wrew c
        connection_attempts_total connect c
        connection_reuses_total reuse c
        http_cache_lookups_total cache_lookups c
        http_cache_hits_total cache_hits c
        max_queue_time_seconds qtime_max m
        max_connect_time_seconds ctime_max m
        max_response_time_seconds rtime_max m
        max_total_time_seconds ttime_max m
        internal_errors_total eint c
        uweight uweight g
        agg_server_status - a
        agg_server_check_status - a
        agg_check_status - b
        req_bytes_in_total reqbin c
        req_bytes_out_total reqbout c
        res_bytes_in_total resbin c
        res_bytes_out_total resbout c
        http_cache_hint_hits_total cache_hint_hits c
        """;

    public const string Server = """
        current_queue qcur g
        max_queue qmax g
        current_sessions scur g
        max_sessions smax g
        limit_sessions slim n
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
        check_failures_total chkfail N
        check_up_down_total chkdown N
        check_last_change_seconds lastchg g
        downtime_seconds_total downtime N
        queue_limit qlimit n
        current_throttle throttle n
        loadbalanced_total lbtot c
        current_session_rate rate g
        max_session_rate rate_max g
        check_status check_status k
        check_code check_code z
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
        agent_status agent_status k
        agent_code agent_code z
        failed_header_rewriting_total wrew c
        connection_attempts_total connect c
        connection_reuses_total reuse c
        idle_connections_current srv_icur g
        idle_connections_limit src_ilim n
        max_queue_time_seconds qtime_max m
        max_connect_time_seconds ctime_max m
        max_response_time_seconds rtime_max m
        max_total_time_seconds ttime_max m
        internal_errors_total eint c
        unsafe_idle_connections_current idle_conn_cur g
        safe_idle_connections_current safe_conn_cur g
        used_connections_current used_conn_cur g
        need_connections_current need_conn_est g
        uweight uweight g
        private_idle_connections_current priv_idle_cur g
        req_bytes_in_total reqbin c
        req_bytes_out_total reqbout c
        res_bytes_in_total resbin c
        res_bytes_out_total resbout c
        """;
}
