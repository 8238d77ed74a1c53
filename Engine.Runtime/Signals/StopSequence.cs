using System;

namespace Engine.Runtime.Signals;

/// <summary>
/// What a signal means in the state the process is in: running, paused, or finishing. It does nothing itself
/// and reads no clock, so that each way through it can be tested.
/// </summary>
/// <param name="hardStopAfterMs"><c>hard-stop-after</c>; 0: finishing may take for ever.</param>
/// <param name="graceMs"><c>grace</c>: how long it goes on as if nothing had been asked for.</param>
public sealed class StopSequence(uint hardStopAfterMs, uint graceMs = 0)
{
    /// <summary>
    /// How long connections that were told to end may still take: then the process leaves all the same.
    /// </summary>
    public const long LastRespiteMs = 1000;

    private bool paused;
    private bool shut;
    private bool grace;
    private long deadlineMs = long.MaxValue;

    /// <summary>A soft stop is under way.</summary>
    public bool Stopping { get; private set; }

    /// <summary>The signal to die by, 0 for a normal exit.</summary>
    public int EndingSignal { get; private set; }

    /// <summary>0 after a soft stop.</summary>
    public int ExitCode => EndingSignal == 0 ? 0 : 128 + EndingSignal;

    /// <summary>When <see cref="Tick"/> has something to decide by time; long.MaxValue for never.</summary>
    public long NextTickMs => deadlineMs;

    /// <summary>Takes a signal. The time is of any clock that only goes forward.</summary>
    public StopOrder Take(Signal signal, long nowMs)
    {
        switch (signal)
        {
            case Signal.HardStop:
                EndingSignal = SignalNumbers.Terminate;
                return StopOrder.Exit;
            case Signal.Interrupt:
                EndingSignal = SignalNumbers.Interrupt;
                return StopOrder.Exit;
            case Signal.SoftStop:
                return BeginSoftStop(nowMs);
            case Signal.Pause when !Stopping && !paused:
                paused = true;
                return StopOrder.PauseListeners;
            case Signal.Resume when !Stopping && paused:
                paused = false;
                return StopOrder.ResumeListeners;
            case Signal.DumpServers:
                return StopOrder.DumpServers;
            case Signal.DumpMemory:
                return StopOrder.DumpMemory;
            default:
                return StopOrder.None;
        }
    }

    /// <summary>
    /// To be called while stopping, when <see cref="NextTickMs"/> is reached and when connections may have
    /// become fewer.
    /// </summary>
    /// <param name="connectionsLeft">Client connections and streams of all threads.</param>
    public StopOrder Tick(long nowMs, int connectionsLeft)
    {
        if (!Stopping) return StopOrder.None;
        if (grace) return nowMs < deadlineMs ? StopOrder.None : StopOrder.EndGrace | Close(nowMs);
        if (connectionsLeft == 0) return StopOrder.Exit;
        if (nowMs < deadlineMs) return StopOrder.None;
        if (shut) return StopOrder.Exit | StopOrder.LeaveConnections;
        shut = true;
        deadlineMs = nowMs + LastRespiteMs;
        return StopOrder.ShutConnections;
    }

    /// <summary>Milliseconds to wait for a signal before <see cref="Tick"/> is due; -1: for ever.</summary>
    public int WaitMs(long nowMs) =>
        deadlineMs == long.MaxValue ? -1 : (int)Math.Clamp(deadlineMs - nowMs, 0, int.MaxValue);

    /// <summary>
    /// Ends the process as the last Exit order asks: by the signal, or by returning the code to Main.
    /// </summary>
    public int Leave()
    {
        if (EndingSignal != 0) SignalDispositions.Die(EndingSignal);
        return ExitCode;
    }

    private StopOrder BeginSoftStop(long nowMs)
    {
        if (Stopping) return StopOrder.None;
        Stopping = true;
        if (graceMs == 0) return Close(nowMs);
        grace = true;
        deadlineMs = nowMs + graceMs;
        return StopOrder.Announce;
    }

    private StopOrder Close(long nowMs)
    {
        grace = false;
        deadlineMs = hardStopAfterMs == 0 ? long.MaxValue : nowMs + hardStopAfterMs;
        return StopOrder.CloseListeners;
    }
}
