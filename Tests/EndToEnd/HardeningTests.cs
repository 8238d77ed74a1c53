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
}
