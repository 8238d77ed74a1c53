using System;
using System.Runtime.InteropServices;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Kernel.Epoll;

/// <summary>The epoll descriptor and the array its events come in.</summary>
internal sealed unsafe class EpollSet : IDisposable
{
    /// <summary>Events of one wait, so that the work of a tick is bounded.</summary>
    public const int EventsMax = 256;

    // struct epoll_event is packed to 12 bytes on x86-64 alone (epoll_ctl(2), sys/epoll.h).
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EventSize = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    private readonly int epoll;
    private MappedMemory events = new(EventsMax * 16);

    public EpollSet()
    {
        epoll = Libc.Value(Libc.EpollCreate(Linux.EpollCloseOnExec));
        if (epoll < 0) throw new KernelException("epoll_create1", epoll);
    }

    /// <summary>Adds, changes or removes the watch on a descriptor; 0 or a negated errno.</summary>
    public int Control(int operation, int fd, uint readiness)
    {
        byte* wish = stackalloc byte[16];
        *(uint*)wish = readiness;
        *(uint*)(wish + DataOffset) = (uint)fd;
        *(uint*)(wish + DataOffset + 4) = 0;
        return Libc.Value(Libc.EpollControl(epoll, operation, fd, wish));
    }

    /// <summary>Waits for events; their number.</summary>
    /// <param name="timeoutMs">Milliseconds; 0 polls, negative is for ever.</param>
    public int Wait(int timeoutMs)
    {
        int count = Libc.Value(Libc.EpollWait(epoll, events.Start, EventsMax, timeoutMs));
        Check.That(count >= 0 || count == -Errno.Interrupted);
        return count < 0 ? 0 : count;
    }

    public uint ReadinessAt(int index) => *(uint*)(events.Start + (index * EventSize));

    public int DescriptorAt(int index) => *(int*)(events.Start + (index * EventSize) + DataOffset);

    public void Dispose()
    {
        Sockets.Close(epoll);
        events.Dispose();
    }
}
