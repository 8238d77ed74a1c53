using System;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Native;
using Engine.Runtime.Process;

namespace Engine.Runtime.Admin;

/// <summary>
/// A connection of the Runtime API: its socket, its session and how long it may be silent.
/// </summary>
internal sealed unsafe class AdminConnection(int fd, AdminSession session, long nowMs)
{
    /// <summary>
    /// Bytes of answers that wait for a slow reader before no more commands are run for it.
    /// </summary>
    private const int OutputMax = 64 * 1024;

    /// <summary>Bytes that are read for nothing before a connection is closed.</summary>
    private const int UnreadMax = 1024 * 1024;

    public int Fd { get; } = fd;

    public AdminSession Session { get; } = session;

    /// <summary>When it is closed for silence.</summary>
    public long DeadlineMs { get; private set; } = nowMs + session.TimeoutMs;

    /// <summary>Closed, by the peer or by us.</summary>
    public bool Over { get; private set; }

    public bool WantsToSend => Session.Output.Count > 0;

    public bool WantsToReceive => !WantsToSend && !Session.Done && !Session.IsWaiting && !Session.IsStreaming;

    /// <summary>A part of its answer was taken, and the next can be made: others have had their turn meanwhile.</summary>
    public bool WantsToGoOn => Session.IsStreaming && !WantsToSend;

    /// <summary>Moves what can be moved without waiting, and does what can be done.</summary>
    public void Run(bool readable, long nowMs)
    {
        if (readable && WantsToReceive && !Receive()) return;
        do
        {
            while (Session.Output.Count < OutputMax && Session.Step())
            {
            }
            if (Session.WantsListeners)
            {
                Over = true;
                if (Session.Services.Sockets() is { } sockets) SocketTransfer.Send(Fd, sockets.HandOver());
                return;
            }
            if (!Send()) return;
        }
        while (!WantsToSend && !Session.IsStreaming && Session.Step());
        DeadlineMs = Math.Max(nowMs, Session.IsWaiting ? Session.WaitUntilMs : 0) + Session.TimeoutMs;
        if (Session.Done && !WantsToSend) Over = true;
    }

    /// <summary>The peer reads no more: nothing is left to do.</summary>
    public void Leave() => Over = true;

    /// <summary>
    /// Closes it. What the peer sent and nobody wants is read first: closing with unread bytes would be a
    /// reset, which can take the last answer with it.
    /// </summary>
    public void Close()
    {
        const int size = 4096;
        byte* nowhere = stackalloc byte[size];
        for (int left = UnreadMax; left > 0; left -= size)
        {
            if (Sockets.Receive(Fd, nowhere, size) <= 0) break;
        }
        Sockets.Close(Fd);
    }

    private bool Receive()
    {
        Span<byte> space = Session.InputSpace;
        if (space.IsEmpty) return true;
        int count;
        fixed (byte* data = space) count = Sockets.Receive(Fd, data, (nuint)space.Length);
        if (count is -Errno.Again or -Errno.Interrupted) return true;
        if (count < 0)
        {
            Over = true;
            return false;
        }
        Session.Received(count);
        return true;
    }

    /// <summary>False when the connection broke.</summary>
    private bool Send()
    {
        while (WantsToSend)
        {
            int count;
            ReadOnlySpan<byte> waiting = Session.Output.Waiting;
            fixed (byte* data = waiting) count = Sockets.Send(Fd, data, (nuint)waiting.Length, false);
            if (count is -Errno.Again or -Errno.Interrupted) return true;
            if (count < 0)
            {
                Over = true;
                return false;
            }
            Session.Output.Remove(count);
        }
        return true;
    }
}
