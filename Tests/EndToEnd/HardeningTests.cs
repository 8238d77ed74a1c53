using System;
using System.Net;
using System.Net.Sockets;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Words of the global section about what peers may do and be told.</summary>
public sealed class HardeningTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [SkippableTheory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void Clients_from_privileged_ports_may_be_refused(string says, bool refused)
    {
        Skip.IfNot(Environment.UserName == "root", "needs a port below 1024");
        Proxy proxy = Start($"""
            global
                harden.reject-privileged-ports.tcp {says}
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request return status 200
            """);
        int port = proxy.Connect("fe").RemotePort;
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 5000 };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, says == "on" ? 781 : 782));
        socket.Connect(IPAddress.Loopback, port);
        Wire client = new(socket, "client");
        if (refused)
        {
            client.ExpectGone();
            return;
        }
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData("", 0x20)]
    [InlineData("pp2-never-send-local", 0x21)]
    public void A_header_without_addresses_is_of_the_proxy_itself_or_not(string word, int command)
    {
        Origin origin = NewOrigin();
        string path = System.IO.Path.Combine(Bench.Directory, "in");
        Proxy proxy = Start($"""
            global
                {word}
            {TcpDefaults}
            frontend fe
                bind unix@{path}
                default_backend be
            frontend waits
                bind <fe>
                default_backend be
            backend be
                server s1 {origin.Address} send-proxy-v2
            """);
        proxy.WaitUntil(() => System.IO.File.Exists(path), "the listener is there");
        using Wire client = Wire.Connect(new UnixDomainSocketEndPoint(path), "client");
        Assert.Equal(command, origin.Accept().ReadBytes(16)[12]);
    }

    [Theory]
    [InlineData("GET", "Content-Length: 3", "", 413)]
    [InlineData("HEAD", "Content-Length: 3", "", 413)]
    [InlineData("DELETE", "Transfer-Encoding: chunked", "", 413)]
    [InlineData("GET", "Content-Length: 0", "", 200)]
    [InlineData("OPTIONS", "Content-Length: 3", "", 200)]
    [InlineData("GET", "Content-Length: 3", "h1-accept-payload-with-any-method", 200)]
    public void A_body_where_old_servers_do_not_look_for_one_is_refused(string method, string field, string word, int status)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"global\n    {word}\n{Simple(origin)}");
        string body = field.EndsWith('3') ? "abc" : field.EndsWith('d') ? "3\r\nabc\r\n0\r\n\r\n" : "";
        Wire client = proxy.Connect("fe");
        client.Send($"{method} / HTTP/1.0\r\n{field}\r\n\r\n{body}");
        Assert.Equal(status, client.ReadResponse(method == "HEAD").Status);
        Assert.Equal(status == 200 ? 1 : 0, origin.RequestCount);
    }

    [Theory]
    [InlineData("", "close")]
    [InlineData("h1-do-not-close-on-insecure-transfer-encoding", null)]
    public void A_length_beside_chunks_ends_the_connection_or_not(string word, string? said)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"global\n    {word}\n{Simple(origin)}");
        Wire client = proxy.Connect("fe");
        client.Send(Request("POST", "/", "Content-Length: 7", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n");
        HttpMessage answer = client.ReadResponse();
        Assert.Equal(said, answer["connection"]);
        HttpMessage seen = origin.Requests[0].Request;
        Assert.Null(seen["content-length"]);
        Assert.Equal("abc", seen.Text);
        if (said != null) client.ExpectEnd();
        else Assert.Equal(200, client.Send(Get()).ReadResponse().Status);
    }
}
