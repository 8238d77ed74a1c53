using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Simulated;
using Xunit;

namespace Tests.Runtime.Kernel.Simulated;

/// <summary>What the simulator offers to scripts beyond the contract of a back end.</summary>
public sealed unsafe class SimulatedNetworkTests
{
    private static readonly SocketAddress Somewhere = SocketAddress.Inet([10, 0, 0, 1], 80);

    [Fact]
    public void TimePassesOnlyToTheNextEventOrTheEndOfAWait()
    {
        SimulatedNetwork network = new(1);
        using SimulatedKernel kernel = new(network, new BufferSlab(16384, 16, 1, 1));
        CompletionQueue completions = new(16);
        long start = kernel.NowNanoseconds;
        List<long> called = [];
        network.After(5_000_000, () => called.Add(kernel.NowNanoseconds - start));
        network.After(2_000_000, () => called.Add(kernel.NowNanoseconds - start));
        kernel.Wait(completions, 3_000_000);
        Assert.Equal([2_000_000], called);
        Assert.Equal(3_000_000, kernel.NowNanoseconds - start);
        kernel.Wait(completions, 60_000_000_000);
        Assert.Equal([2_000_000, 5_000_000], called);
        Assert.Equal(60_003_000_000, kernel.NowNanoseconds - start);
        Assert.Equal(60_003_000, kernel.WallMicroseconds - 1_767_225_600_000_000);
    }

    [Fact]
    public void WaitingForEverForNothingIsToldInsteadOfHanging()
    {
        using SimulatedKernel kernel = new(new SimulatedNetwork(1), new BufferSlab(16384, 16, 1, 1));
        CompletionQueue completions = new(16);
        Assert.Throws<SimulationStalledException>(() => kernel.Wait(completions, -1));
    }

    [Fact]
    public void ScriptsServeAnOrigin()
    {
        SimulatedNetwork network = new(1);
        using KernelDriver driver = new(new SimulatedWorld(network));
        SimulatedOrigin origin = network.OpenOrigin(Somewhere);
        origin.Connected = peer => peer.Changed = Shout;
        SocketAddress target = Somewhere;
        int fd = -1;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &target, 1, &fd);
        Assert.Equal(0, driver.Expect(connect).Result);
        using NativeBytes bytes = new("hello"u8);
        driver.Add(OperationKind.Send, fd, OperationFlags.None, bytes.Start, 5);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Later);
        Assert.Equal("HELLO"u8.ToArray(), driver.Expect(receive).Data);
        driver.Close(fd);
        Assert.Equal(0, network.OpenDescriptors);

        static void Shout(SimulatedPeer peer)
        {
            byte[] part = new byte[64];
            int count = peer.Read(part);
            if (count <= 0) return;
            string text = Encoding.ASCII.GetString(part, 0, count);
            peer.Send(Encoding.ASCII.GetBytes(text.ToUpperInvariant()));
        }
    }

    [Theory]
    [InlineData("/run/origin.sock")]
    [InlineData("\0origin")]
    public void AnOriginStandsAtAPath(string path)
    {
        SimulatedNetwork network = new(1);
        using KernelDriver driver = new(new SimulatedWorld(network));
        SimulatedOrigin origin = network.OpenOrigin(path);
        network.OpenOrigin(path + ".other");
        UnixSocketAddress target = new(Encoding.UTF8.GetBytes(path));
        int fd = -1;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &target, 1, &fd);
        Assert.Equal(0, driver.Expect(connect).Result);
        Assert.NotNull(origin.Accept());
        driver.Close(fd);
    }

    [Fact]
    public void SinksTakeLinesUntilTheyAreFull()
    {
        SimulatedNetwork network = new(1);
        using KernelDriver driver = new(new SimulatedWorld(network));
        SimulatedSink sink = network.OpenSink();
        List<string> lines = [];
        sink.Taken = line => lines.Add(Encoding.ASCII.GetString(line));
        using NativeBytes bytes = new("onetwo"u8);
        Datagram* datagrams = stackalloc Datagram[2];
        datagrams[0] = new Datagram { Data = bytes.Start, Length = 3 };
        datagrams[1] = new Datagram { Data = bytes.Start + 3, Length = 3 };
        OperationOwner send = driver.Add(
            OperationKind.SendDatagrams, sink.Fd, OperationFlags.None, datagrams, 2);
        driver.Submit();
        Assert.Equal(2, driver.Expect(send).Result);
        Assert.Equal(["one", "two"], lines);
        sink.IsFull = true;
        send = driver.Add(OperationKind.SendDatagrams, sink.Fd, OperationFlags.None, datagrams, 2);
        Assert.Equal(0, driver.Expect(send).Result);
        Assert.Equal(0, datagrams[0].Sent | datagrams[1].Sent);
        network.StandardSink(1).Taken = line => lines.Add("out: " + Encoding.ASCII.GetString(line));
        int written = -1;
        driver.Add(OperationKind.Write, 1, OperationFlags.None, bytes.Start, 6, &written);
        driver.Submit();
        Assert.Equal(6, written);
        Assert.Equal("out: onetwo", lines[^1]);
    }

    [Fact]
    public void WithoutDescriptorsAcceptAndConnectFailAndRecover()
    {
        SimulatedNetwork network = new(1, new SimulatedFaults { Descriptors = 5 });
        SimulatedWorld world = new(network);
        using KernelDriver driver = new(world);
        int listener = world.Listen(out SocketAddress address);
        IPeer first = world.ConnectClient(address);
        int fd = driver.Accept(listener);
        OperationOwner accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        IPeer second = world.ConnectClient(address);
        Seen refused = driver.Expect(accept);
        Assert.Equal(-Errno.TooManyFiles, refused.Result);
        Assert.False(refused.More);
        SocketAddress target = Somewhere;
        int connected = -2;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &target, 1, &connected);
        Assert.Equal(-Errno.TooManyFiles, driver.Expect(connect).Result);
        Assert.Equal(-1, connected);
        driver.Close(fd);
        Assert.Equal(0, driver.EndAt(first));
        accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        Seen accepted = driver.Expect(accept);
        Assert.Equal(fd, accepted.Result); // the lowest free number, as on the machine
        Assert.Equal(second.Address, accepted.Addresses.Peer);
    }

    [Fact]
    public void WhatIsNotReadTurnsACloseIntoAReset()
    {
        SimulatedWorld world = new(new SimulatedNetwork(1));
        using KernelDriver driver = new(world);
        int fd = driver.Connect(out IPeer peer);
        driver.SendAt(peer, [1, 2, 3]);
        driver.Wait(1);
        driver.Close(fd);
        Assert.Equal(-Errno.ConnectionReset, driver.EndAt(peer));
    }

    [Fact]
    public void BytesThatComeAfterACloseAreAnsweredByAReset()
    {
        SimulatedWorld world = new(new SimulatedNetwork(1));
        using KernelDriver driver = new(world);
        int fd = driver.Connect(out IPeer peer);
        driver.Close(fd);
        Assert.Equal(0, driver.EndAt(peer));
        Assert.Equal(3, peer.Send([1, 2, 3]));
        driver.Wait(1);
        Assert.Equal(-Errno.ConnectionReset, driver.EndAt(peer));
        Assert.Equal(-Errno.BrokenPipe, peer.Send([1]));
    }

    [Fact]
    public void AForgottenCancelIsCaught()
    {
        using KernelDriver driver = new(new SimulatedWorld());
        int fd = driver.Connect(out _);
        driver.Add(OperationKind.Receive, fd);
        driver.Add(OperationKind.Close, fd);
        Assert.Throws<CheckFailedException>(driver.Submit);
    }
}
