using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Requests that wait for their body, and rules that look at it.</summary>
public sealed class BodyWaitTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Show =
        "http-request set-header x-body \"%[req.body]|%[req.body_len]|%[req.body_size]|%[req.body_param(a)]|%[req.body_param(b,i)]\"";

    [Theory]
    [InlineData("option http-buffer-request")]
    [InlineData("http-request wait-for-body time 4s")]
    public void The_body_is_there_when_the_rules_look(string wait)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"{wait}\n{Show}"));
        Wire client = proxy.Connect("fe");
        client.Send("POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\n");
        client.ExpectSilence(80);
        client.SendSlowly("a=1&B=2").ReadResponse();
        client.Send("POST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n");
        client.SendSlowly("4\r\n&b=9\r\n0\r\n\r\n").ReadResponse();
        client.Send(Get("/3")).ReadResponse();
        Assert.Equal("a=1&B=2|7|7|1|2", origin.Requests[0].Request["x-body"]);
        Assert.Equal("a=1&B=2", origin.Requests[0].Request.Text);
        Assert.Equal("a=1&b=9|7|7|1|9", origin.Requests[1].Request["x-body"]);
        Assert.Equal("a=1&b=9", origin.Requests[1].Request.Text);
        Assert.Equal("|0|0||", origin.Requests[2].Request["x-body"]);
    }

    [Fact]
    public void A_body_larger_than_a_buffer_is_not_waited_for()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(
            origin, "option http-buffer-request\nhttp-request set-header x-len %[req.body_len]|%[req.body_size]"));
        string body = new('x', 100_000);
        Wire client = proxy.Connect("fe");
        client.Send($"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {body.Length}\r\n\r\n{body}").ReadResponse();
        Assert.Equal(body, origin.Requests[0].Request.Text);
        Assert.EndsWith("|100000", origin.Requests[0].Request["x-len"]);
    }

    [Fact]
    public void So_much_of_the_body_can_be_enough()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, $"http-request wait-for-body time 4s at-least 5\n{Show}"));
        Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\nabcd");
        origin.ExpectNoConnection(80);
        client.Send("e");
        Wire server = origin.Accept();
        Assert.Contains("x-body: abcde|5|8||\r\n", server.ReadHead());
        client.Send("fgh");
        Assert.Equal("abcdefgh", server.ReadText(8));
    }

    [Theory]
    [InlineData("option http-buffer-request\ntimeout http-request 300ms")]
    [InlineData("http-request wait-for-body time 300ms")]
    public void A_body_that_does_not_come_is_answered_408(string wait)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("""
            global
            log stdout format raw local0

            """ + Simple(origin, $"log global\noption httplog\n{wait}"));
        Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\nabc");
        Assert.Equal(408, client.ReadResponse().Status);
        Assert.Contains(" 408 0 - - cR-- ", proxy.Output.WaitFor("POST"));
        Assert.Equal(0, origin.RequestCount);
    }

    [Fact]
    public void Who_waits_for_the_body_asks_for_it()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"option http-buffer-request\n{Show}"));
        Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", client.ReadText(25));
        client.Send("abc");
        Assert.Equal(200, client.ReadResponse().Status);
        Assert.Equal("abc|3|3||", origin.Requests[0].Request["x-body"]);
        Assert.Null(origin.Requests[0].Request["expect"]);
    }

    [Fact]
    public void A_client_that_leaves_before_its_body_leaves_nothing_behind()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, "option http-buffer-request"));
        Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\nabc").HalfClose();
        client.ExpectGone();
        Assert.Equal(200, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
        Assert.Equal(1, origin.RequestCount);
    }

    [Fact]
    public void What_rules_made_before_a_wait_stays()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, """
            http-request set-header x-a %[path,upper]/aaaaaaaaaaaaaaaa
            http-request pause 20ms
            http-request set-header x-b %[path,lower]/b
            """));
        Assert.Equal(200, proxy.Connect("fe").Send(Get("/Foo")).ReadResponse().Status);
        Assert.Equal("/FOO/aaaaaaaaaaaaaaaa", origin.Requests[0].Request["x-a"]);
        Assert.Equal("/foo/b", origin.Requests[0].Request["x-b"]);
    }

    [Fact]
    public void Rules_refuse_by_the_body()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(
            origin, "option http-buffer-request\nhttp-request deny if { req.body -m sub evil }"));
        Wire client = proxy.Connect("fe");
        client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nsome evil!");
        Assert.Equal(403, client.ReadResponse().Status);
    }
}
