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
}
