using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Admin;

/// <summary>
/// The sockets of the Runtime API and the one thread that serves them, with plain blocking polls: whatever
/// happens there, workers do not notice.
/// </summary>
public sealed unsafe class AdminServer : IDisposable
{
    private const int StackBytes = 512 * 1024;

    /// <summary>Without descriptors accepting is tried again so much later, milliseconds.</summary>
    private const int AcceptPauseMs = 100;

    /// <summary>What commands wait for is looked at so often, milliseconds.</summary>
    private const int WaitPauseMs = 20;

    /// <summary>Rates are measured so often, milliseconds.</summary>
    private const int SampleMs = 1000;

    private readonly AdminServices services;
    private readonly AdminSocket[] sockets;
    private readonly uint timeoutMs;
    private readonly int maxConnections;
    private readonly ValueList<AdminListener> listeners = new();
    private readonly List<AdminConnection> connections = [];
    private readonly int wake = WakeDescriptor.Open();
    private Thread? thread;
    private volatile bool paused;
    private volatile bool listening = true;
    private volatile bool stopping;
    private long acceptFromMs;
    private long sampleMs;

    /// <param name="services">What commands may ask of the engine.</param>
    public AdminServer(AdminServices services)
    {
        Globals globals = services.Configuration.Globals;
        this.services = services;
        sockets = globals.AdminSockets;
        timeoutMs = globals.AdminTimeoutMs;
        maxConnections = Math.Max(1, globals.AdminMaxConnections);
    }

    /// <summary>Sockets that listen.</summary>
    public int ListenerCount => listening ? listeners.Count : 0;

    /// <summary>
    /// Opens every socket, before privileges are dropped. All faults are told, not only the first.
    /// </summary>
    /// <returns>Texts of ALERTs, none when all is well.</returns>
    public string[] Bind()
    {
        List<string> alerts = [];
        foreach (AdminSocket socket in sockets)
        {
            if (AdminListener.TryOpen(socket, maxConnections, out AdminListener listener, out string alert))
                listeners.Add(listener);
            else alerts.Add(alert);
        }
        return [.. alerts];
    }

    /// <summary>Starts serving, unless there is no socket to serve.</summary>
    public void Start()
    {
        if (listeners.Count == 0) return;
        thread = new Thread(Serve, StackBytes) { IsBackground = true, Name = "sluice-admin" };
        thread.Start();
    }

    /// <summary>
    /// SIGTTOU: connections wait until <see cref="Resume"/>, or go to another process that listens there.
    /// </summary>
    public void Pause() => Pause(true);

    public void Resume() => Pause(false);

    /// <summary>
    /// A soft stop: no more connections. Those that are there may go on asking until the process leaves.
    /// </summary>
    public void CloseListeners()
    {
        listening = false;
        WakeDescriptor.Signal(wake);
    }

    /// <summary>Ends the thread and closes everything.</summary>
    public void Dispose()
    {
        stopping = true;
        WakeDescriptor.Signal(wake);
        thread?.Join();
        foreach (AdminConnection connection in connections) connection.Close();
        foreach (AdminListener listener in listeners) Sockets.Close(listener.Fd);
        connections.Clear();
        listeners.Clear();
        Sockets.Close(wake);
    }

    private void Pause(bool pause)
    {
        paused = pause;
        WakeDescriptor.Signal(wake);
    }

    private void Serve()
    {
        Process.BackgroundThread.GiveWay();
        List<PollEntry> entries = [];
        while (!stopping)
        {
            if (!listening && listeners.Count > 0) CloseAll();
            long nowMs = Environment.TickCount64;
            int listenersFrom = Prepare(entries, nowMs);
            Span<PollEntry> polled = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries);
            fixed (PollEntry* first = polled) _ = Libc.Poll(first, (nuint)polled.Length, SleepMs(nowMs));
            nowMs = Environment.TickCount64;
            if (nowMs >= sampleMs)
            {
                sampleMs = nowMs + SampleMs;
                services.EverySecond();
            }
            if (polled[0].Reported != 0) Drain();
            for (int i = listenersFrom - 2; i >= 0; i--) Continue(i, polled[i + 1].Reported, nowMs);
            for (int i = listenersFrom; i < polled.Length; i++)
            {
                if (polled[i].Reported != 0) Accept(listeners[i - listenersFrom], nowMs);
            }
        }
    }

    /// <summary>
    /// The wake-up, then the connections, then the listeners while there is room for more connections.
    /// </summary>
    private int Prepare(List<PollEntry> entries, long nowMs)
    {
        entries.Clear();
        entries.Add(new PollEntry { Fd = wake, Events = (short)Linux.ReadyIn });
        foreach (AdminConnection connection in connections)
        {
            uint events = connection.WantsToSend ? Linux.ReadyOut : connection.WantsToReceive ? Linux.ReadyIn : 0;
            entries.Add(new PollEntry { Fd = connection.Fd, Events = (short)events });
        }
        int from = entries.Count;
        if (paused || connections.Count >= maxConnections || nowMs < acceptFromMs) return from;
        foreach (AdminListener listener in listeners)
            entries.Add(new PollEntry { Fd = listener.Fd, Events = (short)Linux.ReadyIn });
        return from;
    }

    private int SleepMs(long nowMs)
    {
        long sleep = Math.Max(0, sampleMs - nowMs);
        if (nowMs < acceptFromMs) sleep = Math.Min(sleep, acceptFromMs - nowMs);
        foreach (AdminConnection connection in connections)
        {
            long left = Math.Max(0, connection.DeadlineMs - nowMs);
            sleep = connection.WantsToGoOn ? 0 : Math.Min(sleep, left);
            if (!connection.Session.IsWaiting) continue;
            sleep = Math.Min(sleep, Math.Clamp(connection.Session.WaitUntilMs - nowMs, 0, WaitPauseMs));
        }
        return (int)sleep;
    }

    private void Continue(int number, short reported, long nowMs)
    {
        AdminConnection connection = connections[number];
        if (connection.Session.IsWaiting && reported != 0) connection.Leave(); // the peer is gone
        else if (reported != 0 || connection.Session.IsWaiting || connection.WantsToGoOn)
            connection.Run((reported & ~(short)Linux.ReadyOut) != 0, nowMs);
        if (!connection.Over && nowMs < connection.DeadlineMs) return;
        connection.Close();
        connections.RemoveAt(number);
    }

    private void Accept(in AdminListener listener, long nowMs)
    {
        while (connections.Count < maxConnections)
        {
            int fd = Libc.Value(Libc.Accept(
                listener.Fd, null, null, Linux.SocketNonBlocking | Linux.SocketCloseOnExec));
            // Gone again, or no descriptors left: then those who wait would be reported again at once.
            if (fd is -Errno.TooManyFiles or -Errno.TooManyFilesOnMachine or -Errno.NoMemory)
                acceptFromMs = nowMs + AcceptPauseMs;
            if (fd < 0) return;
            AdminSession session = new(services, listener.Level, timeoutMs)
            {
                ExposesListeners = listener.ExposesListeners,
                SeverityOutput = listener.SeverityOutput,
            };
            connections.Add(new AdminConnection(fd, session, nowMs));
        }
    }

    private void Drain()
    {
        ulong count;
        _ = Process.Native.ProcessCalls.Read(wake, &count, sizeof(ulong));
    }

    private void CloseAll()
    {
        foreach (AdminListener listener in listeners) Sockets.Close(listener.Fd);
        listeners.Clear();
    }
}
