using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Engine.Runtime.Process;
using Xunit;

namespace Tests.Runtime.Process;

/// <summary>
/// Sockets that pass from process to process: signals in between take nothing away, although the kernel does not restart
/// calls on sockets with a time limit (signal(7)).
/// </summary>
public sealed partial class SocketTransferTests : IDisposable
{
    private const int SignalsSent = 200;
    private const nint Tgkill = 234;
    private const nint Gettid = 186;
    private const nint WindowChanged = 28;

    private readonly string directory = Directory.CreateTempSubdirectory("sluice-transfer").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Signals_do_not_break_it()
    {
        using PosixSignalRegistration handler = PosixSignalRegistration.Create(
            (PosixSignal)WindowChanged, static context => context.Cancel = true);
        string path = Path.Combine(directory, "old.sock");
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using Socket given = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        int receiver = 0;
        List<int> taken = [];
        string? error = "";
        Thread thread = new(() =>
        {
            Volatile.Write(ref receiver, (int)SystemCall(Gettid, 0, 0, 0));
            taken = SocketTransfer.Receive(path, out error);
        });
        thread.Start();
        using Socket peer = listener.Accept();
        for (int i = 0; i < SignalsSent; i++)
        {
            Assert.Equal(0, SystemCall(Tgkill, Environment.ProcessId, Volatile.Read(ref receiver), WindowChanged));
            Thread.Yield();
        }
        peer.Receive(new byte[64]);
        bool isSent = SocketTransfer.Send((int)peer.Handle, [((int)given.Handle, ""), ((int)given.Handle, "lo")]);
        thread.Join();

        Assert.True(isSent);
        Assert.Null(error);
        Assert.Equal(2, taken.Count);
        foreach (int fd in taken) new SafeSocketHandle(fd, ownsHandle: true).Dispose();
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third);
}
