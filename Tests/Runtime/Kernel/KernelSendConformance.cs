using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Xunit;

namespace Tests.Runtime.Kernel;

/// <summary>
/// What every back end must do: sending, connecting, closing, waking and many sockets at once.
/// </summary>
public abstract unsafe class KernelSendConformance : IDisposable
{
    private readonly IKernelWorld world;

    protected KernelSendConformance(IKernelWorld world) => this.world = world;

    public void Dispose()
    {
        world.Dispose();
        GC.SuppressFinalize(this);
    }

    private KernelDriver Open() => new(world);

    private static byte[] Text(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    [SkippableFact]
    public void ASendCompletesInTheSubmitThatStartsIt()
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = new(Text("hello"));
        int fd = driver.Connect(out IPeer peer);
        OperationOwner send = driver.Add(OperationKind.Send, fd, OperationFlags.None, bytes.Start, 5);
        driver.Submit();
        Seen sent = Assert.Single(driver.Pending);
        Assert.Equal(send, sent.Owner);
        Assert.Equal(5, sent.Result);
        Assert.False(sent.More);
        Assert.Equal(Text("hello"), driver.ReadAt(peer, 5));
        driver.Close(fd);
    }

    [SkippableFact]
    public void SendsOfOneBatchKeepTheirOrder()
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = NativeBytes.Pattern(1000);
        int fd = driver.Connect(out IPeer peer);
        List<OperationOwner> owners = [];
        for (int i = 0; i < 100; i++)
        {
            OperationFlags flags = i < 99 ? OperationFlags.More : OperationFlags.None;
            owners.Add(driver.Add(OperationKind.Send, fd, flags, bytes.Start + (i * 10), 10));
        }
        driver.Submit();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(owners[i], driver.Pending[i].Owner);
            Assert.Equal(10, driver.Pending[i].Result);
        }
        Assert.True(bytes.Span.SequenceEqual(driver.ReadAt(peer, 1000)));
        driver.Close(fd);
    }

    [SkippableFact]
    public void AVectorIsSentInOnePiece()
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = NativeBytes.Pattern(1000);
        int fd = driver.Connect(out IPeer peer);
        IoVector* vectors = stackalloc IoVector[3];
        vectors[0] = new IoVector { Base = bytes.Start, Length = 1 };
        vectors[1] = new IoVector { Base = bytes.Start + 1, Length = 0 };
        vectors[2] = new IoVector { Base = bytes.Start + 1, Length = 999 };
        OperationOwner send = driver.Add(OperationKind.SendVector, fd, OperationFlags.None, vectors, 3);
        driver.Submit();
        Assert.Equal(1000, driver.Expect(send).Result);
        Assert.True(bytes.Span.SequenceEqual(driver.ReadAt(peer, 1000)));
        driver.Close(fd);
    }

    [SkippableTheory]
    [InlineData(OperationKind.Send)]
    [InlineData(OperationKind.SendVector)]
    public void ABigBodyReachesASlowReader(OperationKind kind)
    {
        using KernelDriver driver = Open();
        using NativeBytes content = NativeBytes.Pattern(12_000_000);
        int fd = driver.Connect(out IPeer peer);
        byte[] received = new byte[content.Length];
        int sent = 0;
        int read = 0;
        int waits = 0;
        bool full = false;
        while (sent < content.Length)
        {
            OperationOwner send = AddSend(driver, kind, fd, content, sent, full);
            driver.Until(() =>
            {
                if (driver.Pending.Count > 0) return true;
                waits++;
                int some = Math.Min(300_000, received.Length - read);
                read += Math.Max(peer.Read(received.AsSpan(read, some)), 0);
                return false;
            });
            int result = driver.Expect(send).Result;
            if (full) Assert.True(result > 0);
            if (result == -Errno.Again || (result >= 0 && sent + result < content.Length)) full = true;
            sent += Math.Max(result, 0);
        }
        Assert.True(waits > 0);
        driver.ReadAt(peer, content.Length - read).CopyTo(received.AsSpan(read));
        Assert.True(content.Span.SequenceEqual(received));
        driver.Close(fd);
    }

    [SkippableFact]
    public void ASendThatWaitsCompletesWhenThePeerReads()
    {
        using KernelDriver driver = Open();
        using NativeBytes content = NativeBytes.Pattern(8_000_000);
        int fd = driver.Connect(out IPeer peer);
        int sent = Fill(driver, fd, content);
        OperationOwner waiting = driver.Add(
            OperationKind.Send, fd, OperationFlags.Wait, content.Start + sent, (uint)(content.Length - sent));
        driver.ExpectNothing(waiting);
        byte[] received = driver.ReadAt(peer, sent);
        Assert.True(driver.Expect(waiting).Result > 0);
        Assert.True(content.Span[..sent].SequenceEqual(received));
        driver.Close(fd);
    }

    [SkippableFact]
    public void ASendThatWaitsCanBeCancelled()
    {
        using KernelDriver driver = Open();
        using NativeBytes content = NativeBytes.Pattern(8_000_000);
        int fd = driver.Connect(out IPeer peer);
        int sent = Fill(driver, fd, content);
        OperationOwner waiting = driver.Add(
            OperationKind.Send, fd, OperationFlags.Wait, content.Start + sent, 1000);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        driver.ExpectNothing(waiting);
        driver.Close(fd, OperationFlags.Reset);
        Assert.Equal(-Errno.Canceled, driver.Expect(waiting).Result);
        Assert.Equal(-Errno.Canceled, driver.Expect(receive).Result);
        Assert.Equal(-Errno.ConnectionReset, driver.EndAt(peer));
    }

    [SkippableFact]
    public void ASendThatWaitsEndsWithTheConnection()
    {
        using KernelDriver driver = Open();
        using NativeBytes content = NativeBytes.Pattern(8_000_000);
        int fd = driver.Connect(out IPeer peer);
        int sent = Fill(driver, fd, content);
        OperationOwner waiting = driver.Add(
            OperationKind.Send, fd, OperationFlags.Wait, content.Start + sent, 1000);
        driver.ExpectNothing(waiting);
        peer.Reset();
        Assert.Contains(driver.Expect(waiting).Result, new[] { -Errno.ConnectionReset, -Errno.BrokenPipe });
        driver.Close(fd);
    }

    [SkippableFact]
    public void ASendToAResetConnectionFails()
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = new(Text("hello"));
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd);
        driver.Submit();
        peer.Reset();
        Assert.Equal(-Errno.ConnectionReset, driver.Expect(receive).Result);
        OperationOwner send = driver.Add(OperationKind.Send, fd, OperationFlags.None, bytes.Start, 5);
        driver.Submit();
        Assert.Equal(-Errno.BrokenPipe, driver.Expect(send).Result);
        driver.Close(fd);
    }

    [SkippableFact]
    public void ShutdownComesAfterTheSendsOfItsBatch()
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = new(Text("bye"));
        int fd = driver.Connect(out IPeer peer);
        driver.Add(OperationKind.Send, fd, OperationFlags.None, bytes.Start, 3);
        driver.Add(OperationKind.ShutdownSend, fd);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd);
        driver.Submit();
        Assert.Equal(Text("bye"), driver.ReadAt(peer, 3));
        Assert.Equal(0, driver.EndAt(peer));
        driver.SendAt(peer, Text("ok"));
        Assert.Equal(Text("ok"), driver.Expect(receive).Data);
        driver.Close(fd);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void CloseComesAfterTheSendsOfItsBatch(bool shutdownToo)
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = new(Text("bye"));
        int fd = driver.Connect(out IPeer peer);
        driver.Add(OperationKind.Send, fd, OperationFlags.More, bytes.Start, 3);
        if (shutdownToo) driver.Add(OperationKind.ShutdownSend, fd);
        driver.Add(OperationKind.Close, fd);
        driver.Submit();
        Assert.Equal(Text("bye"), driver.ReadAt(peer, 3));
        Assert.Equal(0, driver.EndAt(peer));
    }

    [SkippableFact]
    public void CloseWithResetResets()
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        driver.Close(fd, OperationFlags.Reset);
        Assert.Equal(-Errno.ConnectionReset, driver.EndAt(peer));
    }

    [SkippableFact]
    public void ConnectReachesTheServer()
    {
        using KernelDriver driver = Open();
        using NativeBytes bytes = new(Text("request"));
        IOrigin origin = world.OpenOrigin();
        SocketAddress target = origin.Address;
        int fd = -2;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &target, 1, &fd);
        Assert.Equal(0, driver.Expect(connect).Result);
        Assert.True(fd >= 0);
        IPeer? peer = null;
        driver.Until(() => (peer ??= origin.Accept()) != null);
        driver.Add(OperationKind.Send, fd, OperationFlags.None, bytes.Start, 7);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Later);
        Assert.Equal(Text("request"), driver.ReadAt(peer!, 7));
        driver.SendAt(peer!, Text("response"));
        Assert.Equal(Text("response"), driver.Expect(receive).Data);
        driver.Close(fd);
    }

    [SkippableFact]
    public void ARefusedConnectSaysSo()
    {
        using KernelDriver driver = Open();
        SocketAddress target = world.RefusingAddress();
        int fd = -2;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &target, 1, &fd);
        Assert.Equal(-Errno.ConnectionRefused, driver.Expect(connect).Result);
        Assert.True(fd >= 0);
        driver.Close(fd);
    }

    [SkippableFact]
    public void AConnectCanBeCancelled()
    {
        using KernelDriver driver = Open();
        SocketAddress target = world.SilentAddress();
        int fd = -2;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &target, 1, &fd);
        driver.ExpectNothing(connect);
        driver.Close(fd);
        Assert.Equal(-Errno.Canceled, driver.Expect(connect).Result);
    }

    [SkippableFact]
    public void WaitEndsWhenTheTimeIsUp()
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out _);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd);
        driver.Submit();
        foreach (long timeout in new[] { 0L, 1L, 999_999L, 20_000_000L })
        {
            long before = driver.Kernel.NowNanoseconds;
            driver.Kernel.Wait(driver.Completions, timeout);
            Assert.True(driver.Kernel.NowNanoseconds - before >= timeout);
            Assert.Equal(0u, driver.Completions.Count);
        }
        driver.ExpectNothing(receive);
        driver.Close(fd);
    }

    [SkippableFact]
    public void AWakeEndsTheNextWaitAndOnlyThat()
    {
        using KernelDriver driver = Open();
        driver.Wait(0);
        driver.Kernel.Wake();
        driver.Kernel.Wait(driver.Completions, -1);
        driver.Kernel.Wake();
        driver.Kernel.Wake();
        driver.Submit();
        driver.Kernel.Wait(driver.Completions, -1);
        driver.Wait(0);
        long before = driver.Kernel.NowNanoseconds;
        driver.Wait(5);
        Assert.True(driver.Kernel.NowNanoseconds - before >= 5_000_000);
    }

    [SkippableFact]
    public void ManySocketsAtOnce()
    {
        using KernelDriver driver = Open();
        Echo(driver, sockets: 1000, rounds: 3);
    }

    [SkippableFact]
    public void ManySocketsThroughTinyQueues()
    {
        KernelSizes sizes = new()
        {
            SubmissionEntries = 8,
            CompletionEntries = 16,
            ReceiveBuffers = 2,
            ReceiveBuffersMax = 4,
            AcceptsPerTick = 3,
        };
        using KernelDriver driver = new(world, sizes, completions: 600);
        Echo(driver, sockets: 200, rounds: 3);
    }

    [SkippableFact]
    public void FailedSendsAreKnownAtOnceHoweverManyFail()
    {
        KernelSizes sizes = new() { SubmissionEntries = 8, CompletionEntries = 16 };
        using KernelDriver driver = new(world, sizes);
        using NativeBytes bytes = new(Text("hello"));
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd);
        driver.Submit();
        peer.Reset();
        Assert.Equal(-Errno.ConnectionReset, driver.Expect(receive).Result);
        OperationOwner[] owners = new OperationOwner[300];
        for (int i = 0; i < owners.Length; i++)
            owners[i] = driver.Add(OperationKind.Send, fd, OperationFlags.None, bytes.Start, 5);
        driver.Submit();
        Assert.Equal(owners, driver.Pending.Select(one => one.Owner));
        Assert.All(driver.Pending, one => Assert.Equal(-Errno.BrokenPipe, one.Result));
        driver.Close(fd);
    }

    /// <summary>Every client sends a message of its own, gets it back and leaves.</summary>
    private void Echo(KernelDriver driver, int sockets, int rounds)
    {
        int listener = world.Listen(out SocketAddress address);
        OperationOwner accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        driver.Submit();
        List<IPeer> peers = [];
        Dictionary<SocketAddress, int> descriptors = [];
        for (int i = 0; i < sockets; i++) peers.Add(world.ConnectClient(address));
        for (int i = 0; i < sockets; i++)
        {
            Seen accepted = driver.Expect(accept);
            Assert.True(accepted.Result >= 0);
            descriptors.Add(accepted.Addresses.Peer, accepted.Result);
            // A queue that overflows may end what repeats.
            if (!accepted.More) accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        }
        Dictionary<int, OperationOwner> receives = [];
        foreach (int fd in descriptors.Values)
            receives[fd] = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        driver.Submit();
        using NativeBytes echo = new(sockets * 64);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < sockets; i++) driver.SendAt(peers[i], Text($"client {i} round {round}"));
            for (int i = 0; i < sockets; i++)
            {
                int fd = descriptors[peers[i].Address];
                Seen received = driver.Expect(receives[fd]);
                while (received.Result == -Errno.NoBuffers)
                {
                    receives[fd] = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
                    received = driver.Expect(receives[fd]);
                }
                if (!received.More)
                    receives[fd] = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
                received.Data.CopyTo(echo.Span[(i * 64)..]);
                uint length = (uint)received.Result;
                driver.Add(OperationKind.Send, fd, OperationFlags.None, echo.Start + (i * 64), length);
            }
            driver.Submit();
            for (int i = 0; i < sockets; i++)
            {
                byte[] expected = Text($"client {i} round {round}");
                Assert.Equal(expected, driver.ReadAt(peers[i], expected.Length));
            }
        }
        foreach (int fd in descriptors.Values)
        {
            driver.Add(OperationKind.CancelAll, fd);
            driver.Add(OperationKind.Close, fd);
        }
        driver.Submit();
        foreach (OperationOwner receive in receives.Values)
            Assert.Equal(-Errno.Canceled, driver.Expect(receive).Result);
        driver.Add(OperationKind.CancelAll, listener); // the world closes it
        Assert.Equal(-Errno.Canceled, driver.Expect(accept).Result);
    }

    private static OperationOwner AddSend(
        KernelDriver driver, OperationKind kind, int fd, NativeBytes content, int from, bool wait)
    {
        OperationFlags flags = wait ? OperationFlags.Wait : OperationFlags.None;
        if (kind == OperationKind.Send)
            return driver.Add(kind, fd, flags, content.Start + from, (uint)(content.Length - from));
        IoVector* vectors = stackalloc IoVector[2];
        int half = (content.Length - from) / 2;
        vectors[0] = new IoVector { Base = content.Start + from, Length = (nuint)half };
        vectors[1] = new IoVector
        {
            Base = content.Start + from + half,
            Length = (nuint)(content.Length - from - half),
        };
        OperationOwner owner = driver.Add(kind, fd, flags, vectors, 2);
        driver.Submit();
        return owner;
    }

    /// <summary>
    /// Sends until the connection takes no more, even after a while: machines let their buffers grow.
    /// </summary>
    private static int Fill(KernelDriver driver, int fd, NativeBytes content)
    {
        int sent = 0;
        int refused = 0;
        while (true)
        {
            uint left = (uint)(content.Length - sent);
            OperationOwner send = driver.Add(
                OperationKind.Send, fd, OperationFlags.None, content.Start + sent, left);
            int result = driver.Expect(send).Result;
            if (result == -Errno.Again)
            {
                if (++refused == 4) return sent;
                driver.Wait(5);
                continue;
            }
            refused = 0;
            Assert.True(result > 0);
            sent += result;
            Assert.True(sent < content.Length);
        }
    }
}
