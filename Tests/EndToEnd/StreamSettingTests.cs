using System;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What rules give to one stream: timeouts, retries, addresses, normal targets.</summary>
public sealed class StreamSettingTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Fact]
    public void A_server_timeout_of_one_stream_ends_that_one_alone()
    {
        using Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, backend: "http-request set-timeout server 100 if { path /short }\n"
            + "    http-response set-header x %[cur_server_timeout]"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/short"));
        Wire server = origin.Accept();
        server.ReadRequest();
        Assert.Equal(504, client.ReadResponse().Status);
        client = proxy.Connect("fe");
        client.Send(Get("/long"));
        server = origin.Accept();
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal("8000", client.ReadResponse()["x"]);
    }

    [Fact]
    public void Addresses_are_those_of_the_connection_of_the_session_and_of_the_request()
    {
        const string told = "hdr Told \"%[fc_src] %[fc_dst] %[src] %[dst]\"";
        Proxy proxy = Start($"""
            {HttpDefaults}
            listen fe
                bind <fe>
                tcp-request connection set-src ipv4(10.0.0.1)
                tcp-request connection set-dst ipv4(10.0.0.2)
                tcp-request session set-var(sess.before) fc_src
                tcp-request session set-src ipv4(10.1.0.1)
                tcp-request session set-dst ipv4(10.1.0.2)
                tcp-request session set-var(sess.behind) fc_src
                http-request set-src ipv4(10.2.0.1) if {"{"} path /set {"}"}
                http-request return status 200 {told} hdr Vars "%[var(sess.before)] %[var(sess.behind)]"
                server s1 127.0.0.1:1
            """);
        Wire client = proxy.Connect("fe");
        foreach ((string path, string source) in new[] { ("/", "10.1.0.1"), ("/set", "10.2.0.1"), ("/", "10.1.0.1") })
        {
            client.Send(Get(path));
            HttpMessage answer = client.ReadResponse();
            Assert.Equal($"10.0.0.1 10.0.0.2 {source} 10.1.0.2", answer["told"]);
            Assert.Equal("10.0.0.1 10.0.0.1", answer["vars"]);
        }
    }

    [Theory]
    [InlineData("set-timeout server 3s", "%[cur_server_timeout]", "3000")]
    [InlineData("set-timeout tunnel int(700)", "%[cur_tunnel_timeout]", "700")]
    [InlineData("set-timeout connect 40ms", "%[cur_connect_timeout]", "40")]
    [InlineData("set-timeout queue 41ms", "%[cur_queue_timeout]", "41")]
    [InlineData("set-timeout client 42ms", "%[cur_client_timeout]", "42")]
    [InlineData("set-timeout tarpit 43ms", "%[cur_tarpit_timeout]", "43")]
    [InlineData("set-timeout server str(x)", "%[cur_server_timeout]", "0")]
    [InlineData("set-retries 7", "%[cur_max_retries]", "7")]
    [InlineData("set-retries int(101)", "%[cur_max_retries]", "3")]
    [InlineData("set-src str(10.1.2.3)", "%[src]:%[src_port,bool]", "10.1.2.3:1")]
    [InlineData("set-src-port int(0)", "[%[src_port]]", "[]")]
    [InlineData("set-src str(::2)", "%[src]", "::2")]
    [InlineData("set-src str(no)", "%[src]", "127.0.0.1")]
    [InlineData("set-src-port int(99)", "%[src]:%[src_port]", "127.0.0.1:99")]
    [InlineData("set-dst str(10.9.8.7)", "%[dst]", "10.9.8.7")]
    [InlineData("set-dst-port int(81)", "%[dst_port]", "81")]
    [InlineData("set-src str(10.1.2.3)", "%[fc_src]", "127.0.0.1")]
    public void It_is_told_by_samples(string action, string format, string expected)
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            listen fe
                bind <fe>
                http-request {action} unless METH_POST
                http-request return status 200 content-type text/plain lf-string {format}
                server s1 127.0.0.1:1
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(expected, client.ReadResponse().Text);
        if (!action.StartsWith("set-src ", StringComparison.Ordinal)) return;
        client.Send(Request("POST", "/plain", "Content-Length: 0"));
        Assert.StartsWith("127.0.0.1", client.ReadResponse().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set-timeout", "expects exactly 2 arguments")]
    [InlineData("set-timeout foo 1s",
        "'set-timeout' rule supports 'client'/'connect'/'queue'/'server'/'tarpit'/'tunnel' (got 'foo')")]
    [InlineData("set-timeout server x", "unexpected character 'x' in rule 'set-timeout server'")]
    [InlineData("set-timeout server 0", "null value is not valid for a 'set-timeout server' rule")]
    [InlineData("set-timeout client 1s", "'be' has no frontend capability")]
    [InlineData("set-retries 101", "expects an expression or an integer between 1 and 100")]
    [InlineData("set-retries", "expects exactly 1 argument (an expression or an integer between 1 and 100)")]
    [InlineData("set-src", "missing fetch method")]
    [InlineData("normalize-uri path-strip-dot",
        "'normalize-uri' action is experimental, must be allowed via a global 'expose-experimental-directives'")]
    public void Wrong_arguments_are_refused(string action, string reason)
    {
        string path = Bench.WriteFile("wrong.cfg", $"""
            {HttpDefaults}
            backend be
                http-request {action}
                server s1 127.0.0.1:1

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path-strip-dotdot full", "/../a/b/../c?x", "/a/c?x")]
    [InlineData("percent-decode-unreserved strict", "/%zz", "400")]
    [InlineData("query-sort-by-name", "/a?c=3&a=1", "/a?a=1&c=3")]
    public void A_target_is_normalized(string normalizer, string target, string expected)
    {
        Proxy proxy = Start($"""
            global
                expose-experimental-directives
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request normalize-uri {normalizer}
                http-request return status 200 content-type text/plain lf-string %[url]
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get(target));
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(expected, answer.Status == 200 ? answer.Text : $"{answer.Status}");
    }

    [Fact]
    public void Another_backend_has_its_own_timeouts_and_retries()
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            listen fe
                bind <fe>
                http-request set-timeout client 3s
                http-request set-timeout server 3s
                http-request set-timeout queue 3s
                http-request set-retries 7
                default_backend be
            backend be
                http-request return status 200 content-type text/plain lf-string "%[cur_client_timeout] %[cur_server_timeout] %[cur_max_retries]"
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal("3000 0 3", client.ReadResponse().Text);
    }

    [Fact]
    public void Rules_see_the_answers_of_the_statistics_page()
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                stats enable
                stats uri /stats
                http-after-response set-header x-page yes
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/stats"));
        HttpMessage page = client.ReadResponse();
        Assert.Equal(200, page.Status);
        Assert.Equal("yes", page["x-page"]);
    }

    [Fact]
    public void Held_and_dropped_requests_have_no_request_time()
    {
        Proxy proxy = Start($"""
            {HttpDefaults}
                log stdout format raw local0
                option httplog
                timeout tarpit 50ms
            frontend fe
                bind <fe>
                http-request tarpit if METH_GET
                http-request wait-for-body time 50ms
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/held"));
        Assert.Equal(500, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" -1/\d+/-1/-1/\d+ 500 .* PT-- .*GET /held");
        client = proxy.Connect("fe");
        client.Send(Request("POST", "/late", "Content-Length: 5") + "ab");
        Assert.Equal(408, client.ReadResponse().Status);
        proxy.Output.WaitFor(@" -1/-1/-1/-1/\d+ 408 .* cR-- .*POST /late");
    }

    [Fact]
    public void An_error_file_that_tells_its_length_keeps_the_connection()
    {
        Bench.WriteFile("403.http", "HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nabc");
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                errorfile 403 <dir>/403.http
                http-request deny if METH_GET
                http-request return status 200 content-type text/plain string ok
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/no"));
        Assert.Equal("abc", client.ReadResponse().Text);
        client.Send(Request("POST", "/yes", "Content-Length: 0"));
        Assert.Equal("ok", client.ReadResponse().Text);
    }
}
