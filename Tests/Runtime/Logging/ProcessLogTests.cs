using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Runtime.Logging;
using Xunit;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Runtime.Logging;

public sealed class ProcessLogTests : IDisposable
{
    private readonly Socket peer = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public ProcessLogTests()
    {
        peer.ReceiveTimeout = 10_000;
        peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public void Dispose() => peer.Dispose();

    [Fact]
    public void A_line_goes_to_the_targets_of_its_proxy_with_its_tag_and_level()
    {
        LogTarget target = Target(7);
        CompiledConfiguration configuration = Configuration(target);
        LogSender[] senders = [Sender("one"), Sender("two")];
        ProcessLog log = new(configuration, senders);
        log.Send(configuration.Proxies[1], ProcessLog.LevelWarning, "Paused frontend fe.");
        // Facility 16 (local0), level 4.
        Assert.Matches("^<132>.* two\\[17\\]: Paused frontend fe\\.\n$", Receive());
        log.Send(configuration.Proxies[0], ProcessLog.LevelWarning, "nobody listens to this one");
        log.SendGlobal(ProcessLog.LevelNotice, "everybody");
        Assert.Matches("^<133>.* tagged\\[17\\]: everybody\n$", Receive());
        Assert.Equal(0, peer.Available);
    }

    [Fact]
    public void Levels_beyond_the_targets_are_not_sent_and_those_below_are_lowered()
    {
        LogTarget few = Target(ProcessLog.LevelWarning);
        few.LevelMin = ProcessLog.LevelWarning;
        CompiledConfiguration configuration = Configuration(few);
        ProcessLog log = new(configuration, [Sender("a"), Sender("b")]);
        log.SendGlobal(ProcessLog.LevelNotice, "too detailed");
        log.SendGlobal(1, "severe");
        Assert.Matches("^<132>.*: severe\n$", Receive());
        Assert.Equal(0, peer.Available);
    }

    [Fact]
    public void A_long_line_is_cut_to_its_targets_length()
    {
        LogTarget target = Target(7);
        target.LengthMax = 80;
        ProcessLog log = new(Configuration(target), [Sender("a"), Sender("b")]);
        log.SendGlobal(4, new string('x', 500));
        string line = Receive();
        Assert.Equal(80, line.Length);
        Assert.EndsWith("xxx\n", line);
    }

    private static CompiledConfiguration Configuration(LogTarget target) =>
        new()
        {
            Globals = new Globals { LogTargets = [target], LogTag = "tagged" },
            Proxies = [new Proxy { Number = 0 }, new Proxy { Number = 1, LogTargets = [target] }],
        };

    private static LogSender Sender(string tag) =>
        new() { Tag = ByteView.Literal(tag), Pid = ByteView.Literal("17") };

    private LogTarget Target(int levelMax) =>
        new()
        {
            Kind = LogTargetKind.Udp,
            Address = SocketAddress.Inet([127, 0, 0, 1], (ushort)((IPEndPoint)peer.LocalEndPoint!).Port),
            Facility = 16,
            LevelMax = levelMax,
        };

    private string Receive()
    {
        byte[] bytes = new byte[2000];
        return Encoding.ASCII.GetString(bytes, 0, peer.Receive(bytes));
    }
}
