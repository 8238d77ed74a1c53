using System;
using System.Collections.Generic;
using System.Linq;
using Engine.Data.Buffers;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Xunit;

namespace Tests.Runtime.Kernel;

/// <summary>
/// What every back end must do, as the remarks of <see cref="IKernel"/> promise: accepting and receiving.
/// </summary>
public abstract unsafe class KernelConformance : IDisposable
{
    private readonly IKernelWorld world;

    protected KernelConformance(IKernelWorld world) => this.world = world;

    public void Dispose()
    {
        world.Dispose();
        GC.SuppressFinalize(this);
    }

    private KernelDriver Open(uint smallBuffers = 4096) => new(world, smallBuffers: smallBuffers);

    private static byte[] Text(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    [SkippableFact]
    public void AcceptRepeats()
    {
        using KernelDriver driver = Open();
        int listener = world.Listen(out SocketAddress address);
        OperationOwner accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        driver.Submit();
        HashSet<int> descriptors = [];
        for (int i = 0; i < 5; i++)
        {
            IPeer peer = world.ConnectClient(address);
            Seen accepted = driver.Expect(accept);
            Assert.True(accepted.Result >= 0);
            Assert.True(accepted.More);
            Assert.Equal(peer.Address, accepted.Addresses.Peer);
            Assert.Equal(default, accepted.Addresses.Local);
            Assert.True(descriptors.Add(accepted.Result));
        }
        driver.Add(OperationKind.CancelAll, listener); // the world closes it
        Seen ended = driver.Expect(accept);
        Assert.Equal(-Errno.Canceled, ended.Result);
        Assert.False(ended.More);
        foreach (int fd in descriptors) driver.Close(fd);
    }

    [SkippableFact]
    public void AcceptTellsTheLocalAddressWhenAsked()
    {
        using KernelDriver driver = Open();
        int listener = world.Listen(out SocketAddress address);
        OperationOwner accept = driver.Add(
            OperationKind.Accept, listener, OperationFlags.Repeat | OperationFlags.WantLocal);
        driver.Submit();
        _ = world.ConnectClient(address);
        Assert.Equal(address, driver.Expect(accept).Addresses.Local);
    }

    [SkippableFact]
    public void AcceptOnceTakesOne()
    {
        using KernelDriver driver = Open();
        int listener = world.Listen(out SocketAddress address);
        OperationOwner first = driver.Add(OperationKind.Accept, listener);
        driver.Submit();
        _ = world.ConnectClient(address);
        IPeer second = world.ConnectClient(address);
        Assert.False(driver.Expect(first).More);
        driver.ExpectNothing(first);
        OperationOwner again = driver.Add(OperationKind.Accept, listener);
        Assert.Equal(second.Address, driver.Expect(again).Addresses.Peer);
    }

    [SkippableFact]
    public void AcceptCanBeCancelledAndArmedAgain()
    {
        using KernelDriver driver = Open();
        int listener = world.Listen(out SocketAddress address);
        OperationOwner accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        driver.Submit();
        driver.Add(OperationKind.CancelAll, listener);
        Assert.Equal(-Errno.Canceled, driver.Expect(accept).Result);
        _ = world.ConnectClient(address);
        driver.ExpectNothing(accept);
        OperationOwner again = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        Assert.True(driver.Expect(again).Result >= 0);
    }

    [SkippableTheory]
    [InlineData(OperationFlags.None)]
    [InlineData(OperationFlags.Later)]
    public void ReceiveRepeats(OperationFlags flags)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, flags | OperationFlags.Repeat);
        driver.Submit();
        for (int i = 0; i < 20; i++)
        {
            byte[] message = Text($"message number {i}");
            driver.SendAt(peer, message);
            Seen received = driver.Expect(receive);
            Assert.Equal(message, received.Data);
            Assert.True(received.More);
        }
        peer.Close();
        Seen end = driver.Expect(receive);
        Assert.Equal(0, end.Result);
        Assert.False(end.More);
        driver.Close(fd);
    }

    [SkippableTheory]
    [InlineData(OperationFlags.None, true)]
    [InlineData(OperationFlags.None, false)]
    [InlineData(OperationFlags.Later, true)]
    [InlineData(OperationFlags.Later, false)]
    public void ReceiveOnceTakesOnce(OperationFlags flags, bool armedFirst)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        for (int i = 0; i < 5; i++)
        {
            OperationOwner receive = default;
            if (armedFirst)
            {
                receive = driver.Add(OperationKind.Receive, fd, flags);
                driver.Submit();
            }
            driver.SendAt(peer, Text("one"));
            if (!armedFirst) receive = driver.Add(OperationKind.Receive, fd, flags);
            Seen received = driver.Expect(receive);
            Assert.Equal(Text("one"), received.Data);
            Assert.False(received.More);
            driver.ExpectNothing(receive);
        }
        driver.Close(fd);
    }

    [SkippableTheory]
    [InlineData(OperationFlags.None, true)]
    [InlineData(OperationFlags.None, false)]
    [InlineData(OperationFlags.Later, true)]
    [InlineData(OperationFlags.Later, false)]
    public void ALargeReceiveTakesALargeBuffer(OperationFlags flags, bool armedFirst)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        byte[] text = new byte[BufferSlab.SmallSize + 10];
        new Random(1).NextBytes(text);
        OperationOwner receive = default;
        if (armedFirst)
        {
            receive = driver.Add(OperationKind.Receive, fd, flags | OperationFlags.Large);
            driver.Submit();
        }
        driver.SendAt(peer, text);
        if (!armedFirst) receive = driver.Add(OperationKind.Receive, fd, flags | OperationFlags.Large);
        Seen received = driver.Expect(receive);
        Assert.Equal(text.Length, received.Result);
        Assert.False(received.More);
        Assert.Equal(text, received.Data);
        driver.Close(fd);
    }

    public static TheoryData<OperationFlags> ReceiveForms => new()
    {
        { OperationFlags.Repeat },
        { OperationFlags.Repeat | OperationFlags.Later },
        { OperationFlags.None },
        { OperationFlags.Later },
        { OperationFlags.Large },
        { OperationFlags.Large | OperationFlags.Later },
    };

    [SkippableTheory]
    [MemberData(nameof(ReceiveForms))]
    public void TheEndFollowsTheBytes(OperationFlags flags)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        driver.SendAt(peer, Text("last words"));
        peer.ShutdownSend();
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, flags);
        Seen received = driver.Expect(receive);
        Assert.Equal(10, received.Result);
        if (!received.More) receive = driver.Add(OperationKind.Receive, fd, flags);
        Seen end = driver.Expect(receive);
        Assert.Equal(0, end.Result);
        Assert.False(end.More);
        // The other half is still open.
        using NativeBytes reply = new(Text("reply"));
        OperationOwner send = driver.Add(OperationKind.Send, fd, OperationFlags.None, reply.Start, 5);
        Assert.Equal(5, driver.Expect(send).Result);
        Assert.Equal(Text("reply"), driver.ReadAt(peer, 5));
        driver.Close(fd);
    }

    [SkippableTheory]
    [MemberData(nameof(ReceiveForms))]
    public void TheEndEndsAnArmedReceive(OperationFlags flags)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, flags);
        driver.ExpectNothing(receive);
        peer.ShutdownSend();
        Seen end = driver.Expect(receive);
        Assert.Equal(0, end.Result);
        Assert.False(end.More);
        driver.Close(fd);
    }

    [SkippableTheory]
    [MemberData(nameof(ReceiveForms))]
    public void AResetEndsAnArmedReceive(OperationFlags flags)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, flags);
        driver.ExpectNothing(receive);
        peer.Reset();
        Seen end = driver.Expect(receive);
        Assert.Equal(-Errno.ConnectionReset, end.Result);
        Assert.False(end.More);
        driver.Close(fd);
    }

    [SkippableTheory]
    [MemberData(nameof(ReceiveForms))]
    public void AReceiveCanBeCancelledAndArmedAgain(OperationFlags flags)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        for (int i = 0; i < 3; i++)
        {
            OperationOwner receive = driver.Add(OperationKind.Receive, fd, flags);
            driver.ExpectNothing(receive);
            driver.Add(OperationKind.CancelReceive, fd);
            Seen ended = driver.Expect(receive);
            Assert.Equal(-Errno.Canceled, ended.Result);
            Assert.False(ended.More);
        }
        OperationOwner last = driver.Add(OperationKind.Receive, fd, flags);
        driver.SendAt(peer, Text("still here"));
        Assert.Equal(10, driver.Expect(last).Result);
        driver.Close(fd);
    }

    [SkippableTheory]
    [MemberData(nameof(ReceiveForms))]
    public void ACancelThatMeetsBytesLosesNone(OperationFlags flags)
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        int sent = 0;
        int received = 0;
        for (int i = 0; i < 50; i++)
        {
            OperationOwner receive = driver.Add(OperationKind.Receive, fd, flags);
            if (i % 2 == 0) driver.Submit();
            sent += peer.Send(Text("x"));
            if (i % 3 == 0) driver.Wait(1);
            driver.Add(OperationKind.CancelReceive, fd);
            bool ended = false;
            while (!ended)
            {
                Seen one = driver.Expect(receive);
                if (one.Result > 0) received += one.Result;
                else Assert.Equal(-Errno.Canceled, one.Result);
                ended = !one.More;
            }
        }
        while (received < sent)
        {
            OperationOwner rest = driver.Add(OperationKind.Receive, fd);
            received += driver.Expect(rest).Result;
        }
        Assert.Equal(sent, received);
        driver.Close(fd);
    }

    [SkippableFact]
    public void CancelsOfNothingDoNothing()
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        driver.Add(OperationKind.CancelReceive, fd);
        driver.Add(OperationKind.CancelAll, fd);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd);
        driver.SendAt(peer, Text("x"));
        Assert.Equal(1, driver.Expect(receive).Result);
        driver.Add(OperationKind.CancelReceive, fd);
        driver.Add(OperationKind.CancelAll, fd);
        driver.Submit();
        driver.Wait(1);
        Assert.Empty(driver.Pending);
        driver.Close(fd);
    }

    [SkippableFact]
    public void AStreamArrivesWholeThroughSmallBuffers()
    {
        using KernelDriver driver = Open();
        using NativeBytes content = NativeBytes.Pattern(1_000_000);
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        driver.SendAt(peer, content.Span.ToArray());
        peer.ShutdownSend();
        byte[] received = Collect(driver, receive, fd);
        Assert.True(content.Span.SequenceEqual(received));
        driver.Close(fd);
    }

    [SkippableFact]
    public void WithoutBuffersAReceiveEndsAndLosesNothing()
    {
        using KernelDriver driver = Open(smallBuffers: 8);
        driver.KeepsBuffers = true;
        using NativeBytes content = NativeBytes.Pattern(200_000);
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        driver.SendAt(peer, content.Span.ToArray());
        peer.ShutdownSend();
        byte[] received = Collect(driver, receive, fd);
        Assert.True(content.Span.SequenceEqual(received));
        driver.Close(fd);
    }

    [SkippableFact]
    public void CloseEndsWhatIsArmedAndThePeerSeesTheEnd()
    {
        using KernelDriver driver = Open();
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        driver.ExpectNothing(receive);
        driver.Close(fd);
        Seen ended = driver.Expect(receive);
        Assert.Equal(-Errno.Canceled, ended.Result);
        Assert.False(ended.More);
        Assert.Equal(0, driver.EndAt(peer));
    }

    [SkippableFact]
    public void ALateCompletionNamesTheOldGeneration()
    {
        using KernelDriver driver = Open();
        int listener = world.Listen(out SocketAddress address);
        HashSet<int> descriptors = [];
        for (int i = 0; i < 20; i++) _ = world.ConnectClient(address);
        for (uint generation = 1; generation <= 20; generation++)
        {
            int fd = driver.Accept(listener);
            descriptors.Add(fd);
            OperationOwner owner = KernelDriver.Owner(OperationKind.Receive, 1_000_000, generation);
            driver.AddOwned(owner, fd, OperationFlags.Repeat);
            driver.Submit();
            driver.Close(fd);
        }
        driver.Until(() => driver.Pending.Count == 20);
        Assert.True(descriptors.Count < 20); // numbers were used again
        Assert.Equal(
            Enumerable.Range(1, 20).Select(one => (uint)one),
            driver.Pending.Select(one => one.Owner.Generation).Order());
        Assert.All(driver.Pending, one => Assert.Equal(-Errno.Canceled, one.Result));
    }

    /// <summary>Receives to the end, arming again as long as the back end runs out of buffers.</summary>
    private static byte[] Collect(KernelDriver driver, OperationOwner receive, int fd)
    {
        List<byte> all = [];
        while (true)
        {
            Seen one = driver.Expect(receive);
            if (one.Result == 0) return [.. all];
            if (one.Result < 0) Assert.Equal(-Errno.NoBuffers, one.Result);
            all.AddRange(one.Data);
            if (one.More) continue;
            driver.ReturnKept();
            receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        }
    }
}
