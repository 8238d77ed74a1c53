using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>track-sc</c> in every set of rules, and the limits that are built on it.</summary>
public sealed class TrackTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private const string All = "conn_cnt,conn_cur,sess_cnt,http_req_cnt,http_err_cnt";

    private const string Seen =
        "\"%[sc0_conn_cnt] %[sc0_conn_cur] %[sc0_sess_cnt] %[sc0_http_req_cnt] %[sc0_http_err_cnt]\"";

    private Proxy StartTracking(string frontend, string tables, string bind = "", string global = "") => StartApi(
        $"""
        {HttpDefaults}
        frontend fe
            bind <fe> {bind}
        {frontend}
        {tables}
        """,
        global);

    private static string TableOf(string stored, string type = "ip") =>
        $"backend t\n stick-table type {type} size 100 expire 1m store {stored}";

    /// <summary>The data of an entry, or empty.</summary>
    private string Entry(string key, string table = "t") =>
        Regex.Match(Say($"show table {table} key {key}"), "shard=0 (.*)").Groups[1].Value;

    private static HttpMessage Ask(Proxy proxy, string path = "/", params string[] fields)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Request("GET", path, fields));
        return client.ReadResponse();
    }

    [Theory]
    [InlineData("tcp-request connection track-sc0 src table t", "1 1 1 1 0", "1 1 1 2 0")]
    [InlineData("tcp-request session track-sc0 src table t", "1 1 1 1 0", "1 1 1 2 0")]
    [InlineData("tcp-request content track-sc0 src table t if HTTP", "1 1 0 1 0", "2 1 0 2 0")]
    [InlineData("http-request track-sc0 src table t", "1 1 0 1 0", "2 1 0 2 0")]
    public void Sets_of_rules_track_sessions_or_requests(string rule, string first, string second)
    {
        Proxy proxy = StartTracking($" {rule}\n http-request return status 200 hdr x-seen {Seen}", TableOf(All));
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(first, client.ReadResponse()["x-seen"]);
        client.Send(Get());
        Assert.Equal(second, client.ReadResponse()["x-seen"]);
    }

    [Theory]
    [InlineData("tcp-request connection track-sc0 src table t", "1 1 1 3 0")]
    [InlineData("http-request track-sc0 src table t", "3 1 0 3 0")]
    public void Streams_of_HTTP_2_are_requests_of_one_session(string rule, string last)
    {
        Proxy proxy = StartTracking($" {rule}\n http-request return status 200 hdr x-seen {Seen}", TableOf(All), "proto h2");
        using Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        for (uint stream = 1; stream <= 5; stream += 2)
        {
            client.Get(stream);
            Http2Message answer = client.ReadMessage(stream);
            Assert.Equal(200, answer.Status);
            if (stream == 5) Assert.Equal(last, answer["x-seen"]);
        }
    }

    [Fact]
    public void Streams_of_HTTP_2_are_limited_one_by_one()
    {
        Proxy proxy = StartTracking(
            """
                http-request track-sc0 src table t
                http-request deny deny_status 429 if { sc_http_req_rate(0) gt 3 }
                http-request return status 200
            """,
            TableOf("http_req_rate(1m)"),
            "proto h2");
        using Http2Wire client = Http2Wire.Client(proxy.Connect("fe"));
        for (uint stream = 1; stream <= 9; stream += 2) client.Get(stream);
        List<int> statuses = [];
        for (uint stream = 1; stream <= 9; stream += 2) statuses.Add(client.ReadMessage(stream).Status);
        Assert.Equal([200, 200, 200, 429, 429], statuses);
    }

    [Fact]
    public void Requests_in_a_pipeline_are_counted_each()
    {
        Proxy proxy = StartTracking(
            """
                http-request track-sc0 path table t
                http-request return status 200 hdr x-seen %[sc0_http_req_cnt]
            """,
            TableOf("http_req_cnt", "string len 20"));
        using Wire client = proxy.Connect("fe");
        client.Send(Get("/a") + Get("/b") + Get("/a"));
        Assert.Equal(["1", "1", "2"], new[] { 1, 2, 3 }.Select(_ => client.ReadResponse()["x-seen"]));
    }

    [Fact]
    public void The_first_rule_about_a_place_wins_also_over_the_requests_of_its_session()
    {
        Proxy proxy = StartTracking(
            """
                tcp-request connection track-sc0 src table t
                tcp-request connection track-sc0 src table u
                tcp-request content track-sc0 path table keys if HTTP
                http-request track-sc0 hdr(x-key) table keys
                http-request track-sc1 hdr(x-key) table keys
                http-request track-sc1 path table keys
                http-request return status 200 hdr x-seen "%[sc0_key] %[sc0_http_req_cnt] %[sc1_key] %[sc1_http_req_cnt]"
            """,
            TableOf(All) + """

            backend u
                stick-table type ip size 10
            backend keys
                stick-table type string size 10 store http_req_cnt
            """);
        using Wire client = proxy.Connect("fe");
        client.Send(Get("/", "x-key: k") + Get("/", "x-key: other") + Get("/", "x-key: k"));
        List<string?> seen = [.. new[] { 1, 2, 3 }.Select(_ => client.ReadResponse()["x-seen"])];
        Assert.Equal(["127.0.0.1 1 k 1", "127.0.0.1 2 other 1", "127.0.0.1 3 k 2"], seen);
        Assert.Equal("", Entry("/", "keys"));
        Assert.Contains("used:0\n", Say("show table u"));
    }

    [Fact]
    public void Several_places_track_beside_each_other()
    {
        Proxy proxy = StartTracking(
            """
                http-request track-sc0 src table t
                http-request track-sc1 path table paths
                http-request track-sc4 hdr(x-key) table paths
                http-request sc-inc-gpc0(4)
                http-request return status 200 hdr x-seen "%[sc0_http_req_cnt] %[sc1_http_req_cnt] %[sc_http_req_cnt(4)] %[sc_get_gpc0(4)] %[sc_get_gpc0(1)] %[sc_tracked(3)] %[sc2_tracked]"
            """,
            TableOf(All) + "\nbackend paths\n stick-table type string size 10 store http_req_cnt,gpc0",
            global: "tune.stick-counters 5");
        Assert.Equal("1 1 1 1 0 0 0", Ask(proxy, "/a", "x-key: k")["x-seen"]);
        Assert.Equal("2 1 2 2 0 0 0", Ask(proxy, "/b", "x-key: k")["x-seen"]);
        Assert.Equal("3 2 1 1 0 0 0", Ask(proxy, "/b", "x-key: other")["x-seen"]);
    }

    [Fact]
    public void Answers_track_what_they_say()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok("ok", $"x-who: {request["x-want"]}\r\n"));
        Proxy proxy = StartTracking(
            """
                default_backend be
                http-response track-sc1 res.hdr(x-who) table t
                http-response sc-inc-gpc0(1)
                http-after-response sc-add-gpc(0,1) 10
                http-response set-header x-seen "%[sc1_http_req_cnt] %[sc1_get_gpc0]"
            """,
            $"backend be\n server s {origin.Address}\n" + TableOf("http_req_cnt,gpc(1)", "string"));
        Assert.Equal("1 1", Ask(proxy, "/", "x-want: w")["x-seen"]);
        Assert.Equal("2 12", Ask(proxy, "/", "x-want: w")["x-seen"]);
        Assert.Equal("gpc0=22 http_req_cnt=2".Split(' ').Order(), Entry("w").Split(' ').Order());
    }

    [Fact]
    public void Connections_at_the_same_time_are_limited()
    {
        Proxy proxy = StartTracking(
            """
                tcp-request connection track-sc0 src table t
                tcp-request connection reject if { sc0_conn_cur gt 2 }
                http-request return status 200
            """,
            TableOf("conn_cur"));
        Wire first = proxy.Connect("fe");
        first.Send(Get());
        first.ReadResponse();
        Wire second = proxy.Connect("fe");
        second.Send(Get());
        second.ReadResponse();
        using (Wire refused = proxy.Connect("fe")) refused.ExpectGone();
        proxy.WaitUntil(() => Entry("127.0.0.1") == "conn_cur=2", "the refused connection is over");
        first.Close();
        proxy.WaitUntil(() => Entry("127.0.0.1") == "conn_cur=1", "a connection is over");
        Assert.Equal(200, Ask(proxy).Status);
    }

    [Fact]
    public void Clients_that_misbehaved_are_not_let_in_again()
    {
        Proxy proxy = StartTracking(
            """
                tcp-request connection reject if { src_get_gpc0(t) gt 0 }
                http-request track-sc0 src table t
                http-request sc-inc-gpc0(0) if { path /trap }
                http-request return status 200
            """,
            TableOf("gpc0"));
        Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal(200, Ask(proxy, "/trap").Status);
        using (Wire refused = proxy.Connect("fe")) refused.ExpectGone();
        Say("set table t key 127.0.0.1 data.gpc0 0");
        Assert.Equal(200, Ask(proxy).Status);
    }

    [Fact]
    public void Clients_that_make_many_errors_are_refused()
    {
        Proxy proxy = StartTracking(
            """
                http-request track-sc0 src table t
                http-request deny deny_status 403 if { sc_http_err_rate(0) ge 2 }
                default_backend be
            """,
            """
            backend be
                server s <origin> pool-max-conn 0
            frontend origin
                bind <origin>
                http-request return status 404 if { path /missing }
                http-request return status 200
            """ + "\n" + TableOf("http_err_rate(1m)"));
        Assert.Equal(404, Ask(proxy, "/missing").Status);
        Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal(404, Ask(proxy, "/missing").Status);
        Assert.Equal(403, Ask(proxy).Status);
    }

    [Theory]
    [InlineData("deny", "http_req_cnt=1 http_err_cnt=1")]
    [InlineData("reject", "http_req_cnt=1 http_err_cnt=0")]
    [InlineData("silent-drop", "http_req_cnt=1 http_err_cnt=0")]
    public void Refused_requests_are_errors_unless_they_are_dropped(string action, string entry)
    {
        Proxy proxy = StartTracking(
            $" http-request track-sc0 src table t\n http-request {action}", TableOf("http_req_cnt,http_err_cnt"));
        using Wire client = proxy.Connect("fe");
        client.Send(Get());
        proxy.WaitUntil(() => Entry("127.0.0.1") == entry, "the request is counted");
    }

    [Fact]
    public void Content_rules_of_a_backend_count_the_request()
    {
        Proxy proxy = StartTracking(
            " default_backend be",
            """
            backend be
                tcp-request content track-sc0 src table t
                server s <origin> pool-max-conn 0
            frontend origin
                bind <origin>
                http-request return status 200
            """ + "\n" + TableOf("http_req_cnt"));
        Assert.Equal(200, Ask(proxy).Status);
        Assert.Equal("http_req_cnt=1", Entry("127.0.0.1"));
    }

    [Fact]
    public void Connections_of_TCP_mode_are_limited()
    {
        Proxy proxy = StartApi($"""
            {TcpDefaults}
            listen fe
                bind <fe>
                tcp-request inspect-delay 5s
                tcp-request content track-sc0 req.payload(0,1) table t
                tcp-request content reject if {"{ sc0_conn_cnt gt 2 }"}
                server s <origin> pool-max-conn 0
            frontend origin
                mode http
                bind <origin>
                http-request return status 200
            backend t
                stick-table type string len 1 size 10 expire 1m store conn_cnt
            """);
        for (int i = 0; i < 2; i++) Assert.Equal(200, Ask(proxy).Status);
        using Wire refused = proxy.Connect("fe");
        refused.Send(Get());
        refused.ExpectGone();
        Assert.Equal("conn_cnt=3", Entry("G"));
        using Wire other = proxy.Connect("fe");
        other.Send(Request("HEAD", "/"));
        Assert.Equal(200, other.ReadResponse(toHead: true).Status);
    }

    [Fact]
    public void Tables_of_peers_sections_are_tracked_and_looked_up()
    {
        Proxy proxy = StartTracking(
            """
                http-request track-sc0 src table pp/pt
                http-request return status 200 hdr x-seen "%[sc0_http_req_cnt] %[src,table_http_req_cnt(pp/pt)] %[src_http_req_cnt(pp/pt)] %[table_cnt(pp/pt)]"
            """,
            "peers pp\n disabled\n table pt type ip size 10 expire 1m store http_req_cnt");
        Assert.Equal("1 1 1 1", Ask(proxy)["x-seen"]);
        Assert.Equal("2 2 2 1", Ask(proxy)["x-seen"]);
        Assert.Equal("http_req_cnt=2", Entry("127.0.0.1", "pp/pt"));
    }

    [Fact]
    public void Entries_that_nobody_touches_expire()
    {
        Proxy proxy = StartTracking(
            " http-request track-sc0 path table t\n http-request return status 200",
            "backend t\n stick-table type string size 10 expire 50ms store http_req_cnt\n");
        Ask(proxy, "/a");
        proxy.WaitUntil(() => Say("show table t").Contains("used:0\n"), "the entry is gone");
    }

    [Fact]
    public void An_entry_is_held_as_long_as_its_session()
    {
        Proxy proxy = StartTracking(
            " tcp-request connection track-sc0 src table t\n http-request return status 200 hdr x-seen %[sc0_conn_cnt].%[sc0_trackers]",
            "backend t\n stick-table type ip size 1 expire 1ms store conn_cnt");
        using Wire client = proxy.Connect("fe");
        for (int i = 0; i < 3; i++)
        {
            client.Send(Get());
            Assert.Equal("1.1", client.ReadResponse()["x-seen"]);
        }
        Assert.Contains("use=1 ", Say("show table t"));
        client.Close();
        proxy.WaitUntil(() => Say("show table t").Contains("used:0\n"), "the entry is gone");
    }

    [Fact]
    public void Threads_share_a_table()
    {
        Proxy proxy = StartTracking(
            """
                tcp-request connection track-sc0 src table t
                http-request track-sc1 path table paths
                http-request return status 200
            """,
            TableOf("conn_cnt,sess_cnt,http_req_cnt") + "\nbackend paths\n stick-table type string size 10 store http_req_cnt",
            global: "nbthread 2");
        SideThread<bool>[] clients = [.. Enumerable.Range(0, 4).Select(_ => Aside(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                using Wire client = proxy.Connect("fe");
                for (int k = 0; k < 5; k++)
                {
                    client.Send(Get("/p"));
                    client.ReadResponse();
                }
            }
        }))];
        foreach (SideThread<bool> client in clients) client.Join();
        Assert.Equal("conn_cnt=40 sess_cnt=40 http_req_cnt=200", Entry("127.0.0.1"));
        Assert.Equal("http_req_cnt=200", Entry("/p", "paths"));
    }

    [SkippableFact]
    public void Bytes_are_counted_while_they_pass()
    {
        ReferenceDiffers("counts when the connection ends");
        Origin origin = NewOrigin();
        Proxy proxy = StartApi($"""
            {TcpDefaults}
            listen fe
                bind <fe>
                tcp-request connection track-sc0 src table t
                server s {origin.Address}
            backend t
                stick-table type ip size 10 expire 1m brates-factor 16 store bytes_in_cnt,bytes_out_cnt,bytes_in_rate(1m)
            """);
        using Wire client = proxy.Connect("fe");
        Wire server = origin.Accept();
        client.Send(new string('x', 1600));
        server.ReadText(1600);
        server.Send(new string('y', 300));
        client.ReadText(300);
        // Both are there before the connection ends.
        proxy.WaitUntil(() => Entry("127.0.0.1").Contains("bytes_out_cnt=300"), "the bytes are counted");
        Assert.Contains("bytes_in_cnt=1600 bytes_in_rate(60000)=1600 ", Entry("127.0.0.1"));
    }
}
