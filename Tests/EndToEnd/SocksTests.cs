using System.Net;
using System.Net.Sockets;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>socks4</c>: servers and their checks through a proxy. <c>0.0.0.0</c>: a server where the client wanted to go.</summary>
public sealed class SocksTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Granted = "\0\x5a\0\0\0\0\0\0";
    private const string Denied = "\0\x5b\0\0\0\0\0\0";
    private const string Asked = "\x04\x01\x1f\x90\n\x01\x02\x03HAProxy\0";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_is_reached_through_the_proxy(bool inPieces)
    {
        Origin socks = NewOrigin();
        Wire client = Start(Http(socks, "http-response set-header To %[bc_dst]:%[bc_dst_port]")).Connect("fe");
        client.Send(Get());
        Wire wire = socks.Accept();
        Assert.Equal(Asked, wire.ReadText(Asked.Length));
        if (inPieces) wire.SendSlowly(Granted);
        else wire.Send(Granted);
        Assert.Equal("GET / HTTP/1.1", wire.ReadRequest().StartLine);
        wire.Send(Ok);
        HttpMessage answer = client.ReadResponse();
        Assert.Equal((200, "10.1.2.3:8080"), (answer.Status, answer["To"]));
        // The connection is used again, and is not asked for again.
        client.Send(Get("/2"));
        Assert.Equal("GET /2 HTTP/1.1", wire.ReadRequest().StartLine);
        wire.Send(Ok);
        Assert.Equal(200, client.ReadResponse().Status);
    }

    [Theory]
    [InlineData(Denied)]
    [InlineData("\x01\x5a\0\0\0\0\0\0")]
    [InlineData("\0\x5a\0\0")]
    [InlineData("")]
    public void A_proxy_that_does_not_agree_is_a_server_that_is_not_there(string answer)
    {
        Origin socks = NewOrigin();
        Wire client = Start(Http(socks, "retries 0")).Connect("fe");
        client.Send(Get());
        Wire wire = socks.Accept();
        wire.ReadText(Asked.Length);
        wire.Send(answer);
        if (answer.Length < Granted.Length) wire.Close();
        Assert.Equal(503, client.ReadResponse().Status);
        if (answer.Length >= Granted.Length) wire.ExpectGone();
    }

    [Fact]
    public void Its_answer_has_the_time_of_a_connect()
    {
        Origin socks = NewOrigin();
        Proxy proxy = Start(Http(socks, "retries 0\n    timeout connect 150ms", frontend: "option httplog"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        socks.Accept();
        Assert.Equal(503, client.ReadResponse().Status);
        Assert.Contains("sC--", proxy.Output.WaitFor("GET / "));
    }

    [Fact]
    public void What_the_server_says_first_comes_behind_the_answer()
    {
        Origin socks = NewOrigin();
        Proxy proxy = Start(Simple(socks, frontend: "mode tcp", backend: "mode tcp", server: "send-proxy")
            .Replace(socks.Address, $"10.1.2.3:8080 socks4 {socks.Address}"));
        Wire client = proxy.Connect("fe");
        Wire wire = socks.Accept();
        Assert.Equal(Asked, wire.ReadText(Asked.Length));
        wire.Send(Granted + "220 hello");
        Assert.Equal("220 hello", client.ReadText(9));
        Assert.StartsWith("PROXY TCP4 127.0.0.1 127.0.0.1 ", wire.ReadText(40));
    }

    [Theory]
    [InlineData("check check-via-socks4", "", Denied, "SOCKS4 Proxy deny the request")]
    [InlineData("check check-via-socks4", "", "\0", "SOCKS4 Proxy read error during handshake")]
    [InlineData("check", "option tcp-check\n    tcp-check connect port 8080 via-socks4", Denied, "SOCKS4 Proxy deny the request")]
    public void Checks_go_through_it_where_they_are_to(string words, string backend, string answer, string found)
    {
        Origin socks = NewOrigin();
        Proxy proxy = Start(Http(socks, "timeout check 5s\n    " + backend, words + " inter 1s rise 1 fall 1"));
        proxy.SkipEndChecks = true; // a backend without servers is an alert
        Wire wire = socks.Accept();
        Assert.Equal(Asked, wire.ReadText(Asked.Length));
        wire.Send(answer);
        if (answer.Length < Granted.Length) wire.Close();
        proxy.Errors.WaitFor($"Server be/s1 is DOWN, reason: Socket error, info: \"{found}\"");
        wire = socks.Accept();
        Assert.Equal(Asked, wire.ReadText(Asked.Length));
        wire.Send(Granted);
        proxy.Errors.WaitFor("Server be/s1 is UP, reason: Layer4 check passed");
    }

    [Fact]
    public void A_server_without_an_address_is_where_the_client_wanted_to_go()
    {
        using Socket there = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        there.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        there.Listen(4);
        int port = ((IPEndPoint)there.LocalEndPoint!).Port;
        Proxy proxy = Start($"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request set-dst hdr(to)
                default_backend be
            backend be
                retries 0
                http-reuse always
                server s1 0.0.0.0:{port}
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get("/", "To: 127.0.0.9"));
        using (Wire server = new(there.Accept(), "there"))
        {
            Assert.Equal("GET / HTTP/1.1", server.ReadRequest().StartLine);
            server.Send(Ok);
            Assert.Equal(200, client.ReadResponse().Status);
            // Nobody is there, and the idle connection leads elsewhere.
            client.Send(Get("/", "To: 127.0.0.10"));
            Assert.Equal(503, client.ReadResponse().Status);
        }
    }

    private static string Http(Origin socks, string backend, string words = "", string frontend = "") => $"""
        global
            log stdout format raw local0
        {HttpDefaults}
        frontend fe
            bind <fe>
            log global
            {frontend}
            default_backend be
        backend be
            {backend}
            server s1 10.1.2.3:8080 socks4 {socks.Address} {words}

        """;
}
