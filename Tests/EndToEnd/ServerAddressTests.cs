using System.Globalization;
using System.Net;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Where connections to servers come from and go to: source, mapped ports, and who may be told of it.</summary>
public sealed class ServerAddressTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData("http")]
    [InlineData("tcp")]
    public void Source_is_the_address_that_the_server_sees(string mode)
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start(Simple(origin, frontend: $"mode {mode}", backend: $"mode {mode}", server: "source 127.0.0.5"));
        for (int i = 0; i < 3; i++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get());
            Wire server = origin.Accept();
            Assert.Equal("127.0.0.5", RemoteOf(server).Address.ToString());
            server.ReadRequest();
            server.Send(Ok);
            Assert.Equal("ok", client.ReadResponse().Text);
            client.Close();
            server.Close();
        }
    }

    [Fact]
    public void Source_may_name_the_port_too()
    {
        Origin origin = NewOrigin();
        int port = Bench.Ports.Release("source");
        Proxy proxy = Start(Simple(origin, server: $"source 127.0.0.5:{port}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        Assert.Equal($"127.0.0.5:{port}", RemoteOf(server).ToString());
        server.ReadRequest();
        server.Send(Ok);
        Assert.Equal("ok", client.ReadResponse().Text);
    }

    /// <summary>A server without an address is where the client wanted to go: no connection to another place is used.</summary>
    [Theory]
    [InlineData("never", "")]
    [InlineData("always", "")]
    [InlineData("always", "proto h2")]
    public void A_server_without_an_address_is_the_destination_of_each_request(string reuse, string options)
    {
        Proxy proxy = Start(HttpDefaults + $"""
            frontend fe
                bind <fe>
                http-request set-dst req.hdr(to)
                http-request set-dst-port req.hdr(port)
                default_backend be
            backend be
                http-reuse {reuse}
                http-response set-header x-reused %[bc_reused]
                server any 0.0.0.0 {options}
            frontend first
                bind <one>
                http-request return status 200 content-type text/plain string first
            frontend second
                bind <two>
                http-request return status 200 content-type text/plain string second
            """);
        Wire client = proxy.Connect("fe");
        string places = "", reused = "";
        foreach (string place in (string[])["one", "one", "two", "two", "one", "two"])
        {
            HttpMessage answer = client.Send(Get("/", "To: 127.0.0.1", $"Port: {Bench.Ports[place]}")).ReadResponse();
            places += answer.Text + " ";
            reused += answer["x-reused"];
        }
        Assert.Equal("first first second second first second ", places);
        if (reuse == "never") Assert.Equal("010100", reused);
    }

    /// <summary>Each listener's clients go to the server port beside their own, also when connections are shared.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("source 127.0.0.5")]
    public void A_mapped_port_follows_the_port_that_the_client_reached(string options)
    {
        AnsweringOrigin first = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok("first"));
        AnsweringOrigin second = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok("second"));
        int offset = first.Port - Bench.Ports["one"];
        int other = second.Port - offset;
        Proxy proxy = Start($"""
            global
                nbthread 1
            {HttpDefaults}
            listen fe
                bind <one>
                bind 127.0.0.1:{other.ToString(CultureInfo.InvariantCulture)}
                http-reuse always
                server s1 127.0.0.1:{offset.ToString("+0;-0", CultureInfo.InvariantCulture)} {options} pool-low-conn 2
            """);
        for (int i = 0; i < 3; i++)
        {
            foreach ((int port, string name) in (System.ValueTuple<int, string>[])[(Bench.Ports["one"], "first"), (other, "second")])
            {
                Wire client = Bench.Own(Wire.Connect(new IPEndPoint(IPAddress.Loopback, port), name));
                client.Send(Get());
                Assert.Equal(name, client.ReadResponse().Text);
                client.Close();
            }
        }
        Assert.Equal(1, first.ConnectionCount);
        Assert.Equal(1, second.ConnectionCount);
    }

    [Fact]
    public void Expressions_and_log_lines_tell_both_ends_of_the_connection_to_the_server()
    {
        Origin origin = NewOrigin();
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
            listen fe
                bind <fe>
                log global
                log-format "line %bi %bp %si %sp %[bc_src]:%[bc_src_port] %[bc_dst]:%[bc_dst_port] %[bc_reused] %[bc_http_major]"
                http-response set-header x-ends "%[bc_src]:%[bc_src_port]>%[bc_dst]:%[bc_dst_port] %[bc_reused]"
                server s1 {origin.Address} source 127.0.0.5
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Wire server = origin.Accept();
        IPEndPoint ours = RemoteOf(server);
        for (int i = 0; i < 2; i++)
        {
            if (i > 0) client.Send(Get());
            server.ReadRequest();
            server.Send(Ok);
            Assert.Equal($"{ours}>{origin.Address} {i}", client.ReadResponse()["x-ends"]);
            string line = proxy.Output.WaitFor($"line .* {i} 1$");
            Assert.Equal($"line 127.0.0.5 {ours.Port} 127.0.0.1 {origin.Port} {ours} {origin.Address} {i} 1", line);
        }
    }

    [Fact]
    public void Without_a_connection_to_a_server_there_is_nothing_to_tell()
    {
        Proxy proxy = Start($"""
            global
                log stdout format raw local0
            {HttpDefaults}
            frontend fe
                bind <fe>
                log global
                log-format "line %bi %bp %si %sp %[bc_src] %[bc_dst] %[bc_reused]"
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
        Assert.Equal("line - - - - - - 0", proxy.Output.WaitFor("line"));
    }

    private static IPEndPoint RemoteOf(Wire wire) => (IPEndPoint)wire.Socket.RemoteEndPoint!;
}
