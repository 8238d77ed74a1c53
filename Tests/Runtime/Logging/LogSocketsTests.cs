using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Runtime.Kernel.Native;
using Engine.Runtime.Logging;
using Xunit;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Runtime.Logging;

public sealed unsafe class LogSocketsTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly OperationQueue operations = new(64);
    private readonly string path = Path.Combine(Path.GetTempPath(), $"sluice-log-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Lines_reach_a_udp_address(string address)
    {
        using System.Net.Sockets.Socket peer = new(
            IPAddress.Parse(address).AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        peer.ReceiveTimeout = 10_000;
        int port = ((IPEndPoint)peer.LocalEndPoint!).Port;
        LogTarget target = new()
        {
            Kind = LogTargetKind.Udp,
            Address = SocketAddress.Inet(IPAddress.Parse(address).GetAddressBytes(), (ushort)port),
        };
        LogBatch batch = new([target]);
        LogSockets sockets = new([target]);
        sockets.OpenAll(batch, 0);
        Add(batch, target, "<134>one");
        Add(batch, target, "<134>two");
        Submit(batch);
        Assert.Equal("<134>one", Receive(peer));
        Assert.Equal("<134>two", Receive(peer));
        Submit(batch);
        Assert.Equal((2ul, 0ul), (batch.Sent, batch.Dropped));
        sockets.Close(batch);
        Assert.Equal(-1, batch.Descriptor(0));
    }

    [Fact]
    public void A_unix_target_is_found_when_it_comes_and_again_when_it_comes_back()
    {
        LogTarget target = new() { Kind = LogTargetKind.Unix, Path = path };
        LogBatch batch = new([target]);
        LogSockets sockets = new([target]);
        sockets.OpenAll(batch, 0);
        Assert.Equal(-1, batch.Descriptor(0));
        Add(batch, target, "nobody");
        Assert.True(batch.AnyWantsOpening);
        using (Listen(path))
        {
            // Tried at most once in a pause.
            sockets.Reopen(batch, LogSockets.PauseNanoseconds - 1);
            Assert.Equal(-1, batch.Descriptor(0));
        }
        File.Delete(path);
        System.Net.Sockets.Socket first = Listen(path);
        sockets.Reopen(batch, LogSockets.PauseNanoseconds);
        Assert.NotEqual(-1, batch.Descriptor(0));
        Add(batch, target, "first");
        Submit(batch);
        Assert.Equal("first", Receive(first));
        first.Dispose();
        File.Delete(path);
        using System.Net.Sockets.Socket second = Listen(path);
        Add(batch, target, "lost");
        Submit(batch);
        Submit(batch);
        Assert.True(batch.AnyWantsOpening);
        sockets.Reopen(batch, 3 * Second);
        Assert.False(batch.WantsOpening(0));
        Add(batch, target, "second");
        Submit(batch);
        Assert.Equal("second", Receive(second));
        Submit(batch);
        Assert.Equal((2ul, 2ul), (batch.Sent, batch.Dropped));
        sockets.Close(batch);
    }

    [Fact]
    public void An_abstract_name_is_a_target()
    {
        string name = $"\0sluice-log-{Guid.NewGuid():N}";
        using System.Net.Sockets.Socket peer = Listen(name.PadRight(108, '\0')); // the whole of sun_path is the name
        LogTarget target = new() { Kind = LogTargetKind.Unix, Path = name };
        LogBatch batch = new([target]);
        LogSockets sockets = new([target]);
        sockets.OpenAll(batch, 0);
        Add(batch, target, "x");
        Submit(batch);
        Assert.Equal("x", Receive(peer));
        sockets.Close(batch);
    }

    [Fact]
    public void A_full_target_costs_lines_and_keeps_its_socket()
    {
        using System.Net.Sockets.Socket peer = Listen(path);
        LogTarget target = new() { Kind = LogTargetKind.Unix, Path = path };
        LogBatch batch = new([target]);
        LogSockets sockets = new([target]);
        sockets.OpenAll(batch, 0);
        int fd = batch.Descriptor(0);
        for (int i = 0; i < 2000; i++) Add(batch, target, new string('x', 100));
        Submit(batch);
        Submit(batch);
        Assert.Equal(2000ul, batch.Sent + batch.Dropped);
        Assert.InRange(batch.Dropped, 1ul, 1999ul);
        Assert.Equal(fd, batch.Descriptor(0));
        sockets.Close(batch);
    }

    [Fact]
    public void Descriptors_are_not_ours_to_open_or_close()
    {
        LogTarget target = new() { Kind = LogTargetKind.Descriptor, Fd = 4711 };
        LogBatch batch = new([target]);
        LogSockets sockets = new([target]);
        sockets.OpenAll(batch, 0);
        Assert.Equal(4711, batch.Descriptor(0));
        sockets.Close(batch);
        Assert.Equal(4711, batch.Descriptor(0));
    }

    [Fact]
    public void Targets_are_those_of_the_process_and_of_every_proxy()
    {
        LogTarget[] targets = [new() { Number = 0 }, new() { Number = 1 }, new() { Number = 0 }];
        CompiledConfiguration configuration = new()
        {
            Globals = new Globals { LogTargets = [targets[0]] },
            Proxies = [new() { LogTargets = [targets[1]] }, new(), new() { LogTargets = [targets[2]] }],
        };
        Assert.Equal(targets, LogSockets.TargetsOf(configuration));
        Assert.Equal(2u, new LogBatch(LogSockets.TargetsOf(configuration)).PlaceCount);
    }

    private static void Add(LogBatch batch, LogTarget target, string text)
    {
        if (batch.TryBegin(target, out Span<byte> space))
            batch.Commit(target, Encoding.ASCII.GetBytes(text, space));
    }

    private void Submit(LogBatch batch)
    {
        batch.Flush(operations);
        foreach (ref Operation operation in operations.Items)
            DatagramSender.Run(operation.Fd, (Datagram*)operation.Data, operation.Length);
        operations.Clear();
    }

    private static System.Net.Sockets.Socket Listen(string path)
    {
        System.Net.Sockets.Socket socket = new(
            System.Net.Sockets.AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            ReceiveTimeout = 10_000,
        };
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static string Receive(System.Net.Sockets.Socket socket)
    {
        byte[] bytes = new byte[2000];
        return Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes));
    }
}
