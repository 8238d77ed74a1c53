using System;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Fields of one connection stay on it (RFC 9110 section 7.6.1).</summary>
public sealed class HopByHopTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [SkippableTheory]
    [InlineData("Connection: keep-alive", "connection")]
    [InlineData("Keep-Alive: timeout=5, max=3", "keep-alive")]
    [InlineData("Proxy-Connection: keep-alive", "proxy-connection")]
    [InlineData("TE: deflate", "te")]
    public void Fields_of_the_client_connection_do_not_reach_the_server(string field, string name)
    {
        if (name != "connection")
            ReferenceDiffers("passes these fields on");
        HttpMessage seen = RequestSeenWith(field);
        Assert.Null(seen[name]);
    }

    [SkippableFact]
    public void Fields_that_connection_names_are_removed_except_those_a_message_cannot_do_without()
    {
        ReferenceDiffers("does not remove what Connection names");
        HttpMessage seen = RequestSeenWith(
            "Connection: x-hop, close, Host, Content-Length\r\nX-Hop: 1\r\nX-End: 2");
        Assert.Null(seen["x-hop"]);
        Assert.Equal("2", seen["x-end"]);
        Assert.Equal("h", seen["host"]);
    }

    [Fact]
    public void Transfer_encoding_is_never_removed_because_connection_names_it()
    {
        // THREATS A29.
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Connection: Transfer-Encoding", "Transfer-Encoding: chunked")
            + "3\r\nabc\r\n0\r\n\r\n");
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        Assert.Equal("chunked", request["transfer-encoding"]);
        Assert.Equal("abc", request.Text);
        server.Send(Ok);
        client.ReadResponse();
    }

    [Fact]
    public void Content_length_is_never_removed_because_connection_names_it()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Connection: content-length", "Content-Length: 3") + "abc");
        Wire server = origin.Accept();
        Assert.Equal("abc", server.ReadRequest().Text);
        server.Send(Ok);
        client.ReadResponse();
    }

    [SkippableFact]
    public void The_server_connection_is_not_the_clients_business()
    {
        ReferenceDiffers("passes Proxy-Connection on");
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        server.ReadRequest();
        server.Send(
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nProxy-Connection: close\r\nContent-Length: 2\r\n\r\nok");
        HttpMessage response = client.ReadResponse();
        Assert.Null(response["connection"]);
        Assert.Null(response["proxy-connection"]);
    }

    [Fact]
    public void Te_trailers_is_passed_on()
    {
        HttpMessage seen = RequestSeenWith("TE: trailers");
        Assert.Equal("trailers", seen["te"]);
    }

    private HttpMessage RequestSeenWith(string field)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin));
        Wire client = proxy.Connect("fe");
        client.Send(Request("GET", "/", field));
        Wire server = origin.Accept();
        HttpMessage request = server.ReadRequest();
        server.Send(Ok);
        client.ReadResponse();
        return request;
    }

    [Theory]
    [InlineData("del-header content-length", "Content-Length: 3", "abc", "content-length", "3")]
    [InlineData("set-header content-length 1", "Content-Length: 3", "abc", "content-length", "3")]
    [InlineData("add-header content-length 9", "Content-Length: 3", "abc", "content-length", "3")]
    [InlineData("del-header transfer-encoding", "Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n", "transfer-encoding", "chunked")]
    [InlineData("set-header content-length 1", "Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n", "content-length", null)]
    [InlineData("set-header content-length 5", "X: y", "", "content-length", "0")]
    [InlineData("set-header transfer-encoding chunked", "X: y", "", "transfer-encoding", null)]
    public void Rules_do_not_change_where_a_request_ends(string rule, string field, string body, string name, string? value)
    {
        ReferenceDiffers("drops the body, or refuses the request");
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Simple(origin, $"http-request {rule}"));
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/a", field) + body);
        Assert.Equal(200, client.ReadResponse().Status);
        client.Send(Get("/b"));
        Assert.Equal(200, client.ReadResponse().Status);
        HttpMessage[] seen = [.. origin.Requests.Select(r => r.Request)];
        Assert.Equal(["/a", "/b"], seen.Select(r => r.Target));
        Assert.Equal(value is null ? [] : [value], seen[0].All(name));
        Assert.Equal(body.Length > 0 ? "abc" : "", seen[0].Text);
    }

    [Theory]
    [InlineData("http-response del-header content-length", "Content-Length: 2\r\n\r\nok", null, true)]
    [InlineData("http-after-response del-header content-length", "Content-Length: 2\r\n\r\nok", null, true)]
    [InlineData("http-response del-header transfer-encoding", "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", null, true)]
    [InlineData("http-response set-header content-length 1", "Content-Length: 2\r\n\r\nok", "2", false)]
    [InlineData("http-response set-header content-length 1", "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", null, false)]
    public void A_response_that_lost_its_length_ends_with_the_connection(string rule, string sent, string? length, bool closes)
    {
        if (length is not null) ReferenceDiffers("sends the wrong length and closes");
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => "HTTP/1.1 200 OK\r\n" + sent);
        Proxy proxy = Start(Simple(origin, rule));
        Wire client = proxy.Connect("fe");
        HttpMessage answer = client.Send(Get()).ReadResponse();
        Assert.Equal("ok", answer.Text);
        Assert.Equal(length, answer["content-length"]);
        Assert.Equal(closes ? "close" : null, answer["connection"]);
        if (closes) client.ExpectEnd();
        else Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
    }

    [Theory]
    [InlineData("del-header content-length", null)]
    [InlineData("set-header content-length 1", "2")]
    [InlineData("set-header transfer-encoding chunked", "2")]
    public void The_same_of_answers_of_our_own(string rule, string? length)
    {
        if (length is not null) ReferenceDiffers("sends the wrong length and closes");
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-after-response {rule}
                http-request return status 200 content-type a/b string ok
            """);
        Wire client = proxy.Connect("fe");
        HttpMessage answer = client.Send(Get()).ReadResponse();
        Assert.Equal("ok", answer.Text);
        Assert.Equal(length, answer["content-length"]);
        Assert.Null(answer["transfer-encoding"]);
        if (length is null) client.ExpectEnd();
        else Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
    }
}
