namespace Engine.Data.Registries;

/// <summary>
/// The inventory behind <see cref="UnsupportedWords"/>: lines of a class, a colon and its words.
/// </summary>
internal static class UnsupportedWordList
{
    public const string Text = """
        section:acme cache crt-store fcgi-app healthcheck httpclient log-forward log-profile
        section:mailers peers program resolvers ring traces userlist
        global:acme.scheduler anonkey busy-polling chroot close-spread-time
        global:cluster-secret cpu-affinity cpu-map cpu-policy cpu-set daemon default-path
        global:description dns-accept-family expose-deprecated-directives
        global:expose-experimental-directives external-check fd-hard-limit force-cfg-parser-pause gid group
        global:h1-accept-payload-with-any-method h1-case-adjust h1-case-adjust-file
        global:h1-do-not-close-on-insecure-transfer-encoding hard-stop-after
        global:harden.reject-privileged-ports.quic harden.reject-privileged-ports.tcp http-err-codes
        global:http-fail-codes httpclient.resolvers.disabled httpclient.resolvers.id
        global:httpclient.resolvers.prefer httpclient.retries httpclient.ssl.ca-file httpclient.ssl.verify
        global:httpclient.timeout.connect insecure-fork-wanted insecure-setuid-wanted issuers-chain-path
        global:jwt.decrypt_alg_list jwt.decrypt_enc_list key-base limited-quic localpeer log
        global:log-send-hostname log-tag lua-load lua-load-per-thread lua-prepend-path max-spread-checks
        global:max-threads-per-group maxcompcpuusage maxcomprate maxconn maxconnrate maxsessrate
        global:maxsslconn maxsslrate maxzlibmem mworker-max-reloads nbthread no-memory-trimming node noepoll
        global:noevports nogetaddrinfo nokqueue noktls nopoll noreuseport numa-cpu-mapping
        global:ocsp-update.disable ocsp-update.httpproxy ocsp-update.maxdelay ocsp-update.mindelay
        global:ocsp-update.mode pidfile pp2-never-send-local prealloc-fd presetenv profiling.memory
        global:profiling.tasks quiet resetenv server-state-base server-state-file set-dumpable set-var
        global:set-var-fmt setcap setenv shm-stats-file shm-stats-file-max-objects spread-checks
        global:ssl-engine ssl-mode-async
        global:ssl-passphrase-cmd ssl-propquery ssl-provider ssl-provider-path
        global:ssl-skip-self-issued-ca stats stats-file stress-level strict-limits
        global:thread-group thread-groups thread-hard-limit tune.applet.zero-copy-forwarding
        global:tune.buffers.limit tune.buffers.reserve tune.bufsize tune.bufsize.large tune.bufsize.small
        global:tune.chksize tune.cli.max-payload-size tune.comp.maxlevel tune.defaults.purge
        global:tune.disable-fast-forward tune.disable-zero-copy-forwarding tune.epoll.mask-events
        global:tune.events.max-events-at-once tune.fail-alloc tune.fd.edge-triggered tune.fd.tables
        global:tune.glitches.kill.cpu-usage tune.h1.be.glitches-threshold tune.h1.fe.glitches-threshold
        global:tune.h1.zero-copy-fwd-recv tune.h1.zero-copy-fwd-send tune.h2.be.glitches-threshold
        global:tune.h2.be.initial-window-size tune.h2.be.max-concurrent-streams tune.h2.be.max-frames-at-once
        global:tune.h2.be.rxbuf tune.h2.fe.glitches-threshold tune.h2.fe.initial-window-size
        global:tune.h2.fe.max-concurrent-streams tune.h2.fe.max-frames-at-once tune.h2.fe.max-rst-at-once
        global:tune.h2.fe.max-total-streams tune.h2.fe.rxbuf tune.h2.header-table-size
        global:tune.h2.initial-window-size tune.h2.log-errors tune.h2.max-concurrent-streams
        global:tune.h2.max-frame-size tune.h2.zero-copy-fwd-send tune.http.cookielen tune.http.logurilen
        global:tune.http.maxhdr tune.idle-pool.shared tune.idletimer tune.listener.default-shards
        global:tune.listener.multi-queue tune.lua.bool-sample-conversion tune.lua.burst-timeout
        global:tune.lua.forced-yield tune.lua.log.loggers tune.lua.log.stderr tune.lua.maxmem
        global:tune.lua.openlibs tune.lua.service-timeout tune.lua.session-timeout tune.lua.task-timeout
        global:tune.max-checks-per-thread tune.max-rules-at-once tune.maxaccept tune.maxpollevents
        global:tune.maxrewrite tune.memory.hot-size tune.notsent-lowat.client tune.notsent-lowat.server
        global:tune.pattern.cache-size tune.peers.max-updates-at-once tune.pipesize tune.pool-high-fd-ratio
        global:tune.pool-low-fd-ratio tune.pt.zero-copy-forwarding tune.quic.listen tune.rcvbuf.backend
        global:tune.rcvbuf.client tune.rcvbuf.frontend tune.rcvbuf.server tune.recv_enough
        global:tune.renice.runtime tune.renice.startup tune.ring.queues tune.runqueue-depth
        global:tune.sched.low-latency tune.sndbuf.backend tune.sndbuf.client tune.sndbuf.frontend
        global:tune.sndbuf.server tune.ssl.capture-buffer-size
        global:tune.ssl.capture-cipherlist-size tune.ssl.certificate-compression
        global:tune.ssl.force-private-cache tune.ssl.hard-maxrecord tune.ssl.keylog
        global:tune.ssl.keyupdate-rate-limit
        global:tune.ssl.ocsp-update.maxdelay tune.ssl.ocsp-update.mindelay tune.ssl.ssl-ctx-cache-size
        global:tune.stick-counters tune.streams-elasticity tune.takeover-other-tg-connections
        global:tune.vars.check-max-size tune.vars.global-max-size tune.vars.proc-max-size
        global:tune.vars.reqres-max-size tune.vars.sess-max-size tune.vars.txn-max-size uid ulimit-n
        global:unix-bind unsetenv user warn-blocked-traffic-after zero-warning
        proxy:backlog balance be-unpublished bind clitcpka-cnt clitcpka-idle clitcpka-intvl
        proxy:compression cookie default-server default_backend description disabled email-alert
        proxy:enabled errorfile external-check
        proxy:filter filter-sequence force-be-switch force-persist fullconn guid hash-balance-factor
        proxy:hash-preserve-affinity hash-type http-check http-error http-reuse http-send-name-header id
        proxy:ignore-persist load-server-state-from-file log log-format log-steps log-tag
        proxy:max-keep-alive-queue max-session-srv-conns maxconn mode monitor-net option
        proxy:persist rate-limit redirect retries retry-on server server-state-file-name server-template
        proxy:source srvtcpka-cnt srvtcpka-idle srvtcpka-intvl ssl-f-use stats stick stick-table tcp-check
        proxy:timeout use-fcgi-app use-server
        proxy:use_backend
        option:abortonclose accept-unsafe-violations-in-http-request
        option:accept-unsafe-violations-in-http-response allbackups checkcache clitcpka contstats
        option:disable-h2-upgrade dontlog-normal dontlognull external-check forwardfor
        option:h1-case-adjust-bogus-client h1-case-adjust-bogus-server
        option:http-drop-request-trailers http-drop-response-trailers http-ignore-probes http-keep-alive
        option:http-no-delay http-pretend-keepalive http-server-close
        option:http-use-proxy-header httpchk httpclose httplog idle-close-on-response
        option:independent-streams ldap-check log-health-checks log-separate-errors logasap mysql-check
        option:nolinger persist pgsql-check prefer-last-server redis-check redispatch smtpchk
        option:socket-stats splice-auto splice-request splice-response spop-check srvtcpka ssl-hello-chk
        option:tcp-check tcp-smart-accept tcp-smart-connect tcpka tcplog transparent use-small-buffers
        bind:accept-netscaler-cip accept-proxy allow-0rtt backlog ca-names
        bind:ca-sign-file ca-sign-pass cc
        bind:defer-accept expose-fd force-sslv3
        bind:generate-certificates gid group guid-prefix id idle-ping
        bind:interface ktls label level maxconn mode mss name namespace nbconn nice
        bind:npn
        bind:proto quic-cc-algo quic-force-retry quic-socket severity-output shards
        bind:tcp-md5sig tcp-ss tcp-ut tfo thread
        bind:transparent uid user v4v6 v6only
        server:addr agent-addr agent-check agent-inter agent-port agent-send allow-0rtt backup
        server:cc check check-alpn check-pool-conn-name check-proto check-reuse-pool check-send-proxy
        server:check-sni-auto check-via-socks4 cookie
        server:disabled downinter enabled error-limit fall fastinter force-sslv3
        server:guid hash-key healthcheck id idle-ping
        server:init-addr init-state inter ktls log-bufsize log-proto max-reuse maxconn maxqueue minconn
        server:namespace no-agent-check no-backup no-check no-check-reuse-pool no-check-send-proxy
        server:no-check-sni-auto no-send-proxy no-send-proxy-v2
        server:no-send-proxy-v2-ssl no-send-proxy-v2-ssl-cn no-tfo
        server:non-stick npn observe on-error
        server:on-marked-down on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port
        server:proto proxy-v2-options redir resolve-net resolve-opts resolve-prefer resolvers
        server:rise send-proxy send-proxy-v2 send-proxy-v2-ssl send-proxy-v2-ssl-cn set-proxy-v2-tlv-fmt
        server:shard slowstart socks4 source stick
        server:strict-maxconn tcp-md5sig tcp-ut tfo track usesrc weight ws
        balance:hash hdr* log-hash log-sticky rdp-cookie* sticky uri url_param
        tcp-request connection:do-log sc-add-gpc* sc-inc-gpc* sc-inc-gpc0* sc-inc-gpc1* sc-set-gpt*
        tcp-request connection:sc-set-gpt0* set-dst set-dst-port set-fc-mark set-fc-tos set-mark set-src
        tcp-request connection:set-src-port set-tos set-var* set-var-fmt* silent-drop unset-var*
        tcp-request session:attach-srv do-log sc-add-gpc* sc-inc-gpc* sc-inc-gpc0* sc-inc-gpc1* sc-set-gpt*
        tcp-request session:sc-set-gpt0* set-dst set-dst-port set-fc-mark set-fc-tos set-mark set-src
        tcp-request session:set-src-port set-tos set-var* set-var-fmt* silent-drop unset-var*
        tcp-request content:do-log do-resolve* sc-add-gpc* sc-inc-gpc* sc-inc-gpc0* sc-inc-gpc1* sc-set-gpt*
        tcp-request content:sc-set-gpt0* send-spoe-group set-bandwidth-limit set-bc-mark set-bc-tos set-dst
        tcp-request content:set-dst-port set-fc-mark set-fc-tos set-mark set-nice
        tcp-request content:set-priority-class set-priority-offset set-retries set-src set-src-port set-tos
        tcp-request content:set-var* set-var-fmt* silent-drop switch-mode unset-var* use-service
        tcp-response content:do-log sc-add-gpc* sc-inc-gpc* sc-inc-gpc0* sc-inc-gpc1* sc-set-gpt*
        tcp-response content:sc-set-gpt0* send-spoe-group set-bandwidth-limit set-fc-mark set-fc-tos
        tcp-response content:set-mark set-nice set-tos set-var* set-var-fmt* silent-drop
        tcp-response content:unset-var*
        http-request:add-acl* add-header add-headers-bin allow auth cache-use del-acl* del-header
        http-request:del-headers-bin del-map* deny disable-l7-retry do-log do-resolve* early-hint
        http-request:normalize-uri pause redirect reject replace-header replace-path replace-pathq
        http-request:replace-uri replace-value return sc-add-gpc* sc-inc-gpc* sc-inc-gpc0* sc-inc-gpc1*
        http-request:sc-set-gpt* sc-set-gpt0* send-spoe-group set-bandwidth-limit set-bc-mark set-bc-tos
        http-request:set-dst set-dst-port set-fc-mark set-fc-tos set-header set-headers-bin
        http-request:set-map* set-mark set-method set-nice set-path set-pathq set-priority-class
        http-request:set-priority-offset set-query set-retries set-src set-src-port set-timeout set-tos
        http-request:set-uri set-var* set-var-fmt* silent-drop strict-mode track-sc* unset-var*
        http-request:use-service wait-for-handshake
        http-response:add-acl* add-header add-headers-bin allow cache-store del-acl* del-header
        http-response:del-headers-bin del-map* deny do-log pause redirect replace-header replace-value return
        http-response:sc-add-gpc* sc-inc-gpc* sc-inc-gpc0* sc-inc-gpc1* sc-set-gpt* sc-set-gpt0*
        http-response:send-spoe-group set-bandwidth-limit set-fc-mark set-fc-tos set-header set-headers-bin
        http-response:set-map* set-mark set-nice set-status set-timeout set-tos set-var*
        http-response:set-var-fmt* silent-drop strict-mode track-sc* unset-var* wait-for-body
        http-after-response:add-header add-headers-bin allow del-acl* del-header del-headers-bin
        http-after-response:del-map* do-log replace-header replace-value sc-add-gpc* sc-inc-gpc* sc-inc-gpc0*
        http-after-response:sc-inc-gpc1* sc-set-gpt* sc-set-gpt0* set-header set-headers-bin
        http-after-response:set-map* set-status set-var* set-var-fmt* strict-mode unset-var*
        fetch:accept_date acl act_conn always_false always_true avg_queue base base32 base32+src baseq
        fetch:bc.timer.connect bc_be_queue bc_dst bc_dst_port bc_err bc_err_name bc_err_str bc_glitches
        fetch:bc_http_major bc_nb_streams bc_reused bc_rtt bc_rttvar bc_settings_streams_limit bc_src
        fetch:bc_src_port bc_srv_queue be_conn be_conn_free be_connect_timeout be_id be_max_retries be_name
        fetch:be_queue_timeout be_server_timeout be_sess_rate be_tarpit_timeout be_tunnel_timeout bin bool
        fetch:bs.aborted bs.debug_str bs.id bs.rst_code bytes_in bytes_out capture.req.method
        fetch:capture.req.uri capture.req.ver connslots cook cook_cnt
        fetch:cook_val cookie cpu_calls cpu_ns_avg cpu_ns_tot cpu_usage_grp cpu_usage_proc cpu_usage_thr
        fetch:cur_client_timeout cur_connect_timeout cur_max_retries cur_queue_timeout cur_server_timeout
        fetch:cur_tarpit_timeout cur_tunnel_timeout date date_us distcc_body distcc_param dst dst_conn
        fetch:dst_is_local dst_port dump_all_vars env fc.timer.handshake fc.timer.total fc_dst
        fetch:fc_dst_is_local fc_dst_port fc_err fc_err_name fc_err_str fc_fackets fc_glitches fc_http_major
        fetch:fc_lost fc_nb_streams fc_pp_authority fc_pp_tlv fc_pp_unique_id fc_rcvd_proxy fc_reordering
        fetch:fc_retrans fc_rtt fc_rttvar fc_sacked fc_saved_syn fc_settings_streams_limit fc_src
        fetch:fc_src_is_local fc_src_port fc_unacked fcgi.docroot fcgi.index fe_client_timeout fe_conn
        fetch:fe_defbe fe_id fe_name fe_req_rate fe_sess_rate fe_tarpit_timeout fs.aborted fs.debug_str fs.id
        fetch:fs.rst_code hdr hdr_cnt hdr_ip hdr_val hostname http_auth http_auth_bearer http_auth_group
        fetch:http_auth_pass http_auth_type http_auth_user http_first_req int internal.htx.data
        fetch:internal.htx.free internal.htx.free_data internal.htx.has_eom internal.htx.nbblks
        fetch:internal.htx.size internal.htx.used internal.htx_blk.data internal.htx_blk.hdrname
        fetch:internal.htx_blk.hdrval internal.htx_blk.size internal.htx_blk.start_line internal.htx_blk.type
        fetch:internal.strm.is_htx ipv4 ipv6 last_entity last_rule_file last_rule_line lat_ns_avg lat_ns_tot
        fetch:meth method nbproc nbsrv path pathq pid prio_class prio_offset proc query
        fetch:queue quic_enabled rand
        fetch:req.bytes_in req.bytes_out req.cook req.cook_cnt req.cook_names
        fetch:req.cook_val req.fhdr req.fhdr_cnt req.hdr req.hdr_cnt req.hdr_ip req.hdr_names req.hdr_val
        fetch:req.hdrs req.hdrs_bin req.proto_http
        fetch:req.ssl_cipherlist
        fetch:req.ssl_keyshare_groups req.ssl_sigalgs req.ssl_supported_groups
        fetch:req.timer.hdr req.timer.idle req.timer.queue req.timer.tq req.ver
        fetch:req_proto_http req_ver request_date res.body
        fetch:res.body_len res.body_size res.bytes_in res.bytes_out res.cache_hit res.cache_name res.comp
        fetch:res.comp_algo res.cook res.cook_cnt res.cook_names res.cook_val res.fhdr res.fhdr_cnt res.hdr
        fetch:res.hdr_cnt res.hdr_ip res.hdr_names res.hdr_val res.hdrs res.hdrs_bin
        fetch:res.timer.data res.timer.hdr res.ver resp_ver
        fetch:sc0_bytes_in_rate sc0_bytes_out_rate sc0_clr_gpc0 sc0_clr_gpc1 sc0_conn_cnt sc0_conn_cur
        fetch:sc0_conn_rate sc0_get_gpc0 sc0_get_gpc1 sc0_get_gpt0 sc0_glitch_cnt sc0_glitch_rate
        fetch:sc0_gpc0_rate sc0_gpc1_rate sc0_http_err_cnt sc0_http_err_rate sc0_http_fail_cnt
        fetch:sc0_http_fail_rate sc0_http_req_cnt sc0_http_req_rate sc0_inc_gpc0 sc0_inc_gpc1 sc0_kbytes_in
        fetch:sc0_kbytes_out sc0_key sc0_sess_cnt sc0_sess_rate sc0_tracked sc0_trackers sc1_bytes_in_rate
        fetch:sc1_bytes_out_rate sc1_clr_gpc sc1_clr_gpc0 sc1_clr_gpc1 sc1_conn_cnt sc1_conn_cur
        fetch:sc1_conn_rate sc1_get_gpc0 sc1_get_gpc1 sc1_get_gpt0 sc1_glitch_cnt sc1_glitch_rate
        fetch:sc1_gpc0_rate sc1_gpc1_rate sc1_http_err_cnt sc1_http_err_rate sc1_http_fail_cnt
        fetch:sc1_http_fail_rate sc1_http_req_cnt sc1_http_req_rate sc1_inc_gpc0 sc1_inc_gpc1 sc1_kbytes_in
        fetch:sc1_kbytes_out sc1_key sc1_sess_cnt sc1_sess_rate sc1_tracked sc1_trackers sc2_bytes_in_rate
        fetch:sc2_bytes_out_rate sc2_clr_gpc0 sc2_clr_gpc1 sc2_conn_cnt sc2_conn_cur sc2_conn_rate
        fetch:sc2_get_gpc0 sc2_get_gpc1 sc2_get_gpt0 sc2_glitch_cnt sc2_glitch_rate sc2_gpc0_rate
        fetch:sc2_gpc1_rate sc2_http_err_cnt sc2_http_err_rate sc2_http_fail_cnt sc2_http_fail_rate
        fetch:sc2_http_req_cnt sc2_http_req_rate sc2_inc_gpc0 sc2_inc_gpc1 sc2_kbytes_in sc2_kbytes_out
        fetch:sc2_key sc2_sess_cnt sc2_sess_rate sc2_tracked sc2_trackers sc_bytes_in_rate sc_bytes_out_rate
        fetch:sc_clr_gpc sc_clr_gpc0 sc_clr_gpc1 sc_conn_cnt sc_conn_cur sc_conn_rate sc_get_gpc sc_get_gpc0
        fetch:sc_get_gpc1 sc_get_gpt sc_get_gpt0 sc_glitch_cnt sc_glitch_rate sc_gpc0_rate sc_gpc1_rate
        fetch:sc_gpc_rate sc_http_err_cnt sc_http_err_rate sc_http_fail_cnt sc_http_fail_rate sc_http_req_cnt
        fetch:sc_http_req_rate sc_inc_gpc sc_inc_gpc0 sc_inc_gpc1 sc_kbytes_in sc_kbytes_out sc_key
        fetch:sc_sess_cnt sc_sess_rate sc_tracked sc_trackers scook scook_cnt scook_val server_status shdr
        fetch:shdr_cnt shdr_ip shdr_val so_id so_name spoe.engine-id src src_bytes_in_rate src_bytes_out_rate
        fetch:src_clr_gpc src_clr_gpc0 src_clr_gpc1 src_conn_cnt src_conn_cur src_conn_rate src_get_gpc
        fetch:src_get_gpc0 src_get_gpc1 src_get_gpt src_get_gpt0 src_glitch_cnt src_glitch_rate src_gpc0_rate
        fetch:src_gpc1_rate src_gpc_rate src_http_err_cnt src_http_err_rate src_http_fail_cnt
        fetch:src_http_fail_rate src_http_req_cnt src_http_req_rate src_inc_gpc src_inc_gpc0 src_inc_gpc1
        fetch:src_is_local src_kbytes_in src_kbytes_out src_port src_sess_cnt src_sess_rate src_updt_conn_cnt
        fetch:srv_conn srv_conn_free srv_id srv_is_up srv_iweight srv_name srv_queue srv_sess_rate
        fetch:srv_uweight srv_weight
        fetch:ssl_bc_client_early_traffic_secret ssl_bc_client_handshake_traffic_secret
        fetch:ssl_bc_client_traffic_secret_0 ssl_bc_early_exporter_secret
        fetch:ssl_bc_err_str ssl_bc_exporter_secret ssl_bc_npn
        fetch:ssl_bc_server_handshake_traffic_secret ssl_bc_server_traffic_secret_0
        fetch:ssl_c_chain_der
        fetch:ssl_c_policies ssl_c_r_dn ssl_c_san
        fetch:ssl_fc_cipherlist_bin
        fetch:ssl_fc_cipherlist_hex ssl_fc_cipherlist_str ssl_fc_cipherlist_xxh
        fetch:ssl_fc_client_early_traffic_secret ssl_fc_client_handshake_traffic_secret
        fetch:ssl_fc_client_traffic_secret_0 ssl_fc_crtname ssl_fc_early_exporter_secret
        fetch:ssl_fc_early_rcvd ssl_fc_ecformats_bin ssl_fc_eclist_bin ssl_fc_err_str
        fetch:ssl_fc_exporter_secret ssl_fc_extlist_bin
        fetch:ssl_fc_npn ssl_fc_protocol_hello_id
        fetch:ssl_fc_server_handshake_traffic_secret ssl_fc_server_traffic_secret_0
        fetch:ssl_fc_sigalgs_bin
        fetch:ssl_fc_supported_versions_bin ssl_s_chain_der
        fetch:status stopping str table_avl table_cnt term_events tgroup thread
        fetch:txn.conn_retries txn.id32 txn.redispatched txn.sess_term_state txn.status txn.timer.total
        fetch:txn.timer.user uptime url url32 url32+src url_ip url_param url_port urlp urlp_val
        fetch:uuid var wait_end waiting_entity
        converter:add add_item aes_cbc_dec aes_cbc_enc aes_gcm_dec aes_gcm_enc and b64dec base2 base64 be2dec
        converter:be2hex bool bytes concat cpl crc32 crc32c cut_crlf date debug
        converter:digest div djb2 eth.data eth.dst eth.hdr eth.proto eth.src eth.vlan even fe_exists field
        converter:fix_is_valid fix_tag_value has_ctl hex hex2i hmac host_only htonl http_date iif in_table
        converter:ip.data ip.df ip.dst ip.fp ip.hdr ip.proto ip.src ip.tos ip.ttl ip.ver ipmask json
        converter:json_query jwt_decrypt_cert jwt_decrypt_jwk jwt_decrypt_secret jwt_header_query
        converter:jwt_payload_query jwt_verify jwt_verify_cert language le2dec length lower ltime ltrim map
        converter:map_beg map_beg_int map_beg_ip map_beg_key map_dir map_dir_int map_dir_ip map_dir_key
        converter:map_dom map_dom_int map_dom_ip map_dom_key map_end map_end_int map_end_ip map_end_key
        converter:map_int map_int_int map_int_ip map_int_key map_ip map_ip_int map_ip_ip map_ip_key map_reg
        converter:map_reg_int map_reg_ip map_reg_key map_regm map_str map_str_int map_str_ip map_str_key
        converter:map_sub map_sub_int map_sub_ip map_sub_key mod mqtt_field_value mqtt_is_valid ms_ltime
        converter:ms_utime mul nbsrv neg not odd or param port_only protobuf regsub reverse reverse_dom
        converter:rfc7239_field rfc7239_is_valid rfc7239_n2nn rfc7239_n2np rfc7239_nn rfc7239_np rtrim sdbm
        converter:secure_memcmp set-var sha1 sha2 srv_is_up srv_queue strcmp sub table_bytes_in_rate
        converter:table_bytes_out_rate table_clr_gpc table_clr_gpc0 table_clr_gpc1 table_conn_cnt
        converter:table_conn_cur table_conn_rate table_expire table_glitch_cnt table_glitch_rate table_gpc
        converter:table_gpc0 table_gpc0_rate table_gpc1 table_gpc1_rate table_gpc_rate table_gpt table_gpt0
        converter:table_http_err_cnt table_http_err_rate table_http_fail_cnt table_http_fail_rate
        converter:table_http_req_cnt table_http_req_rate table_idle table_inc_gpc table_inc_gpc0
        converter:table_inc_gpc1 table_kbytes_in table_kbytes_out table_server_id table_sess_cnt
        converter:table_sess_rate table_trackers tcp.dst tcp.flags tcp.options.mss tcp.options.sack
        converter:tcp.options.tsopt tcp.options.tsval tcp.options.wscale tcp.options.wsopt tcp.options_list
        converter:tcp.seq tcp.src tcp.win ub64dec ub64enc ungrpc unset-var upper url_dec url_enc us_ltime
        converter:us_utime utime when word wt6 x509_v_err_str xor xxh3 xxh32 xxh64
        acl:base base_beg base_dir base_dom base_end base_len base_reg base_sub cook cook_beg cook_dir
        acl:cook_dom cook_end cook_len cook_reg cook_sub hdr hdr_beg hdr_dir hdr_dom hdr_end hdr_len hdr_reg
        acl:hdr_sub http_auth_group method path path_beg path_dir path_dom path_end path_len path_reg
        acl:path_sub req.ssl_ver
        acl:req_ver resp_ver scook scook_beg scook_dir scook_dom scook_end scook_len scook_reg scook_sub shdr
        acl:shdr_beg shdr_dir shdr_dom shdr_end shdr_len shdr_reg shdr_sub url
        acl:url_beg url_dir url_dom url_end url_len url_reg url_sub urlp urlp_beg urlp_dir urlp_dom urlp_end
        acl:urlp_len urlp_reg urlp_sub
        match:beg bin bool dir dom end found int ip len reg str sub
        log alias:B CC CS H HM HP HPO HQ HU HV ID OG ST T TR Ta Tc Td Th Ti Tl Tq Tr Ts Tt Tu Tw U ac b bc bi
        log alias:bp bq ci cp f fc fi fp ft hr hrl hs hsl lc ms o pid r rc rt s sc si sp sq t tr
        log alias:trg trl ts tsc
        filter:bwlim-in bwlim-out cache comp-req comp-res compression fcgi-app spoe trace
        service:prometheus-exporter
        """;
}
