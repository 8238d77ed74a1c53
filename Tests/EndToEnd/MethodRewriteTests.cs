using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>HEAD that <c>set-method</c> makes another method, and the reverse: both connections stay in step.</summary>
public sealed class MethodRewriteTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string HeadToGet = "http-request set-method GET if { method HEAD }";

    [Theory]
    [InlineData("Content-Length: 12\r\n\r\ntwelve bytes")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    public void The_body_that_the_client_did_not_ask_for_is_dropped_and_both_connections_go_on(string answer)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, HeadToGet));
        Wire client = proxy.Connect("fe");
        client.Send(Request("HEAD", "/1"));
        Wire server = origin.Accept();
        Assert.Equal("GET", server.ReadRequest().Method);
        server.Send("HTTP/1.1 200 OK\r\n" + answer);
        HttpMessage first = client.ReadResponse(toHead: true);
        Assert.Equal(200, first.Status);
        Assert.Null(first["connection"]);

        client.Send(Get("/2"));
        Assert.Equal("/2", server.ReadRequest().Target);
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("option splice-response")]
    public void A_long_body_is_dropped_as_it_comes(string backend)
    {
        const int length = 3_000_000;
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, HeadToGet, backend));
        Wire client = proxy.Connect("fe");
        client.Send(Request("HEAD", "/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
        Assert.Equal($"{length}", client.ReadResponse(toHead: true)["content-length"]);
        server.Send(new string('x', length));
        client.Send(Get("/2"));
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    [Fact]
    public void A_body_that_ends_with_the_connection_ends_the_clients_too()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, HeadToGet));
        Wire client = proxy.Connect("fe");
        client.Send(Request("HEAD", "/1"));
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send("HTTP/1.1 200 OK\r\n\r\nsome bytes");
        server.Close();
        Assert.Equal("close", client.ReadResponse(toHead: true)["connection"]);
        client.ExpectEnd();
    }

    [SkippableFact]
    public void A_client_that_is_announced_a_body_which_HEAD_does_not_bring_is_told_by_a_close()
    {
        ReferenceDiffers("leaves the client waiting for the body");
        Origin origin = NewOrigin();
        Proxy proxy = Start(
            "global\nnbthread 1\n" + Simple(origin, "http-request set-method HEAD if { path /1 }", "http-reuse always"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1"));
        Wire server = origin.Accept();
        Assert.Equal("HEAD", server.ReadRequest().Method);
        server.Send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n");
        Assert.Equal("close", client.ReadResponse(toHead: true)["connection"]);
        client.ExpectEnd();

        Wire second = proxy.Connect("fe");
        second.Send(Get("/2"));
        server.ReadRequest(); // the server's connection was free
        server.Send(Ok);
        Assert.Equal("ok", second.ReadResponse().Text);
    }
}
