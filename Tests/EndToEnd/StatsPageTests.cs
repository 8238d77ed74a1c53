using System;
using System.Linq;
using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>The statistics page and the exporter, as browsers and scrapers ask for them.</summary>
public sealed class StatsPageTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void The_page_shows_every_proxy_and_escapes_what_it_shows()
    {
        Proxy proxy = StartPage("stats enable\nstats uri /s\nstats refresh 5s\nstats hide-version\nstats show-desc a<b");
        HttpMessage page = Ask(proxy, Get("/s"));
        Assert.Equal(200, page.Status);
        Assert.Equal("text/html", page["content-type"]);
        Assert.Equal("no-cache", page["cache-control"]);
        Assert.Equal("5", page["refresh"]);
        Assert.Contains("a&lt;b", Text(page));
        Assert.Contains("<h2><a name=\"fe\"></a>fe</h2>", Text(page));
        Assert.Contains(">s1</td>", Text(page));
        Assert.DoesNotContain("version", Text(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/haproxy?stats", "text/html")]
    [InlineData("/haproxy?stats;norefresh", "text/html")]
    [InlineData("http://h/haproxy?stats", "text/html")]
    [InlineData("/haproxy?stats;csv", "text/plain")]
    [InlineData("/haproxy?stats;json", "application/json")]
    [InlineData("/haproxy?stats;json-schema", "application/json")]
    public void Its_forms(string target, string type)
    {
        Proxy proxy = StartPage("stats enable");
        HttpMessage page = Ask(proxy, Get(target));
        Assert.Equal(200, page.Status);
        Assert.Equal(type, page["content-type"]);
        if (target.EndsWith("csv", StringComparison.Ordinal))
            Assert.Equal(4, Text(page).Split('\n').Count(line => line.Contains(',')));
    }

    [Theory]
    [InlineData("/s;csv", "many,s", '\n')]
    [InlineData("/s;json", "\"value\":\"s", '}')]
    [InlineData("/s", "<a name=\"many/s", '>')]
    public void A_page_of_many_servers_comes_whole(string target, string server, char end)
    {
        const int count = 3000;
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                stats enable
                stats uri /s
            backend many
                server-template s {count} 127.0.0.1:1
            """);
        string text = Text(Ask(proxy, Get(target)));
        Assert.Equal(count, text.Split(end).Count(part => part.Contains(server, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("GET /s;csv HTTP/1.1\r\nHost: h\r\n\r\n", 200, null)]
    [InlineData("GET /s;csv HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", 200, "close")]
    [InlineData("GET /s;csv HTTP/1.0\r\n\r\n", 200, "close")]
    [InlineData("GET /s;csv HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, "keep-alive")]
    [InlineData("GET /closed HTTP/1.1\r\nHost: h\r\n\r\n", 401, null)]
    [InlineData("GET /closed HTTP/1.0\r\n\r\n", 401, "close")]
    public void It_says_what_becomes_of_the_connection(string request, int status, string? connection)
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                stats uri /s
                use_backend closed if <lb> path /closed <rb>
            backend closed
                stats uri /closed
                stats auth a:b
            """.Replace("<lb>", "{").Replace("<rb>", "}"));
        Wire client = proxy.Connect("fe");
        HttpMessage page = client.Send(request).ReadResponse();
        Assert.Equal((status, connection), (page.Status, page["connection"]));
        if (connection == "close") client.ExpectEnd();
        else Assert.Equal(status, client.Send(request).ReadResponse().Status);
    }

    [Fact]
    public void Pages_that_nobody_waits_for_hold_up_nobody()
    {
        const int many = 20000;
        Proxy proxy = Start($"""
            global
                nbthread 1
            {HttpDefaults}
            frontend fe
                bind <fe>
                stats uri /s
            backend many
                server-template s {many} 127.0.0.1:1 disabled
            """);
        for (int i = 0; i < 60; i++)
        {
            Wire gone = proxy.Connect("fe");
            gone.Send(Get("/s"));
            gone.Reset();
        }
        // Fifty of them would take some ten seconds.
        Assert.Equal(200, Ask(proxy, Get("/s;csv;up")).Status);
    }

    [Fact]
    public void Other_targets_go_to_the_servers()
    {
        Proxy proxy = StartPage("stats enable\nstats uri /s");
        Assert.Equal(200, Ask(proxy, Get("/other")).Status);
    }

    [Theory]
    [InlineData("", 401)]
    [InlineData("Authorization: Basic YTpj", 401)]
    [InlineData("Authorization: Bearer YTpi", 401)]
    [InlineData("Authorization: Basic", 401)]
    [InlineData("Authorization: basic YTpi", 200)]
    [InlineData("Authorization: Basic YTpi", 200)]
    public void Only_those_who_are_known_see_it(string field, int status)
    {
        Proxy proxy = StartPage("stats auth x:y\nstats auth a:b\nstats realm My\\ Realm");
        HttpMessage page = Ask(proxy, Get("/haproxy?stats", field.Length > 0 ? [field] : []));
        Assert.Equal(status, page.Status);
        if (status == 401) Assert.Equal("Basic realm=\"My Realm\"", page["www-authenticate"]);
    }

    [Fact]
    public void Its_lines_name_the_service_in_the_place_of_a_server()
    {
        Proxy proxy = StartPage("stats auth a:b\nlog stdout format raw local0\nlog-format \"%HP %b/%s %ST\"\n"
            + "http-request use-service prometheus-exporter if { path /metrics }\nhttp-request return status 204 if { path /own }");
        foreach (string target in (string[])["/haproxy?stats", "/metrics", "/own"]) Ask(proxy, Get(target));
        Ask(proxy, Get("/haproxy?stats", "Authorization: Basic YTpi"));
        Assert.Equal(
            ["/haproxy fe/<STATS> 200", "/haproxy fe/<STATS> 401", "/metrics fe/<PROMEX> 200", "/own fe/<NOSRV> 204"],
            proxy.Output.WaitForCount(4).Order()); // each thread writes its own
    }

    [Fact]
    public void Its_form_changes_servers_where_that_is_allowed()
    {
        Proxy proxy = StartPage("stats enable\nstats admin if { path_beg /haproxy }");
        proxy.AlertsAllowed = true; // its only server is drained
        const string form = "s=s1&action=drain&b=%23" + "3";
        HttpMessage done = Ask(proxy, Post(form));
        Assert.Equal(303, done.Status);
        Assert.Equal("/haproxy?stats;st=DONE", done["location"]);
        proxy.Errors.WaitFor("Server be/s1 enters drain state");
        Assert.Equal("/haproxy?stats;st=ERRP", Ask(proxy, Post("s=s1&action=nonsense&b=be"))["location"]);
        Assert.Equal("/haproxy?stats;st=ERRP", Ask(proxy, Post("s=zz&action=ready&b=be"))["location"]);
    }

    [Theory]
    [InlineData("", "NONE")]
    [InlineData("foobar", "NONE")]
    [InlineData("s=s1", "NONE")]
    [InlineData("action=ready&b=be", "NONE")]
    [InlineData("b=zz", "ERRP")]
    [InlineData("s=s1&s=zz&action=ready&b=be", "PART")]
    public void What_a_form_came_to(string form, string outcome)
    {
        Proxy proxy = StartPage("stats enable\nstats uri /s\nstats admin if TRUE");
        HttpMessage answer = Ask(proxy, PostTo("/s;up?scope=be", form));
        Assert.Equal($"/s;st={outcome};up?scope=be", answer["location"]);
    }

    [Fact]
    public void A_form_that_comes_behind_its_head_is_waited_for()
    {
        Proxy proxy = StartPage("stats enable\nstats uri /s\nstats admin if TRUE");
        Wire client = proxy.Connect("fe");
        const string form = "s=s1&action=ready&b=be";
        for (int i = 0; i < 2; i++)
        {
            client.Send($"POST /s HTTP/1.1\r\nHost: h\r\nContent-Length: {form.Length}\r\n\r\n");
            client.ExpectSilence();
            Assert.Equal("/s;st=DONE", client.Send(form).ReadResponse()["location"]);
        }
        Assert.Equal(200, client.Send(Get("/s;csv")).ReadResponse().Status);
    }

    [Fact]
    public void A_form_that_no_buffer_holds_is_refused()
    {
        Proxy proxy = StartPage("stats enable\nstats uri /s\nstats admin if TRUE");
        Assert.Equal("/s;st=EXCD", Ask(proxy, PostTo("/s", new string('x', 20000)))["location"]);
    }

    [Theory]
    [InlineData("be")]
    [InlineData("%233")]
    [InlineData("nosuch")]
    public void The_form_changes_nothing_that_the_page_does_not_show(string backend)
    {
        // THREATS E11
        Proxy proxy = StartPage("stats enable\nstats scope other\nstats admin if TRUE");
        Assert.Equal("/haproxy?stats;st=DENY", Ask(proxy, Post($"s=s1&action=drain&b={backend}"))["location"]);
    }

    [Fact]
    public void Without_leave_the_form_changes_nothing()
    {
        Proxy proxy = StartPage("stats enable");
        Assert.Equal("/haproxy?stats;st=DENY", Ask(proxy, Post("s=s1&action=drain&b=be"))["location"]);
        Assert.Contains("no check", Text(Ask(proxy, Get("/haproxy?stats;csv"))));
    }

    [Fact]
    public void The_exporter_tells_scrapers()
    {
        Proxy proxy = StartPage("http-request use-service prometheus-exporter if { path /metrics }");
        Ask(proxy, Get("/"));
        HttpMessage metrics = Ask(proxy, Get("/metrics"));
        Assert.Equal("text/plain; version=0.0.4", metrics["content-type"]);
        Assert.Contains("# TYPE haproxy_server_status gauge\n", Text(metrics));
        Assert.Contains("haproxy_server_status{proxy=\"be\",server=\"s1\",state=\"UP\"} 1\n", Text(metrics));
        Assert.Contains("haproxy_backend_http_responses_total{proxy=\"be\",code=\"2xx\"} 1\n", Text(metrics));
        Assert.Contains("haproxy_process_nbthread ", Text(metrics));
        Assert.Contains("haproxy_backend_agg_server_status{proxy=\"be\",state=\"UP\"} ", Text(metrics));
        Assert.Contains("haproxy_process_node{node=\"", Text(metrics));
        Assert.Contains("haproxy_server_limit_sessions{proxy=\"be\",server=\"s1\"} NaN\n", Text(metrics));
        Assert.Contains("haproxy_server_queue_time_average_seconds{proxy=\"be\",server=\"s1\"} 0.00", Text(metrics));
        Assert.DoesNotContain("haproxy_frontend_h1_", Text(metrics), StringComparison.Ordinal);
        Assert.Contains(",mod=\"h1\"} ", Text(Ask(proxy, Get("/metrics?scope=frontend&extra-counters"))));
        foreach (string wrong in (string[])["scope", "scope=zz", "scope=server&scope=zz", "scope=server?x", "metrics"])
            Assert.Equal(400, Ask(proxy, Get($"/metrics?{wrong}")).Status);
        foreach (string nothing in (string[])["scope=", "scope=*&scope=", "metrics=x", "scope=listener"])
            Assert.Equal("", Text(Ask(proxy, Get($"/metrics?{nothing}"))));
        string servers = Text(Ask(proxy, Get("/metrics?scope=%73erver")));
        Assert.DoesNotContain("haproxy_process_", servers, StringComparison.Ordinal);
        string chosen = Text(Ask(proxy, Get("/metrics?metrics=haproxy_server_status,haproxy_process_nbthread")));
        Assert.Equal(["haproxy_process_nbthread", "haproxy_server_status"],
            Regex.Matches(chosen, "^# TYPE (\\S+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value));
        Assert.DoesNotContain("haproxy_server_status", Text(Ask(proxy, Get("/metrics?metrics=-haproxy_server_status"))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_exporter_tells_stick_tables()
    {
        Proxy proxy = StartPage("""
            stick-table type ip size 10 store http_req_cnt
            http-request track-sc0 src
            http-request use-service prometheus-exporter
            """);
        string tables = Text(Ask(proxy, Get("/metrics?scope=sticktable")));
        Assert.Contains("haproxy_sticktable_size{name=\"fe\",type=\"ip\"} 10\n", tables);
        Assert.Contains("haproxy_sticktable_used{name=\"fe\",type=\"ip\"} 1\n", tables);
    }

    [Fact]
    public void Pages_come_one_after_the_other_on_one_connection_and_without_a_body_for_HEAD()
    {
        Proxy proxy = StartPage("stats enable");
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 3; i++)
        {
            client.Send(Get("/haproxy?stats"));
            Assert.Equal(200, client.ReadResponse().Status);
        }
        client.Send(Request("HEAD", "/haproxy?stats") + Get("/other"));
        string head = client.ReadHead();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Fact]
    public void A_client_that_leaves_before_its_page_is_made_harms_nobody()
    {
        Proxy proxy = StartPage("stats enable");
        for (int i = 0; i < 20; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get("/haproxy?stats"));
            client.Dispose();
        }
        Assert.Equal(200, Ask(proxy, Get("/haproxy?stats")).Status);
    }

    private static string Text(HttpMessage message) => message.Text;

    private static string Post(string form) => PostTo("/haproxy?stats", form);

    private static string PostTo(string target, string form) =>
        $"POST {target} HTTP/1.1\r\nHost: h\r\nContent-Length: {form.Length}\r\n\r\n{form}";

    private static HttpMessage Ask(Proxy proxy, string request)
    {
        Wire client = proxy.Connect("fe");
        client.Send(request);
        return client.ReadResponse();
    }

    private Proxy StartPage(string frontend) => Start(HttpDefaults + $"""
        frontend fe
            bind <fe>
        {frontend}
            default_backend be
        backend be
            server s1 {NewAnsweringOrigin().Address}
        """);
}
