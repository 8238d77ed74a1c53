using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>
/// The origin server of the end-to-end scenarios: answers <c>/N</c> with a body of N bytes, takes request
/// bodies and throws them away. One thread, edge-triggered epoll, no allocation per request: the proxy
/// between it and the client is to be the slowest part.
/// </summary>
public sealed unsafe class Origin : IDisposable
{
    private const int ReceiveBytes = 64 * 1024;
    private const int HeldBytesMax = 16 * 1024;
    private const int DescriptorsMax = 1 << 17;
    private const ulong StopKey = ulong.MaxValue;
    private readonly EventBatch events = new();
    private readonly OriginConnection* rows;
    private readonly byte* buffer;
    private readonly int listener;
    private readonly Dictionary<int, OriginPage> pages = [];
    private readonly Dictionary<int, OriginPage> closingPages = [];
    private volatile bool stopping;

    /// <summary>Listens on a loopback port, 0 for one that the kernel chooses.</summary>
    public Origin(int port)
    {
        rows = (OriginConnection*)NativeMemory.AllocZeroed(DescriptorsMax, (nuint)sizeof(OriginConnection));
        buffer = (byte*)NativeMemory.Alloc(ReceiveBytes);
        listener = Sockets.Listen(port);
        Port = Sockets.LocalPort(listener);
        _ = events.Watch(listener, LibC.EpollIn, StopKey);
    }

    public int Port { get; }

    /// <summary>Asks <see cref="Run"/> to return; it does within a tenth of a second.</summary>
    public void Stop() => stopping = true;

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    public void Run()
    {
        while (!stopping)
        {
            int count = events.Wait(100_000_000);
            for (int i = 0; i < count; i++)
            {
                ulong key = events.KeyOf(i);
                if (key == StopKey) AcceptAll();
                else Serve((int)key);
            }
        }
    }

    public void Dispose()
    {
        _ = LibC.Close(listener);
        events.Dispose();
        for (int i = 0; i < DescriptorsMax; i++)
            NativeMemory.Free(rows[i].Held);
        NativeMemory.Free(rows);
        NativeMemory.Free(buffer);
    }

    private void AcceptAll()
    {
        while (true)
        {
            int socket = LibC.Accept(listener, null, null, LibC.SocketNonBlocking | LibC.SocketCloseOnExec);
            if (socket < 0) return;
            if (socket >= DescriptorsMax)
            {
                _ = LibC.Close(socket);
                continue;
            }

            Sockets.SetNoDelay(socket);
            byte* held = rows[socket].Held;
            rows[socket] = default;
            rows[socket].Held = held;
            _ = events.Watch(socket, LibC.EpollIn | LibC.EpollOut | LibC.EpollReadHangUp, (ulong)socket);
        }
    }

    // Sends what is left of an answer, then receives until the socket is drained or an answer cannot be sent
    // whole.
    private void Serve(int socket)
    {
        ref OriginConnection row = ref rows[socket];
        while (true)
        {
            if (row.Answer != null && !SendAnswer(socket, ref row)) return;
            bool drained;
            bool alive = row.BodyLeft > 0
                ? ReceiveBody(socket, ref row, out drained)
                : ReceiveHead(socket, ref row, out drained);
            if (!alive)
            {
                _ = LibC.Close(socket);
                return;
            }

            if (row.Answer == null && drained) return;
        }
    }

    private bool ReceiveHead(int socket, ref OriginConnection row, out bool drained)
    {
        int held = row.HeldBytes;
        byte* start = held > 0 ? row.Held : buffer;
        int room = held > 0 ? HeldBytesMax - held : ReceiveBytes;
        nint count = LibC.Receive(socket, start + held, room, 0);
        drained = count < room;
        if (count <= 0) return count < 0 && Marshal.GetLastPInvokeError() == LibC.TryAgain;

        int total = held + (int)count;
        ReadOnlySpan<byte> bytes = new(start, total);
        MessageScan scan = MessageScan.Request(bytes);
        if (scan.HeadBytes == 0) return Hold(ref row, bytes, held > 0);
        if (scan.HeadBytes < 0 || scan.IsChunked) return false;

        row.HeldBytes = 0;
        row.Closes = scan.Closes;
        row.Size = MessageScan.SizeInPath(bytes);
        long body = Math.Max(scan.ContentLength, 0);
        long extra = total - scan.HeadBytes;

        // The proxies under test do not pipeline towards servers; one that does is not what these scenarios
        // measure.
        if (extra > body || row.Size is < 0 or > OriginPage.BodyBytesMax) return false;
        row.BodyLeft = body - extra;
        if (row.BodyLeft == 0) BeginAnswer(ref row);
        return true;
    }

    // MSG_TRUNC on TCP drops the bytes in the kernel: the origin shares its core with the client and should
    // cost little.
    private static bool DropBytes(int socket, ref long left, out bool drained)
    {
        nint want = (nint)Math.Min(left, 1 << 20);
        nint count = LibC.Receive(socket, null, want, LibC.MessageTruncate);
        drained = count < want;
        if (count <= 0) return count < 0 && Marshal.GetLastPInvokeError() == LibC.TryAgain;
        left -= count;
        return true;
    }

    private bool ReceiveBody(int socket, ref OriginConnection row, out bool drained)
    {
        if (!DropBytes(socket, ref row.BodyLeft, out drained)) return false;
        if (row.BodyLeft == 0) BeginAnswer(ref row);
        return true;
    }

    private static bool Hold(ref OriginConnection row, ReadOnlySpan<byte> bytes, bool inPlace)
    {
        if (bytes.Length >= HeldBytesMax) return false;
        if (!inPlace)
        {
            if (row.Held == null) row.Held = (byte*)NativeMemory.Alloc(HeldBytesMax);
            bytes.CopyTo(new Span<byte>(row.Held, HeldBytesMax));
        }

        row.HeldBytes = bytes.Length;
        return true;
    }

    private void BeginAnswer(ref OriginConnection row)
    {
        Dictionary<int, OriginPage> known = row.Closes ? closingPages : pages;
        if (!known.TryGetValue(row.Size, out OriginPage? page))
        {
            page = new OriginPage(row.Size, row.Closes);
            known.Add(row.Size, page);
        }

        row.Answer = page.Bytes;
        row.AnswerLeft = page.Length;
    }

    // True when the whole answer is out; false when the socket is full or gone.
    private static bool SendAnswer(int socket, ref OriginConnection row)
    {
        while (row.AnswerLeft > 0)
        {
            nint count = LibC.Send(socket, row.Answer, (nint)row.AnswerLeft, LibC.MessageNoSignal);
            if (count < 0)
            {
                if (Marshal.GetLastPInvokeError() != LibC.TryAgain) CloseRow(socket, ref row);
                return false;
            }

            row.Answer += count;
            row.AnswerLeft -= count;
        }

        row.Answer = null;
        if (!row.Closes) return true;
        CloseRow(socket, ref row);
        return false;
    }

    private static void CloseRow(int socket, ref OriginConnection row)
    {
        row.Answer = null;
        _ = LibC.Close(socket);
    }
}
