using System;
using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>
/// An epoll instance and the events of its last wait. The kernel's record is packed to 12 bytes on x86-64
/// and padded to 16 elsewhere, so records are read by offset.
/// </summary>
internal sealed unsafe class EventBatch : IDisposable
{
    private const int Capacity = 512;
    private static readonly int RecordBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? 12
        : 16;
    private static readonly int DataOffset = RecordBytes - 8;

    private readonly int epoll;
    private readonly byte* records;

    public EventBatch()
    {
        epoll = LibC.EpollCreate(LibC.SocketCloseOnExec);
        if (epoll < 0)
            throw new InvalidOperationException($"epoll_create1: errno {Marshal.GetLastPInvokeError()}");

        records = (byte*)NativeMemory.AllocZeroed((nuint)(Capacity * RecordBytes));
    }

    /// <summary>
    /// Watches a descriptor, edge-triggered; <paramref name="key"/> comes back with its events.
    /// </summary>
    public bool Watch(int descriptor, uint events, ulong key)
    {
        byte* record = stackalloc byte[16];
        *(uint*)record = events | LibC.EpollEdge;
        *(ulong*)(record + DataOffset) = key;
        return LibC.EpollControl(epoll, LibC.EpollAdd, descriptor, record) == 0;
    }

    /// <summary>
    /// Waits for events: negative waits for ever, zero does not wait. Returns their number; an interrupted
    /// wait is 0.
    /// </summary>
    public int Wait(long timeoutNs)
    {
        long* timeout = stackalloc long[2];
        if (timeoutNs > 0)
        {
            timeout[0] = timeoutNs / 1_000_000_000;
            timeout[1] = timeoutNs % 1_000_000_000;
        }

        int count = LibC.EpollWait(epoll, records, Capacity, timeoutNs < 0 ? null : timeout, null);
        if (count >= 0) return count;
        int error = Marshal.GetLastPInvokeError();
        if (error == LibC.Interrupted) return 0;
        throw new InvalidOperationException($"epoll_pwait2: errno {error}");
    }

    public uint EventsOf(int index) => *(uint*)(records + (index * RecordBytes));

    public ulong KeyOf(int index) => *(ulong*)(records + (index * RecordBytes) + DataOffset);

    public void Dispose()
    {
        _ = LibC.Close(epoll);
        NativeMemory.Free(records);
    }
}
