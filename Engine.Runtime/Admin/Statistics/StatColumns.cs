using System;
using System.Collections.Generic;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>
/// The columns of <c>show stat</c>, in the reference's order, which never changes: new ones are added behind (management
/// guide section 9.1). What belongs to something this program does not have counts 0.
/// </summary>
internal static class StatColumns
{
    /// <summary>Columns before those of protocols, which a "-" separates in the header.</summary>
    public const int CommonCount = 119;

    /// <summary>Name, tags (origin, nature, scope, persistence) and type of each.</summary>
    private const string Table = """
        pxname KNSV str
        svname KNSV str
        qcur MGPV u32
        qmax MMPV u32
        scur MGPV u32
        smax MMPV u32
        slim CLPV u32
        stot MCPP u64
        bin MCPP u64
        bout MCPP u64
        dreq MCPP u64
        dresp MCPP u64
        ereq MCPP u64
        econ MCPP u64
        eresp MCPP u64
        wretr MCPP u64
        wredis MCPP u64
        status SGPV str
        weight MaPV u32
        act MGPV u32
        bck MGPV u32
        chkfail MCPP u64
        chkdown MCPP u64
        lastchg MAPP u32
        downtime MCPV u32
        qlimit CGSV u32
        pid KGPV u32
        iid KGSV u32
        sid KGSV u32
        throttle MGPV u32
        lbtot MCPP u64
        tracked CNSV str
        type CGSV u32
        rate MRPP u32
        rate_lim CLPV u32
        rate_max MMPV u32
        check_status MOPV str
        check_code MOPV u32
        check_duration MDPV u64
        hrsp_1xx MCPP u64
        hrsp_2xx MCPP u64
        hrsp_3xx MCPP u64
        hrsp_4xx MCPP u64
        hrsp_5xx MCPP u64
        hrsp_other MCPP u64
        hanafail MCPP u64
        req_rate MRPP u32
        req_rate_max MMPV u32
        req_tot MCPP u64
        cli_abrt MCPP u64
        srv_abrt MCPP u64
        comp_in MCPP u64
        comp_out MCPP u64
        comp_byp MCPP u64
        comp_rsp MCPP u64
        lastsess MAPP s32
        last_chk MOPV str
        last_agt MOPV str
        qtime MaPV u32
        ctime MaPV u32
        rtime MaPV u32
        ttime MaPV u32
        agent_status MOPV str
        agent_code MOPV u32
        agent_duration MDPV u64
        check_desc MOPV str
        agent_desc MOPV str
        check_rise CGSV u32
        check_fall CGSV u32
        check_health CGSV u32
        agent_rise CGSV u32
        agent_fall CGSV u32
        agent_health CGSV u32
        addr CGSV str
        cookie CNSV str
        mode CGSV str
        algo CGSV str
        conn_rate MRPP u32
        conn_rate_max MMPV u32
        conn_tot MCPP u64
        intercepted MCPP u64
        dcon MCPP u64
        dses MCPP u64
        wrew MCPP u64
        connect MCPP u64
        reuse MCPP u64
        cache_lookups MCPP u64
        cache_hits MCPP u64
        srv_icur MGPV u32
        src_ilim CLPV u32
        qtime_max MMPV u32
        ctime_max MMPV u32
        rtime_max MMPV u32
        ttime_max MMPV u32
        eint MCPP u64
        idle_conn_cur MGPV u32
        safe_conn_cur MGPV u32
        used_conn_cur MGPV u32
        need_conn_est MGPV u32
        uweight MaPV u32
        agg_server_status MGPV u32
        agg_server_check_status MGPV u32
        agg_check_status MGPV u32
        srid MCPV u32
        sess_other MCPV u64
        h1sess MCPP u64
        h2sess MCPP u64
        h3sess MCPP u64
        req_other MCPP u64
        h1req MCPP u64
        h2req MCPP u64
        h3req MCPP u64
        proto SGPV str
        priv_idle_cur MGPV u32
        reqbin MCPP u64
        reqbout MCPP u64
        resbin MCPP u64
        resbout MCPP u64
        cache_hint_hits MCPP u64
        h2_headers_rcvd MCPV u64
        h2_data_rcvd MCPV u64
        h2_settings_rcvd MCPV u64
        h2_rst_stream_rcvd MCPV u64
        h2_goaway_rcvd MCPV u64
        h2_detected_conn_protocol_errors MCPV u64
        h2_detected_strm_protocol_errors MCPV u64
        h2_rst_stream_resp MCPV u64
        h2_goaway_resp MCPV u64
        h2_open_connections MGPV u64
        h2_backend_open_streams MGPV u64
        h2_total_connections MCPV u64
        h2_backend_total_streams MCPV u64
        ssl_sess MCPV u64
        ssl_reused_sess MCPV u64
        ssl_failed_handshake MCPV u64
        ssl_ocsp_staple MCPV u64
        ssl_failed_ocsp_staple MCPV u64
        h1_open_connections MGPV u64
        h1_open_streams MGPV u64
        h1_total_connections MCPV u64
        h1_total_streams MCPV u64
        h1_bytes_in MCPV u64
        h1_bytes_out MCPV u64
        h1_spliced_bytes_in MCPV u64
        h1_spliced_bytes_out MCPV u64
        """;

    private static readonly Dictionary<string, int> Places = [];

    public static readonly StatColumn[] All = Read();

    /// <summary>The place of a column that there must be.</summary>
    public static int Of(string name) => Places[name];

    private static StatColumn[] Read()
    {
        string[] lines = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        StatColumn[] columns = new StatColumn[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Trim().Split(' ');
            columns[i] = new StatColumn(words[0], words[1], words[2]);
            Places[words[0]] = i;
        }
        return columns;
    }
}
