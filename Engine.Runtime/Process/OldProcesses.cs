using System;
using System.Threading;
using Engine.Runtime.Process.Native;
using Engine.Runtime.Signals;

namespace Engine.Runtime.Process;

/// <summary>
/// The processes that <c>-sf</c> or <c>-st</c> named: asked to make room while we bind, told to leave once
/// we serve (management guide section 4). One that is gone already is no error.
/// </summary>
/// <param name="processes">Their numbers.</param>
/// <param name="finish"><c>-sf</c>: they finish what they do; else (<c>-st</c>) they leave at once.</param>
public sealed class OldProcesses(int[] processes, bool finish)
{
    /// <summary>
    /// Tries to bind after the old processes were asked to make room, and the pause between them.
    /// </summary>
    public const int Attempts = 100;

    public const int AttemptPauseMs = 10;

    public bool Any => processes.Length > 0;

    /// <summary>Asks them to stop listening for now.</summary>
    public void Pause() => Send(SignalNumbers.TerminalOutput);

    /// <summary>Tells them to listen again: we give up.</summary>
    public void Resume() => Send(SignalNumbers.TerminalInput);

    /// <summary>Tells them to leave: we serve.</summary>
    public void Finish() => Send(finish ? SignalNumbers.User1 : SignalNumbers.Terminate);

    /// <summary>
    /// Binds, while old processes hold the addresses if need be: the first attempt needs nobody's help where
    /// SO_REUSEPORT shares the address; then the old ones pause and it is tried for a second.
    /// </summary>
    /// <param name="tryBindAll">
    ///  Binds what is not bound yet; true when all is, false when an address is in use, to be called again.
    /// Other faults are its own affair: it remembers them and answers true.
    /// </param>
    public bool Bind(Func<bool> tryBindAll)
    {
        if (tryBindAll()) return true;
        if (!Any) return false;
        Pause();
        for (int i = 0; i < Attempts; i++)
        {
            Thread.Sleep(AttemptPauseMs);
            if (tryBindAll()) return true;
        }
        Resume();
        return false;
    }

    private void Send(int signal)
    {
        foreach (int process in processes)
        {
            // Never to a group or to everybody, which numbers below 1 mean to kill(2).
            if (process > 0) _ = ProcessCalls.Kill(process, signal);
        }
    }
}
