using System;
using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>
/// The client of the end-to-end scenarios: one thread, edge-triggered epoll, many connections to one proxy,
/// nothing allocated per request. <see cref="LoadPlan"/> says what it offers.
/// </summary>
public sealed unsafe class LoadLoop : IDisposable
{
    private const int ReceiveBytes = 16 * 1024;
    private const int ConnectsPerTurn = 64;
    private const long DrainNs = 2_000_000_000;
    private const long TimeoutScanNs = 250_000_000;

    // A run with this many errors is a failure; going on would only repeat it.
    private const long ErrorsMax = 1_000;
    private readonly LoadPlan plan;
    private readonly LoadWindow window;
    private readonly RequestBytes request;
    private readonly EventBatch events = new();
    private readonly LoadConnection* rows;
    private readonly byte* buffer;
    private readonly int[] idle;
    private readonly int[] broken;
    private int idleCount;
    private int brokenCount;
    private int opened;
    private long inFlight;
    private long started;
    private long completed;
    private bool stopping;

    public LoadLoop(LoadPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Connections, 1);
        if (plan.Kind == LoadKind.Open) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.Rate);
        this.plan = plan;
        window = new LoadWindow(plan);
        request = new RequestBytes(plan);
        rows = (LoadConnection*)NativeMemory.AllocZeroed(
            (nuint)plan.Connections, (nuint)sizeof(LoadConnection));
        for (int i = 0; i < plan.Connections; i++)
            rows[i].Descriptor = -1;
        buffer = (byte*)NativeMemory.Alloc(ReceiveBytes);
        idle = new int[plan.Connections];
        broken = new int[plan.Connections];
    }

    /// <summary>Runs the plan to its end and tells what the measured window saw.</summary>
    public LoadResult Run()
    {
        if (plan.RequestsMax > 0) window.Open();
        long beganNs = plan.RequestsMax > 0 ? window.OpenedNs : LoadWindow.Now();
        long dueNs = beganNs;
        long due = 0;
        long scanNs = beganNs;
        double gapNs = plan.Kind == LoadKind.Open ? 1e9 / plan.Rate : 0;
        while (true)
        {
            long nowNs = LoadWindow.Now();
            if (!Advance(beganNs, nowNs)) break;
            if (opened < plan.Connections) OpenSome(nowNs);
            if (brokenCount > 0) Reopen(nowNs);
            if (plan.Kind == LoadKind.Open && !stopping)
            {
                // Multiplied afresh each time: adding the gap up would drift by its rounding.
                for (; dueNs <= nowNs && idleCount > 0; dueNs = beganNs + (long)(++due * gapNs))
                    Start(idle[--idleCount], dueNs);
                if (dueNs <= nowNs)
                    window.BacklogMax = Math.Max(window.BacklogMax, (long)((nowNs - dueNs) / gapNs) + 1);
            }

            long waitNs = opened < plan.Connections
                ? 0
                : Math.Min(NextMomentNs(beganNs, dueNs) - nowNs, TimeoutScanNs);
            int count = events.Wait(Math.Max(waitNs, 0));
            for (int i = 0; i < count; i++)
                Serve((int)events.KeyOf(i));
            if (nowNs - scanNs < TimeoutScanNs) continue;
            scanNs = nowNs;
            ExpireOverdue(nowNs);
        }

        return window.Result();
    }

    public void Dispose()
    {
        for (int i = 0; i < plan.Connections; i++)
        {
            if (rows[i].Descriptor >= 0) _ = LibC.Close(rows[i].Descriptor);
            NativeMemory.Free(rows[i].Held);
        }

        NativeMemory.Free(rows);
        NativeMemory.Free(buffer);
        request.Dispose();
        events.Dispose();
    }

    // Moves from warm-up to window to drain; false when the run is over.
    private bool Advance(long beganNs, long nowNs)
    {
        if (window.Errors.Total >= ErrorsMax && !window.IsClosed)
        {
            if (!window.IsOpen) window.Open();
            window.Close();
            return false;
        }

        if (plan.RequestsMax > 0)
        {
            if (completed + window.Errors.Total < plan.RequestsMax) return true;
            window.Close();
            return false;
        }

        if (!window.IsOpen && !window.IsClosed && nowNs - beganNs >= plan.WarmUpMs * 1_000_000L)
            window.Open();

        if (window.IsOpen && nowNs - window.OpenedNs >= plan.WindowMs * 1_000_000L)
        {
            window.Close();
            stopping = true;
        }

        return !window.IsClosed || (inFlight > 0 && nowNs - window.ClosedNs < DrainNs);
    }

    private long NextMomentNs(long beganNs, long dueNs)
    {
        if (stopping || plan.RequestsMax > 0) return long.MaxValue;
        long phaseNs = window.IsOpen
            ? window.OpenedNs + (plan.WindowMs * 1_000_000L)
            : beganNs + (plan.WarmUpMs * 1_000_000L);
        return plan.Kind == LoadKind.Open && idleCount > 0 ? Math.Min(phaseNs, dueNs) : phaseNs;
    }

    private void OpenSome(long nowNs)
    {
        int until = Math.Min(opened + ConnectsPerTurn, plan.Connections);
        for (; opened < until; opened++)
            Begin(opened, nowNs);
    }

    private void Reopen(long nowNs)
    {
        if (stopping) return;
        int count = brokenCount;
        brokenCount = 0;

        // One that breaks again is put back at an index below the one being read.
        for (int i = 0; i < count; i++)
            Begin(broken[i], nowNs);
    }

    private void Begin(int index, long nowNs)
    {
        if (plan.Kind != LoadKind.Open) Start(index, nowNs);
        else if (Connect(index)) Rest(index);
    }

    private bool Connect(int index)
    {
        LoadConnection* row = rows + index;
        int socket = Sockets.Connect(plan.Port, nonBlocking: true);
        if (socket < 0
            || !events.Watch(socket, LibC.EpollIn | LibC.EpollOut | LibC.EpollReadHangUp, (ulong)index))
        {
            if (socket >= 0) _ = LibC.Close(socket);
            window.Errors.Connect++;
            row->State = LoadConnectionState.Closed;
            broken[brokenCount++] = index;
            return false;
        }

        row->Descriptor = socket;
        return true;
    }

    private void Rest(int index)
    {
        rows[index].State = LoadConnectionState.Idle;
        idle[idleCount++] = index;
    }

    private void Start(int index, long startNs)
    {
        if (plan.RequestsMax > 0 && started == plan.RequestsMax)
        {
            Rest(index);
            return;
        }

        LoadConnection* row = rows + index;
        started++;
        if (row->Descriptor < 0 && !Connect(index)) return;
        row->State = LoadConnectionState.Sending;
        row->StartNs = startNs;
        row->Sent = 0;
        row->HeldBytes = 0;
        row->Closes = false;
        inFlight++;
        Send(index);
    }

    private void Send(int index)
    {
        LoadConnection* row = rows + index;
        while (row->Sent < request.Length)
        {
            nint left = (nint)(request.Length - row->Sent);
            nint count = LibC.Send(row->Descriptor, request.Bytes + row->Sent, left, LibC.MessageNoSignal);
            if (count >= 0)
            {
                row->Sent += count;
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == LibC.TryAgain) return;
            if (row->Sent == 0 && error is not (32 or 104)) window.Errors.Connect++;
            else window.Errors.Closed++;
            Abandon(index);
            return;
        }

        row->State = LoadConnectionState.AwaitingHead;
    }

    // Edge-triggered: goes on until the socket has nothing more or the connection changes hands.
    private void Serve(int index)
    {
        LoadConnection* row = rows + index;
        if (row->State == LoadConnectionState.Sending) Send(index);
        bool again = true;
        while (again)
        {
            again = row->State switch
            {
                LoadConnectionState.AwaitingHead => ReceiveHead(index),
                LoadConnectionState.ReceivingBody => ReceiveBody(index),
                LoadConnectionState.AwaitingClose => ReceiveEnd(index),
                LoadConnectionState.Idle => CheckIdle(index),
                _ => false,
            };
        }
    }

    private bool ReceiveHead(int index)
    {
        LoadConnection* row = rows + index;
        int held = row->HeldBytes;
        byte* start = held > 0 ? row->Held : buffer;
        nint count = LibC.Receive(row->Descriptor, start + held, ReceiveBytes - held, 0);
        if (count <= 0) return Ended(index, count);
        int total = held + (int)count;
        ReadOnlySpan<byte> bytes = new(start, total);
        MessageScan scan = MessageScan.Response(bytes);
        if (scan.HeadBytes == 0 && total < ReceiveBytes)
        {
            Hold(row, bytes, held > 0);
            return true;
        }

        long body = total - scan.HeadBytes;
        bool wrong = scan.HeadBytes <= 0 || scan.IsChunked || scan.ContentLength < body;
        if (wrong || scan.Status is < 200 or > 299 || scan.ContentLength != plan.BodyBytes)
        {
            if (!wrong && scan.Status is < 200 or > 299) window.Errors.Status++;
            else window.Errors.Framing++;
            Abandon(index);
            return false;
        }

        row->Closes = scan.Closes || plan.Kind == LoadKind.PerRequest;
        row->BodyLeft = scan.ContentLength - body;
        row->State = LoadConnectionState.ReceivingBody;
        if (row->BodyLeft > 0) return true;
        return Complete(index);
    }

    private static void Hold(LoadConnection* row, ReadOnlySpan<byte> bytes, bool inPlace)
    {
        if (!inPlace)
        {
            if (row->Held == null) row->Held = (byte*)NativeMemory.Alloc(ReceiveBytes);
            bytes.CopyTo(new Span<byte>(row->Held, ReceiveBytes));
        }

        row->HeldBytes = bytes.Length;
    }

    // MSG_TRUNC on TCP drops the bytes in the kernel: what is measured is the proxy, not our copying.
    private bool ReceiveBody(int index)
    {
        LoadConnection* row = rows + index;
        nint count = LibC.Receive(row->Descriptor, null, (nint)row->BodyLeft, LibC.MessageTruncate);
        if (count <= 0) return Ended(index, count);
        row->BodyLeft -= count;
        return row->BodyLeft > 0 || Complete(index);
    }

    private bool Complete(int index)
    {
        LoadConnection* row = rows + index;
        long nowNs = LoadWindow.Now();
        window.Complete(row->StartNs, nowNs);
        completed++;
        inFlight--;
        if (row->Closes)
        {
            row->State = LoadConnectionState.AwaitingClose;
            return true;
        }

        if (plan.Kind == LoadKind.Open || stopping) Rest(index);
        else Start(index, nowNs);

        // The answer to a request just sent cannot be there yet, and an edge will tell when it is.
        return false;
    }

    private bool ReceiveEnd(int index)
    {
        LoadConnection* row = rows + index;
        nint count = LibC.Receive(row->Descriptor, buffer, ReceiveBytes, 0);
        if (count < 0 && Marshal.GetLastPInvokeError() == LibC.TryAgain) return false;
        if (count > 0)
        {
            window.Errors.Framing++;
            return true;
        }

        if (plan.Kind != LoadKind.PerRequest) window.Reconnect();
        CloseRow(row);
        if (stopping) return false;
        Begin(index, LoadWindow.Now());
        return false;
    }

    // The first event of a connection is that it is established; anything else on an idle one is the peer
    // leaving.
    private bool CheckIdle(int index)
    {
        LoadConnection* row = rows + index;
        nint count = LibC.Receive(row->Descriptor, buffer, ReceiveBytes, 0);
        if (count < 0 && Marshal.GetLastPInvokeError() == LibC.TryAgain) return false;
        if (!stopping) window.Errors.Closed++;
        CloseRow(row);
        broken[brokenCount++] = index;
        int at = Array.IndexOf(idle, index, 0, idleCount);
        idle[at] = idle[--idleCount];
        return false;
    }

    // A receive that gave nothing: wait for more, or the peer has gone in the middle of an answer.
    private bool Ended(int index, nint count)
    {
        if (count < 0 && Marshal.GetLastPInvokeError() == LibC.TryAgain) return false;
        window.Errors.Closed++;
        Abandon(index);
        return false;
    }

    private void Abandon(int index)
    {
        inFlight--;
        CloseRow(rows + index);
        broken[brokenCount++] = index;
    }

    private static void CloseRow(LoadConnection* row)
    {
        _ = LibC.Close(row->Descriptor);
        row->Descriptor = -1;
        row->State = LoadConnectionState.Closed;
    }

    private void ExpireOverdue(long nowNs)
    {
        long limitNs = plan.TimeoutMs * 1_000_000L;
        for (int i = 0; i < opened; i++)
        {
            LoadConnection* row = rows + i;
            if (row->State is LoadConnectionState.Closed or LoadConnectionState.Idle) continue;
            if (nowNs - row->StartNs < limitNs) continue;
            window.Errors.Timeout++;
            if (row->State == LoadConnectionState.AwaitingClose) inFlight++;
            Abandon(i);
        }
    }
}
