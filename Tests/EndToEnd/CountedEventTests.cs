using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What counts as a request, as a client's error and as a server's failure (manual section 11.1).</summary>
public sealed class CountedEventTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartCounting(string global = "", string requestTimeout = "8s") => StartApi($$"""
        global
            {{global}}
        {{HttpDefaults}}
            retries 0
            timeout http-request {{requestTimeout}}
            timeout tarpit 50ms
        frontend fe
            bind <fe>
            tcp-request connection track-sc0 src table t
            http-request deny if { path /deny }
            http-request tarpit if { path /tarpit }
            http-request auth if { path /auth }
            http-request redirect location / if { path /redirect }
            http-request return status 404 if { path /own404 }
            http-request return status 503 if { path /own503 }
            use_backend dead if { path /dead }
            use_backend empty if { path /empty }
            default_backend be
        backend be
            http-request set-timeout server 300ms if { path /slow /drop }
            server s <origin> pool-max-conn 0
            http-response deny if { path /hidden }
        backend dead
            server s 127.0.0.1:1
        backend empty
        backend t
            stick-table type ip size 10 expire 1m store conn_cur,http_req_cnt,http_err_cnt,http_fail_cnt
        frontend origin
            bind <origin>
            http-request return status 404 if { path /404 }
            http-request return status 500 if { path /500 }
            http-request return status 501 if { path /501 }
            http-request return status 502 if { path /502 }
            http-request return status 505 if { path /505 }
            http-request silent-drop if { path /drop }
            http-request tarpit if { path /slow }
            timeout tarpit 2s
            http-request return status 200
        """);

    private string Counted()
    {
        Match match = Regex.Match(Say("show table t"), "conn_cur=0 http_req_cnt=([0-9]+) http_err_cnt=([0-9]+) http_fail_cnt=([0-9]+)");
        return match.Success ? $"{match.Groups[1]} {match.Groups[2]} {match.Groups[3]}" : "";
    }

    [Theory]
    [InlineData("/", "1 0 0")]
    [InlineData("/deny", "1 1 0")]
    [InlineData("/tarpit", "1 1 0")]
    [InlineData("/auth", "1 1 0")]
    [InlineData("/redirect", "1 0 0")]
    [InlineData("/own404", "1 0 0")]
    [InlineData("/own503", "1 0 0")]
    [InlineData("/404", "1 1 0")]
    [InlineData("/500", "1 0 1")]
    [InlineData("/501", "1 0 0")]
    [InlineData("/502", "1 0 1")]
    [InlineData("/505", "1 0 0")]
    [InlineData("/drop", "1 0 1")]
    [InlineData("/slow", "1 0 1")]
    [InlineData("/dead", "1 0 0")]
    [InlineData("/empty", "1 0 0")]
    [InlineData("/hidden", "1 0 0")]
    public void Of_requests(string path, string counted)
    {
        Proxy proxy = StartCounting();
        using Wire client = proxy.Connect("fe");
        client.Send(Get(path));
        client.ReadResponse();
        client.Close();
        proxy.WaitUntil(() => Counted().Length > 0, "the connection is over");
        Assert.Equal(counted, Counted());
    }

    [Theory]
    [InlineData("http-err-codes -404", "/404", "1 0 0")]
    [InlineData("http-err-codes +500-505", "/500", "1 1 1")]
    [InlineData("http-err-codes 200 -404", "/404", "1 0 0")]
    [InlineData("http-fail-codes 404,501", "/404", "1 1 1")]
    [InlineData("http-fail-codes 404,501", "/501", "1 0 1")]
    [InlineData("http-fail-codes 404,501", "/500", "1 0 0")]
    public void Of_statuses_that_a_configuration_names(string words, string path, string counted)
    {
        Proxy proxy = StartCounting(words);
        using Wire client = proxy.Connect("fe");
        client.Send(Get(path));
        client.ReadResponse();
        client.Close();
        proxy.WaitUntil(() => Counted().Length > 0, "the connection is over");
        Assert.Equal(counted, Counted());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nbad header\r\n\r\n", "1 1 0")]
    [InlineData("GET / HTTP/1.1\r\nHos", "1 1 0")]
    [InlineData("", "1 1 0")]
    public void Of_clients_that_send_no_request_and_close(string sent, string counted)
    {
        Proxy proxy = StartCounting();
        using Wire client = proxy.Connect("fe");
        client.Send(sent).HalfClose();
        client.ReadToEndOrReset();
        proxy.WaitUntil(() => Counted().Length > 0, "the connection is over");
        Assert.Equal(counted, Counted());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHos", "1 0 0")]
    [InlineData("", "1 0 0")]
    public void Of_clients_that_are_too_late(string sent, string counted)
    {
        Proxy proxy = StartCounting(requestTimeout: "300ms");
        using Wire client = proxy.Connect("fe");
        client.Send(sent);
        Assert.Equal(408, client.ReadResponse().Status);
        client.Close();
        proxy.WaitUntil(() => Counted().Length > 0, "the connection is over");
        Assert.Equal(counted, Counted());
    }
}
