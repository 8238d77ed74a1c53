using System;
using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What is tracked is counted, limits hold, clients stick to servers, and the Runtime API shows and changes it.</summary>
public sealed class StickTableTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartTables(string frontend, string tables) => StartApi($$"""
        {{HttpDefaults}}
        frontend fe
            bind <fe>
        {{frontend}}
        {{tables}}
        """);

    private static HttpMessage Ask(Proxy proxy, string path = "/", params string[] fields)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", path, fields));
        return client.ReadResponse();
    }

    /// <summary>What a command answers, numbers of rows and times left taken out.</summary>
    private string Table(string command) =>
        Regex.Replace(Regex.Replace(Say(command), "0x[0-9a-f]+:", "PTR:"), "exp=[0-9]+", "exp=N");

    [Fact]
    public void Requests_beyond_a_rate_are_refused()
    {
        Proxy proxy = StartTables(
            """
                http-request track-sc0 src table t
                http-request deny deny_status 429 if { sc_http_req_rate(0) gt 3 }
                http-request return status 200 hdr x-count %[sc0_http_req_cnt]
            """,
            "backend t\n stick-table type ip size 10 expire 1m store http_req_cnt,http_req_rate(1m),http_err_cnt,conn_cnt,conn_cur");
        for (int i = 1; i <= 3; i++) Assert.Equal($"{i}", Ask(proxy)["x-count"]);
        for (int i = 0; i < 2; i++) Assert.Equal(429, Ask(proxy).Status);
        proxy.WaitUntil(() => Table("show table t").Contains("conn_cur=0"), "all connections are over");
        Assert.Equal(
            """
            # table: t, type: ip, size:10, used:1
            PTR: key=127.0.0.1 use=0 exp=N shard=0 conn_cnt=5 conn_cur=0 http_req_cnt=5 http_req_rate(60000)=5 http_err_cnt=2


            """,
            Table("show table t"));
    }

    [Fact]
    public void A_session_counts_its_requests_and_itself_once()
    {
        Proxy proxy = StartTables(
            """
                tcp-request connection track-sc0 src table t
                http-request return status 200 hdr x-seen "%[sc0_conn_cnt] %[sc0_sess_cnt] %[sc0_conn_cur] %[sc0_http_req_cnt]"
            """,
            "backend t\n stick-table type ip size 10 expire 1m store conn_cnt,conn_cur,sess_cnt,http_req_cnt,http_err_cnt,glitch_cnt");
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal("1 1 1 1", client.ReadResponse()["x-seen"]);
        client.Send(Get());
        Assert.Equal("1 1 1 2", client.ReadResponse()["x-seen"]);
        using Wire second = proxy.Connect("fe");
        second.Send(Get());
        Assert.Equal("2 2 2 3", second.ReadResponse()["x-seen"]);
        second.Send("GET / HTTP/1.1\r\nbad header\r\n\r\n");
        Assert.Equal(400, second.ReadResponse().Status);
        proxy.WaitUntil(
            () => Table("show table t").Contains("conn_cur=1 sess_cnt=2 http_req_cnt=4 http_err_cnt=1 glitch_cnt=1"),
            "the bad request is counted");
    }

    [Fact]
    public void Answers_of_servers_count_as_errors_and_failures()
    {
        Proxy proxy = StartTables(
            """
                http-request track-sc0 path table t
                default_backend be
            """,
            """
            backend be
                server s <origin> pool-max-conn 0
            frontend origin
                bind <origin>
                http-request return status 404 if { path /404 }
                http-request return status 500 if { path /500 }
                http-request return status 501
            backend t
                stick-table type string len 8 size 10 expire 1m store http_err_cnt,http_fail_cnt
            """);
        foreach (string path in (string[])["/404", "/500", "/501"]) Ask(proxy, path);
        string shown = Table("show table t");
        Assert.Contains("key=/404 use=0 exp=N shard=0 http_err_cnt=1 http_fail_cnt=0\n", shown);
        Assert.Contains("key=/500 use=0 exp=N shard=0 http_err_cnt=0 http_fail_cnt=1\n", shown);
        Assert.Contains("key=/501 use=0 exp=N shard=0 http_err_cnt=0 http_fail_cnt=0\n", shown);
    }

    [Fact]
    public void Counters_and_tags_are_changed_by_rules()
    {
        Proxy proxy = StartTables(
            """
                http-request track-sc0 src table t
                http-request sc-inc-gpc0(0)
                http-request sc-inc-gpc(1,0)
                http-request sc-add-gpc(2,0) req.hdr(x-add)
                http-request sc-set-gpt(1,0) 7
                http-request set-header x-again %[sc_inc_gpc(1,0)]
                http-request return status 200 hdr x-seen "%[sc0_get_gpc0] %[sc_get_gpc(1,0)] %[sc_get_gpc(2,0)] %[sc_get_gpt(1,0)] %[sc_clr_gpc(2,0)] %[sc_get_gpc(2,0)] %[sc_gpc_rate(1,0)]"
            """,
            "backend t\n stick-table type ip size 10 expire 1m store gpc(3),gpc_rate(3,1m),gpt(2)");
        Assert.Equal("1 2 5 7 5 0 2", Ask(proxy, "/", "x-add: 5")["x-seen"]);
        Assert.Equal("2 4 2 7 2 0 4", Ask(proxy, "/", "x-add: 2")["x-seen"]);
    }

    [Fact]
    public void Values_are_looked_up_without_being_tracked()
    {
        Proxy proxy = StartTables(
            """
                http-request return status 200 hdr x-seen "%[src,in_table(t)] %[src_get_gpc0(t)] %[str(10.0.0.9),table_gpc0(t)] %[src_inc_gpc0(t)] %[table_cnt(t)] %[table_avl(t)] %[src_conn_cnt(t)]." if { path /a }
                http-request return status 200 hdr x-seen "%[sc0_http_req_cnt].%[sc0_tracked].%[src,table_gpc0(t)]"
            """,
            "backend t\n stick-table type ip size 10 expire 1m store gpc0");
        Say("set table t key 10.0.0.9 data.gpc0 9");
        Assert.Equal("0 0 9 1 2 8 .", Ask(proxy, "/a")["x-seen"]);
        Assert.Equal(".0.1", Ask(proxy)["x-seen"]);
    }

    private const string TwoServers = """
            server a <origin> pool-max-conn 0
            server b <origin> pool-max-conn 0
        frontend origin
            bind <origin>
            http-request return status 200 hdr x-token "%[req.hdr(x-want)]"
        """;

    [Fact]
    public void A_client_stays_with_the_server_it_had()
    {
        Proxy proxy = StartTables(
            " default_backend be\n http-response set-header x-server %s",
            $"""
            backend be
                balance roundrobin
                stick-table type string len 16 size 100 expire 1m
                stick on hdr(x-user)
            {TwoServers}
            """);
        string first = Ask(proxy, "/", "x-user: u")["x-server"]!;
        for (int i = 0; i < 4; i++) Assert.Equal(first, Ask(proxy, "/", "x-user: u")["x-server"]);
        Assert.Contains($"key=u use=0 exp=N shard=0 server_id={(first == "a" ? 1 : 2)} server_key={first}\n", Table("show table be"));
        string other = first == "a" ? "b" : "a";
        Say($"disable server be/{first}");
        Assert.Equal(other, Ask(proxy, "/", "x-user: u")["x-server"]);
        Say($"enable server be/{first}");
        Assert.Equal(other, Ask(proxy, "/", "x-user: u")["x-server"]); // it was learnt anew
    }

    [Fact]
    public void A_key_of_the_answer_ties_the_next_request()
    {
        Proxy proxy = StartTables(
            " default_backend be\n http-response set-header x-server %s",
            $"""
            backend be
                balance roundrobin
                stick-table type string len 16 size 100 expire 1m
                stick match hdr(x-user)
                stick store-response res.hdr(x-token) if !FALSE
            {TwoServers}
            """);
        string first = Ask(proxy, "/", "x-want: tok")["x-server"]!;
        for (int i = 0; i < 4; i++) Assert.Equal(first, Ask(proxy, "/", "x-user: tok")["x-server"]);
    }

    [Fact]
    public void Servers_that_do_not_stick_are_not_learnt()
    {
        Proxy proxy = StartTables(
            " default_backend be\n http-response set-header x-server %s",
            """
            backend be
                stick-table type ip size 100 expire 1m
                stick on src
                server a <origin> non-stick pool-max-conn 0
            frontend origin
                bind <origin>
                http-request return status 200
            """);
        Assert.Equal("a", Ask(proxy)["x-server"]);
        Assert.Equal("# table: be, type: ip, size:100, used:0\n\n", Table("show table be"));
    }

    [Fact]
    public void Tcp_clients_stick_and_are_counted()
    {
        Proxy proxy = StartApi("""
            defaults
                timeout client 5s
                timeout server 5s
                timeout connect 5s
            listen fe
                bind <fe>
                tcp-request content track-sc0 src table t
                stick-table type ip size 10 expire 1m
                stick on src
                server a <origin> pool-max-conn 0
            frontend origin
                mode http
                bind <origin>
                http-request return status 200 content-type text/plain string 0123456789
            backend t
                stick-table type ip size 10 expire 1m store bytes_in_cnt,bytes_out_cnt,conn_cnt
            """);
        using Wire client = proxy.Connect("fe");
        string request = Get();
        client.Send(request);
        Assert.Equal("0123456789", client.ReadResponse().Text);
        Assert.Contains("server_id=1 server_key=a", Table("show table fe"));
        proxy.WaitUntil(() => Table("show table t").Contains($"bytes_in_cnt={request.Length} "), "its bytes are counted");
    }

    [Fact]
    public void Commands_set_show_and_clear_entries()
    {
        Proxy proxy = StartTables(
            " http-request return status 200",
            """
            peers pp
                disabled
                table pt type integer size 5 store gpt(2)
            backend t
                stick-table type ipv6 size 5 expire 1m store gpc0,http_req_rate(10s)
            """);
        _ = proxy;
        Assert.Equal("\n", Say("set table t key 10.0.0.1 data.gpc0 3 data.http_req_rate 7"));
        Assert.Equal("\n", Say("set table t key ::1 data.gpc0 1"));
        Assert.Equal("\n", Say("set table pp/pt key 12 data.gpt[1] 5"));
        Assert.Equal(
            "# table: t, type: ipv6, size:5, used:2\n# table: pp/pt, type: integer, size:5, used:1\n\n", Table("show table"));
        Assert.Equal(
            "# table: t, type: ipv6, size:5, used:2\n"
            + "PTR: key=::ffff:10.0.0.1 use=0 exp=N shard=0 gpc0=3 http_req_rate(10000)=7\n\n",
            Table("show table t data.gpc0 gt 1"));
        Assert.Equal(
            "# table: pp/pt, type: integer, size:5, used:1\nPTR: key=12 use=0 exp=N shard=0 gpt0=0 gpt1=5\n\n",
            Table("show table pp/pt key 12"));
        Assert.Equal("\n", Say("clear table t data.gpc0 eq 1"));
        Assert.Equal("# table: t, type: ipv6, size:5, used:1\n\n", Table("show table t data.gpc0 eq 1"));
        Assert.Equal("\n", Say("clear table t"));
        Assert.Equal("# table: t, type: ipv6, size:5, used:0\n\n", Table("show table t"));
        Assert.Equal("No such table\n\n", Say("show table nosuch"));
    }

    [Fact]
    public void What_is_tracked_cannot_be_cleared()
    {
        Proxy proxy = StartTables(
            " tcp-request connection track-sc0 src table t\n http-request return status 200",
            "backend t\n stick-table type ip size 5 expire 1m store conn_cur");
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        client.ReadResponse();
        Assert.Equal("Entry currently in use, cannot remove\n\n", Say("clear table t key 127.0.0.1"));
        Assert.Contains("key=127.0.0.1 use=1 ", Table("show table t"));
    }
}
