using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>retry-on</c>: what a server failed is sent again, whole, and only where the file says so.</summary>
public sealed class RetryTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    /// <summary>The origin fails the first requests for a path, as many as the second part of the path says.</summary>
    private Proxy StartRetries(string words, string rule = "") => StartApi($$"""
        {{HttpDefaults}}
            timeout server 1s
            retries 2
        frontend fe
            bind <fe>
            {{rule}}
            default_backend be
        backend be
            {{words}}
            server s <origin>
        frontend origin
            bind <origin>
            http-request track-sc0 path table seen
            acl fails_once sc0_http_req_cnt lt 2
            acl fails_twice sc0_http_req_cnt lt 3
            http-request wait-for-body time 1s
            http-request return status 503 if { path_beg /503/1 } fails_once
            http-request return status 503 if { path_beg /503/2 } fails_twice
            http-request return status 503 if { path_beg /503/9 }
            http-request return status 404 if { path_beg /404/1 } fails_once
            http-request silent-drop if { path_beg /slow/1 } fails_once
            http-request reject if { path_beg /empty/1 } fails_once
            http-request return status 200 hdr x-times %[sc0_http_req_cnt] content-type text/plain lf-string "%[req.body]"
        backend seen
            stick-table type string len 32 size 100 store http_req_cnt
        """);

    private static HttpMessage Ask(Proxy proxy, string path, string? body = null)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(body is null ? Request("GET", path) : Request("POST", path, $"Content-Length: {body.Length}") + body);
        return client.ReadResponse();
    }

    [Theory]
    [InlineData("all-retryable-errors", "/503/1", 200, "2")]
    [InlineData("all-retryable-errors", "/503/2", 200, "3")]
    [InlineData("all-retryable-errors", "/503/9", 503, null)]
    [InlineData("all-retryable-errors", "/404/1", 404, null)]
    [InlineData("all-retryable-errors", "/slow/1", 200, "2")]
    [InlineData("all-retryable-errors", "/empty/1", 200, "2")]
    [InlineData("404", "/404/1", 200, "2")]
    [InlineData("404", "/503/1", 503, null)]
    [InlineData("empty-response", "/empty/1", 200, "2")]
    [InlineData("response-timeout", "/slow/1", 200, "2")]
    [InlineData("response-timeout", "/empty/1", 502, null)]
    [InlineData("none", "/503/1", 503, null)]
    [InlineData("conn-failure", "/503/1", 503, null)]
    public void A_request_is_sent_again_after_what_the_line_names(string events, string path, int status, string? times)
    {
        Proxy proxy = StartRetries($"retry-on {events}");
        HttpMessage answer = Ask(proxy, path);
        Assert.Equal(status, answer.Status);
        Assert.Equal(times, answer["x-times"]);
    }

    [Fact]
    public void The_body_goes_with_it()
    {
        Proxy proxy = StartRetries("retry-on 503");
        string body = new('b', 5000);
        HttpMessage answer = Ask(proxy, "/503/2/body", body);
        Assert.Equal("3", answer["x-times"]);
        Assert.Equal(body, answer.Text);
        using Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/503/1/chunks", "Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        answer = client.ReadResponse();
        Assert.Equal("2", answer["x-times"]);
        Assert.Equal("abcde", answer.Text);
    }

    [Fact]
    public void What_does_not_fit_into_a_buffer_is_sent_once()
    {
        Proxy proxy = StartRetries("retry-on 503");
        Assert.Equal(503, Ask(proxy, "/503/1/big", new string('b', 40_000)).Status);
        Assert.Equal("2", Ask(proxy, "/503/1/big")["x-times"]);
    }

    [Fact]
    public void A_rule_may_forbid_it()
    {
        Proxy proxy = StartRetries("retry-on 503", "http-request disable-l7-retry if { path_beg /503/1 }");
        Assert.Equal(503, Ask(proxy, "/503/1").Status);
        Assert.Equal("3", Ask(proxy, "/503/2")["x-times"]);
    }

    [Fact]
    public void Attempts_are_counted()
    {
        Proxy proxy = StartRetries("retry-on 503");
        Ask(proxy, "/503/2");
        string[] server = System.Array.Find(Say("show stat").Split('\n'), line => line.StartsWith("be,s,"))!.Split(',');
        Assert.Equal("2", server[15]); // wretr
        Assert.Equal("0", server[14]); // eresp
        Assert.Equal("0", server[43]); // hrsp_5xx
    }
}
