using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.Admin;
using Xunit;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Runtime.Admin;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class AdminServerTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("sluice-cli-").FullName;

    private string SocketPath => Path.Combine(directory, "s.sock");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_socket_file_is_made_with_its_mode_and_answers()
    {
        AdminSocket socket = new() { Path = SocketPath, UnixMode = 0x1B0, Level = AdminLevel.User };
        using AdminServer server = Start(socket);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(SocketPath));
        Assert.Equal("V\n\nuser\n\n", Ask("show version;show cli level\n"));
        Assert.Equal([SocketPath], Directory.GetFileSystemEntries(directory));
        Assert.Equal(1, server.ListenerCount);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("stale socket")]
    public void What_stands_in_the_place_is_replaced(string what)
    {
        if (what == "file") File.WriteAllText(SocketPath, "old");
        else Listening(SocketPath).Dispose();
        using AdminServer server = Start(new AdminSocket { Path = SocketPath });
        Assert.Equal("V\n\n", Ask("show version\n"));
    }

    [Fact]
    public void An_older_process_loses_only_its_name()
    {
        using AdminServer old = Start(new AdminSocket { Path = SocketPath });
        using Socket before = Connect();
        using AdminServer server = Start(new AdminSocket { Path = SocketPath, Level = AdminLevel.Admin });
        Assert.Equal("admin\n\n", Ask("show cli level\n"));
        before.Send("show cli level\n"u8);
        Assert.Equal("operator\n\n", ReadAll(before));
    }

    [Fact]
    public void Faults_name_the_line_and_the_reason()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        Directory.CreateDirectory(Path.Combine(directory, "d"));
        AdminSocket[] sockets =
        [
            new() { Path = "/nowhere/s.sock", File = "a.cfg", Line = 4 },
            new() { Path = Path.Combine(directory, "d"), File = "a.cfg", Line = 5 },
            new() { Address = SocketAddress.Inet([127, 0, 0, 1], (ushort)port), File = "a.cfg", Line = 6 },
        ];
        using AdminServer server = new(Services(sockets));
        Assert.Equal(
            [
                "Binding [a.cfg:4] for frontend GLOBAL: protocol unix_stream: cannot bind UNIX socket "
                + "(No such file or directory) [/nowhere/s.sock].",
                "Binding [a.cfg:5] for frontend GLOBAL: protocol unix_stream: cannot bind UNIX socket "
                + $"(Is a directory) [{directory}/d].",
                "Binding [a.cfg:6] for frontend GLOBAL: protocol tcpv4: cannot bind socket "
                + $"(Address already in use) for [127.0.0.1:{port}].",
            ],
            server.Bind());
    }

    [Fact]
    public void An_inherited_descriptor_is_served()
    {
        using Socket inherited = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        inherited.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket copy = new(new SafeSocketHandle(Duplicate(inherited), ownsHandle: false));
        int descriptor = (int)copy.SafeHandle.DangerousGetHandle();
        using AdminServer server = Start(new AdminSocket { InheritedFd = descriptor });
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(inherited.LocalEndPoint!);
        client.Send("show version\n"u8);
        Assert.Equal("V\n\n", ReadAll(client));
    }

    [Fact]
    public void More_connections_than_allowed_wait_for_their_turn()
    {
        CompiledConfiguration configuration = new()
        {
            Globals = new Globals
            {
                AdminSockets = [new AdminSocket { Path = SocketPath }],
                AdminMaxConnections = 2,
                AdminTimeoutMs = 60_000,
            },
        };
        using AdminServer server = new(new AdminServices { Configuration = configuration, Version = "V" });
        Assert.Empty(server.Bind());
        server.Start();
        List<Socket> there = [Connect(), Connect()];
        foreach (Socket client in there)
        {
            client.Send("prompt i\n"u8);
            Assert.Equal(1, client.Receive(new byte[10]));
        }
        using Socket third = Connect();
        third.Send("show version\n"u8);
        Assert.False(third.Poll(100_000, SelectMode.SelectRead));
        there[0].Dispose();
        Assert.Equal("V\n\n", ReadAll(third));
        there[1].Dispose();
    }

    [Fact]
    public void Silence_ends_a_connection()
    {
        using AdminServer server = Start(new AdminSocket { Path = SocketPath });
        using Socket client = Connect();
        client.Send("prompt i\nset timeout cli 20ms\n"u8);
        Assert.Equal("\n\n", ReadAll(client));
    }

    [Fact]
    public void A_peer_that_does_not_read_holds_up_itself_alone()
    {
        using AdminServer server = Start(new AdminSocket { Path = SocketPath });
        using Socket deaf = Connect();
        deaf.Blocking = false;
        byte[] line = Encoding.ASCII.GetBytes("prompt i\n" + new string(';', 100) + "show info\n");
        long sent = 0;
        // Whatever the sockets' buffers take; then a while without any room means that the server reads no
        // more.
        while (sent < 100_000_000 && deaf.Poll(300_000, SelectMode.SelectWrite))
            sent += Math.Max(0, deaf.Send(line, SocketFlags.None, out _));
        Assert.InRange(sent, 1, 50_000_000);
        Assert.Equal("V\n\n", Ask("show version\n"));
    }

    [Fact]
    public void A_soft_stop_takes_no_more_connections_and_serves_those_it_has()
    {
        using AdminServer server = Start(new AdminSocket { Path = SocketPath });
        using Socket client = Connect();
        client.Send("prompt i\n"u8);
        Assert.Equal(1, client.Receive(new byte[10]));
        server.CloseListeners();
        Assert.Equal(0, server.ListenerCount);
        for (int i = 0; i < 1000 && TryConnect(); i++) System.Threading.Thread.Sleep(10);
        Assert.False(TryConnect());
        client.Send("show version\nquit\n"u8);
        Assert.Equal("V\n\n", ReadAll(client));
    }

    [Fact]
    public void Paused_connections_wait()
    {
        using AdminServer server = Start(new AdminSocket { Path = SocketPath });
        server.Pause();
        using Socket early = Connect();
        early.Send("show version\n"u8);
        Assert.False(early.Poll(100_000, SelectMode.SelectRead) && early.Available > 100);
        server.Resume();
        Assert.Equal("V\n\n", ReadAll(early));
    }

    [Fact]
    public void Without_sockets_there_is_nothing_to_serve()
    {
        using AdminServer server = new(Services([]));
        Assert.Empty(server.Bind());
        server.Start();
        Assert.Equal(0, server.ListenerCount);
    }

    private static AdminServices Services(params AdminSocket[] sockets) =>
        new()
        {
            Configuration = new CompiledConfiguration { Globals = new Globals { AdminSockets = sockets } },
            Version = "V",
        };

    private static AdminServer Start(params AdminSocket[] sockets)
    {
        AdminServer server = new(Services(sockets));
        Assert.Empty(server.Bind());
        server.Start();
        return server;
    }

    private string Ask(string text)
    {
        using Socket client = Connect();
        client.Send(Encoding.ASCII.GetBytes(text));
        return ReadAll(client);
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = 30_000;
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    private bool TryConnect()
    {
        try
        {
            Connect().Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string ReadAll(Socket socket)
    {
        StringBuilder text = new();
        byte[] bytes = new byte[4096];
        while (socket.Receive(bytes) is > 0 and int count)
            text.Append(Encoding.ASCII.GetString(bytes, 0, count));
        return text.ToString();
    }

    private static Socket Listening(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private static nint Duplicate(Socket socket) =>
        Engine.Runtime.Kernel.Native.Sockets.Duplicate((int)socket.SafeHandle.DangerousGetHandle());
}
