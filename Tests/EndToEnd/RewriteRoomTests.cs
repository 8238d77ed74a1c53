using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// <c>tune.maxrewrite</c>: behind a body that fills the buffer there is room for so much rewriting and no more, and
/// <c>strict-mode</c> says what becomes of the rest (manual sections 3.2 and 4.4).
/// </summary>
public sealed class RewriteRoomTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Tight = """
        global
            tune.bufsize 2048
            tune.maxrewrite 128
            stats socket <dir>/cli level admin

        """;

    private static readonly string Long = new('v', 100);

    [Theory]
    [InlineData("set-header X-Two LONG")]
    [InlineData("add-header X-Two LONG")]
    [InlineData("replace-header X-Have (.*) LONGLONG")]
    [InlineData("replace-value X-Have (.*) LONGLONG")]
    [InlineData("set-path /LONGLONG")]
    [InlineData("set-pathq /LONGLONG")]
    [InlineData("set-query LONGLONG")]
    [InlineData("set-uri /LONGLONG")]
    [InlineData("replace-path (.*) /LONGLONG")]
    [InlineData("replace-pathq (.*) /LONGLONG")]
    [InlineData("replace-uri (.*) /LONGLONG")]
    public void A_request_that_would_outgrow_it_is_refused_or_with_strict_mode_off_left_as_it_was(string action)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Tight + Simple(origin, $"""
            option http-buffer-request
                http-request set-header X-One {Long}
                http-request strict-mode off if {"{"} hdr(X-Lenient) 1 {"}"}
                http-request {action.Replace("LONG", Long)} if {"{"} hdr(X-More) 1 {"}"}
            """));
        Assert.Equal(200, Ask(proxy));
        Assert.Equal(500, Ask(proxy, "X-More: 1"));
        Assert.Equal(200, Ask(proxy, "X-More: 1", "X-Lenient: 1"));
        HttpMessage left = origin.Requests[1].Request;
        Assert.Equal(Long, left["x-one"]);
        Assert.Null(left["x-two"]);
        Assert.Equal("/", left.Target);
        Assert.Equal("a", left["x-have"]);
        Assert.Equal("2", new AdminSocket(proxy).Stat("fe", "FRONTEND", "wrew"));
    }

    [Fact]
    public void A_short_request_may_grow_by_much_more()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Tight + Simple(origin, $"http-request set-header X-Long {Long}{Long}{Long}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
        Assert.Equal(300, origin.Requests[0].Request["x-long"]!.Length);
    }

    [Theory]
    [InlineData("http-response set-header X-Two LONG", 500)]
    [InlineData("http-response set-status 201 reason LONG", 500)]
    [InlineData("http-after-response set-header X-Two LONG", 500)]
    [InlineData("http-response strict-mode off\nhttp-response set-header X-Two LONG", 200)]
    public void An_answer_that_would_outgrow_it_is_replaced_by_500(string rule, int status)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(new string('b', 3000)));
        Proxy proxy = Start(Tight + Simple(
            origin, backend: $"http-response set-header X-One {Long}\n{rule.Replace("LONG", Long)}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        HttpMessage response = client.ReadResponse();
        Assert.Equal(status, response.Status);
        if (status == 200) Assert.Equal(3000, response.Body.Length);
        Assert.Equal("1", new AdminSocket(proxy).Stat("be", "s1", "wrew"));
        Assert.Equal("1", new AdminSocket(proxy).Stat("be", "BACKEND", "wrew"));
    }

    private static int Ask(Proxy proxy, params string[] fields)
    {
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", ["Content-Length: 2000", "X-Have: a", .. fields]) + new string('b', 2000));
        return client.ReadResponse().Status;
    }
}
