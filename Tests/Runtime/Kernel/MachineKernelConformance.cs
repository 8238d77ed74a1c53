using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel;
using Engine.Runtime.Kernel.Native;
using Xunit;
using SocketAddress = Engine.Data.Kernel.SocketAddress;

namespace Tests.Runtime.Kernel;

/// <summary>What the two real back ends must do with descriptors that the simulator has none of.</summary>
[Collection(nameof(AloneOnDescriptors))]
public abstract unsafe partial class MachineKernelConformance : IDisposable
{
    private readonly MachineWorld world;

    private protected MachineKernelConformance(MachineWorld world) => this.world = world;

    public void Dispose()
    {
        world.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    [SkippableFact]
    public void DatagramsArriveInOrder()
    {
        using KernelDriver driver = new(world);
        using Socket receiver = new(
            System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        receiver.ReceiveTimeout = 5000;
        SocketAddress target = SocketPeer.Convert((IPEndPoint)receiver.LocalEndPoint!);
        int fd = DatagramSocket.Open(&target);
        Assert.True(fd >= 0);
        using NativeBytes bytes = NativeBytes.Pattern(150);
        Datagram* datagrams = stackalloc Datagram[150];
        for (int i = 0; i < 150; i++)
            datagrams[i] = new Datagram { Data = bytes.Start + i, Length = (uint)(150 - i), Sent = 7 };
        OperationOwner send = AddDatagrams(driver, fd, datagrams, 150);
        driver.Submit();
        Assert.Equal(150, driver.Expect(send).Result);
        byte[] received = new byte[200];
        for (int i = 0; i < 150; i++)
        {
            Assert.Equal(1, datagrams[i].Sent);
            int count = receiver.Receive(received);
            Assert.True(bytes.Span[i..].SequenceEqual(received.AsSpan(0, count)));
        }
        driver.Close(fd);
    }

    [SkippableFact]
    public void ADatagramTargetThatIsGoneDoesNotEndTheBatch()
    {
        using KernelDriver driver = new(world);
        SocketAddress target;
        using (Socket receiver = new(
            System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            target = SocketPeer.Convert((IPEndPoint)receiver.LocalEndPoint!);
        }
        int fd = DatagramSocket.Open(&target);
        using NativeBytes bytes = new(Text("line"));
        Datagram* datagrams = stackalloc Datagram[4];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++) datagrams[i] = new Datagram { Data = bytes.Start, Length = 4 };
            OperationOwner send = AddDatagrams(driver, fd, datagrams, 4);
            driver.Submit();
            // Each refusal comes back to the message after it, which is then tried again.
            Assert.Equal(4, driver.Expect(send).Result);
            for (int i = 0; i < 4; i++) Assert.Equal(1, datagrams[i].Sent);
        }
        driver.Close(fd);
    }

    [SkippableFact]
    public void ADatagramThatIsTooLongIsSkipped()
    {
        using KernelDriver driver = new(world);
        using Socket receiver = new(
            System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SocketAddress target = SocketPeer.Convert((IPEndPoint)receiver.LocalEndPoint!);
        int fd = DatagramSocket.Open(&target);
        using NativeBytes bytes = NativeBytes.Pattern(70_000);
        Datagram* datagrams = stackalloc Datagram[3];
        for (int i = 0; i < 3; i++)
            datagrams[i] = new Datagram { Data = bytes.Start, Length = i == 1 ? 70_000u : 10u };
        OperationOwner send = AddDatagrams(driver, fd, datagrams, 3);
        driver.Submit();
        Assert.Equal(2, driver.Expect(send).Result);
        Assert.Equal((1, 0, 1), (datagrams[0].Sent, datagrams[1].Sent, datagrams[2].Sent));
        driver.Close(fd);
    }

    [SkippableFact]
    public void AFullDatagramTargetDropsTheRest()
    {
        using KernelDriver driver = new(world);
        string path = Path.Combine(Path.GetTempPath(), $"sluice-{Guid.NewGuid():N}");
        using Socket receiver = new(
            System.Net.Sockets.AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        receiver.Bind(new UnixDomainSocketEndPoint(path));
        UnixSocketAddress target = new(Text(path));
        int fd = DatagramSocket.Open(&target.Address);
        Assert.True(fd >= 0);
        using NativeBytes bytes = new(Text("line"));
        Datagram* datagrams = stackalloc Datagram[3000];
        for (int i = 0; i < 3000; i++) datagrams[i] = new Datagram { Data = bytes.Start, Length = 4 };
        OperationOwner send = AddDatagrams(driver, fd, datagrams, 3000);
        driver.Submit();
        int sent = driver.Expect(send).Result;
        Assert.InRange(sent, 1, 2999);
        Assert.Equal(1, datagrams[sent - 1].Sent);
        Assert.Equal(0, datagrams[sent].Sent);
        driver.Close(fd);
        File.Delete(path);
    }

    [SkippableFact]
    public void AFullPipeTakesWhatFitsAndNeverBlocks()
    {
        using KernelDriver driver = new(world);
        int* ends = stackalloc int[2];
        Assert.Equal(0, Pipe(ends, 0));
        using NativeBytes bytes = NativeBytes.Pattern(300_000);
        int written = -1;
        driver.Add(OperationKind.Write, ends[1], OperationFlags.None, bytes.Start, 300_000, &written);
        driver.Submit();
        Assert.Equal(65536, written);
        driver.Add(OperationKind.Write, ends[1], OperationFlags.None, bytes.Start, 10, &written);
        driver.Submit();
        Assert.Equal(0, written);
        byte[] read = new byte[65536];
        fixed (byte* start = read)
        {
            for (int got = 0; got < 65536;)
                got += (int)ReadDescriptor(ends[0], start + got, (nuint)(65536 - got));
        }
        Assert.True(bytes.Span[..65536].SequenceEqual(read));
        driver.Add(OperationKind.Write, ends[1], OperationFlags.None, bytes.Start, 10, null);
        driver.Add(OperationKind.Close, ends[1]);
        driver.Submit();
        Assert.Empty(driver.Pending);
        fixed (byte* start = read) Assert.Equal(10, ReadDescriptor(ends[0], start, 100));
        driver.Close(ends[0]);
    }

    [SkippableFact]
    public void WithoutDescriptorsAcceptEndsAndRecovers()
    {
        using KernelDriver driver = new(world);
        int listener = world.Listen(out SocketAddress address);
        IPeer peer = world.ConnectClient(address);
        (ulong soft, ulong hard) = Limit();
        // The next descriptor would be above the limit.
        int probe = DuplicateDescriptor(listener);
        _ = CloseDescriptor(probe);
        SetLimit((ulong)probe, hard);
        try
        {
            OperationOwner accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
            Seen ended = driver.Expect(accept);
            Assert.Equal(-Errno.TooManyFiles, ended.Result);
            Assert.False(ended.More);
            driver.ExpectNothing(accept);
            OperationOwner connect = default;
            int fd = -2;
            connect = driver.Add(OperationKind.Connect, -1, OperationFlags.None, &address, 1, &fd);
            Assert.Equal(-Errno.TooManyFiles, driver.Expect(connect).Result);
            Assert.Equal(-1, fd);
        }
        finally
        {
            SetLimit(soft, hard);
        }
        OperationOwner again = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        Seen accepted = driver.Expect(again);
        Assert.Equal(peer.Address, accepted.Addresses.Peer);
        driver.Close(accepted.Result);
    }

    [SkippableFact]
    public void ADescriptorBeyondTheTablesIsRefused()
    {
        int listener = world.Listen(out SocketAddress address);
        List<int> used = [DuplicateDescriptor(listener)];
        int limit = used[0] + 16;
        using KernelDriver driver = new(world, new KernelSizes { Descriptors = (uint)limit });
        while (used[^1] < limit) used.Add(DuplicateDescriptor(listener));
        OperationOwner accept = driver.Add(OperationKind.Accept, listener);
        driver.Submit();
        IPeer peer = world.ConnectClient(address);
        Seen ended = driver.Expect(accept);
        Assert.Equal(-Errno.TooManyFiles, ended.Result);
        Assert.Contains(driver.EndAt(peer), new[] { 0, -Errno.ConnectionReset });
        foreach (int fd in used) _ = CloseDescriptor(fd);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnInheritedListenerThatDoesNotBlockIsAccepted(bool repeat)
    {
        using KernelDriver driver = new(world, new KernelSizes { AcceptsPerTick = 3 });
        int listener = world.Listen(out SocketAddress address);
        Assert.Equal(0, Sockets.SetBlocking(listener, false));
        OperationFlags flags = repeat ? OperationFlags.Repeat : OperationFlags.None;
        OperationOwner accept = driver.Add(OperationKind.Accept, listener, flags);
        driver.ExpectNothing(accept);
        for (int i = 0; i < 10; i++) _ = world.ConnectClient(address);
        for (int i = 0; i < 10; i++)
        {
            Seen accepted = driver.Expect(accept);
            Assert.True(accepted.Result >= 0);
            Assert.Equal(repeat, accepted.More);
            if (!repeat) accept = driver.Add(OperationKind.Accept, listener, flags);
            driver.Close(accepted.Result);
        }
        driver.Add(OperationKind.CancelAll, listener);
        Assert.Equal(-Errno.Canceled, driver.Expect(accept).Result);
        Assert.True(Sockets.IsNonBlocking(listener));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void UnixSocketsBothWays(bool isAbstract)
    {
        using KernelDriver driver = new(world);
        string name = $"sluice-{Guid.NewGuid():N}";
        string path = Path.Combine(Path.GetTempPath(), name);
        UnixSocketAddress address = new(Text(isAbstract ? "\0" + name : path));
        // A file that is there already is replaced, as by a restart.
        if (!isAbstract) ListeningSocket.Close(ListeningSocket.Open(address, new SocketOptions()));
        int listener = ListeningSocket.Open(address, new SocketOptions { UnixMode = 0x180 });
        Assert.True(listener >= 0);
        if (!isAbstract && OperatingSystem.IsLinux())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        OperationOwner accept = driver.Add(OperationKind.Accept, listener, OperationFlags.Repeat);
        int client = -1;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &address, 1, &client);
        Assert.Equal(0, driver.Expect(connect).Result);
        Seen accepted = driver.Expect(accept);
        Assert.Equal(Engine.Data.Kernel.AddressFamily.Unix, accepted.Addresses.Peer.Family);
        using NativeBytes bytes = new(Text("over a path"));
        driver.Add(OperationKind.Send, client, OperationFlags.None, bytes.Start, 11);
        OperationOwner receive = driver.Add(OperationKind.Receive, accepted.Result, OperationFlags.Repeat);
        Assert.Equal(Text("over a path"), driver.Expect(receive).Data);
        driver.Close(client);
        Assert.Equal(0, driver.Expect(receive).Result);
        driver.Close(accepted.Result);
        driver.Close(listener);
        Assert.Equal(-Errno.Canceled, driver.Expect(accept).Result);
        if (!isAbstract) File.Delete(path);
    }

    [SkippableFact]
    public void AConnectToAMissingPathSaysSo()
    {
        using KernelDriver driver = new(world);
        UnixSocketAddress address = new(Text($"/tmp/sluice-{Guid.NewGuid():N}"));
        int fd = -1;
        OperationOwner connect = driver.Add(
            OperationKind.Connect, -1, OperationFlags.None, &address, 1, &fd);
        Assert.Equal(-Errno.NoEntry, driver.Expect(connect).Result);
        driver.Close(fd);
    }

    [SkippableFact]
    public void AConnectComesFromTheSourceAsked()
    {
        using KernelDriver driver = new(world);
        int listener = world.Listen(out SocketAddress address);
        OperationOwner accept = driver.Add(OperationKind.Accept, listener);
        SocketAddress* both = stackalloc SocketAddress[2];
        both[0] = address;
        both[1] = SocketAddress.Inet([127, 0, 0, 77], 0);
        int fd = -1;
        OperationOwner connect = driver.Add(OperationKind.Connect, -1, OperationFlags.None, both, 2, &fd);
        Assert.Equal(0, driver.Expect(connect).Result);
        Seen accepted = driver.Expect(accept);
        Assert.Equal(new byte[] { 127, 0, 0, 77 }, accepted.Addresses.Peer.AddressBytes.ToArray());
        driver.Close(fd);
        driver.Close(accepted.Result);
    }

    [SkippableFact]
    public void AListenerOnIpv6ReportsItsPeer()
    {
        using KernelDriver driver = new(world);
        SocketAddress loopback = SocketAddress.Inet(IPAddress.IPv6Loopback.GetAddressBytes(), 0);
        int listener = ListeningSocket.Open(loopback, new SocketOptions { V6Only = true });
        Skip.If(listener < 0, "no IPv6 here");
        SocketAddress address = ListeningSocket.LocalAddress(listener);
        OperationOwner accept = driver.Add(
            OperationKind.Accept, listener, OperationFlags.Repeat | OperationFlags.WantLocal);
        int fd = -1;
        driver.Add(OperationKind.Connect, -1, OperationFlags.None, &address, 1, &fd);
        Seen accepted = driver.Expect(accept);
        Assert.Equal(address, accepted.Addresses.Local);
        Assert.Equal(ListeningSocket.LocalAddress(fd), accepted.Addresses.Peer);
        driver.Close(fd);
        driver.Close(accepted.Result);
        driver.Close(listener);
    }

    [SkippableFact]
    public void AnAddressInUseIsRefused()
    {
        SocketOptions options = new() { ReusePort = false };
        int first = ListeningSocket.Open(SocketAddress.Inet([127, 0, 0, 1], 0), options);
        Assert.True(first >= 0);
        SocketAddress address = ListeningSocket.LocalAddress(first);
        Assert.Equal(-Errno.AddressInUse, ListeningSocket.Open(address, options));
        ListeningSocket.Close(first);
    }

    [SkippableFact]
    public void AWakeComesFromAnotherThread()
    {
        using KernelDriver driver = new(world);
        for (int i = 0; i < 20; i++)
        {
            Thread waker = new(() =>
            {
                Thread.Yield();
                driver.Kernel.Wake();
            });
            waker.Start();
            driver.Kernel.Wait(driver.Completions, 30_000_000_000);
            waker.Join();
        }
        Assert.Equal(0u, driver.Completions.Count);
    }

    [SkippableFact]
    public void TheDataPathAllocatesNothing()
    {
        using KernelDriver driver = new(world);
        using NativeBytes bytes = NativeBytes.Pattern(100);
        int fd = driver.Connect(out IPeer peer);
        OperationOwner receive = driver.Add(OperationKind.Receive, fd, OperationFlags.Repeat);
        byte[] echoed = new byte[100];
        long allocated = 0;
        for (int round = 0; round < 500; round++)
        {
            Assert.Equal(100, peer.Send(bytes.Span));
            long before = GC.GetAllocatedBytesForCurrentThread();
            int received = 0;
            while (received < 100)
            {
                driver.Kernel.Submit(driver.Operations, driver.Completions);
                driver.Kernel.Wait(driver.Completions, 1_000_000_000);
                foreach (ref Completion one in driver.Completions.Items)
                {
                    if (one.Owner != receive) continue;
                    received += one.Result;
                    driver.Slab.Return(one.Buffer);
                }
                driver.Completions.Clear();
            }
            driver.AddOwned(
                KernelDriver.Owner(OperationKind.Send, 1), fd, OperationFlags.None, bytes.Start, 100);
            driver.Kernel.Submit(driver.Operations, driver.Completions);
            uint completed = driver.Completions.Count;
            driver.Completions.Clear();
            if (round >= 100) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(1u, completed);
            Assert.Equal(100, peer.Read(echoed));
        }
        Assert.Equal(0, allocated);
        driver.Close(fd);
    }

    private static OperationOwner AddDatagrams(
        KernelDriver driver, int fd, Datagram* datagrams, uint count) =>
        driver.Add(OperationKind.SendDatagrams, fd, OperationFlags.None, datagrams, count);

    private static (ulong Soft, ulong Hard) Limit()
    {
        ulong* limit = stackalloc ulong[2];
        Assert.Equal(0, GetLimit(7, limit));
        return (limit[0], limit[1]);
    }

    private static void SetLimit(ulong soft, ulong hard)
    {
        ulong* limit = stackalloc ulong[2];
        limit[0] = soft;
        limit[1] = hard;
        Assert.Equal(0, ChangeLimit(7, limit)); // RLIMIT_NOFILE
    }

    [LibraryImport("libc", EntryPoint = "pipe2")]
    private static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadDescriptor(int fd, void* data, nuint length);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int DuplicateDescriptor(int fd);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int fd);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ulong* limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int ChangeLimit(int resource, ulong* limit);
}
