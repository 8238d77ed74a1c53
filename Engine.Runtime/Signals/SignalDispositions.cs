using System;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Signals;

/// <summary>What the process inherited about signals, put right; and the end of a process by one.</summary>
public static unsafe class SignalDispositions
{
    private const int MaskUnblock = 1;

    /// <summary>
    /// struct sigaction is 152 bytes in glibc, less elsewhere; its first word is the handler.
    /// </summary>
    private const int ActionBytes = 256;

    private const int MaskBytes = 128;
    private const nint Default = 0;
    private const nint Ignore = 1;

    /// <summary>
    /// Sets ignored signals of the list back to their default and unblocks them in this thread. The runtime
    /// leaves a signal that was ignored at start alone, whatever is registered for it.
    /// </summary>
    public static void Reclaim(ReadOnlySpan<int> signals)
    {
        ulong* mask = stackalloc ulong[MaskBytes / sizeof(ulong)];
        new Span<ulong>(mask, MaskBytes / sizeof(ulong)).Clear();
        foreach (int signal in signals)
        {
            if (IsIgnored(signal)) _ = ProcessCalls.SetDisposition(signal, Default);
            mask[0] |= 1ul << (signal - 1);
        }
        _ = ProcessCalls.SignalMask(MaskUnblock, mask, null);
    }

    public static bool IsIgnored(int signal)
    {
        nint* action = stackalloc nint[ActionBytes / sizeof(nint)];
        return ProcessCalls.Action(signal, null, action) == 0 && action[0] == Ignore;
    }

    /// <summary>
    /// Ends the process by a signal, so that whoever waits for it sees what the reference shows: death by
    /// SIGTERM or SIGINT, which a shell reports as 143 and 130. Nothing of ours runs afterwards.
    /// </summary>
    public static void Die(int signal)
    {
        _ = ProcessCalls.SetDisposition(signal, Default);
        ulong* mask = stackalloc ulong[MaskBytes / sizeof(ulong)];
        new Span<ulong>(mask, MaskBytes / sizeof(ulong)).Clear();
        mask[0] = 1ul << (signal - 1);
        _ = ProcessCalls.SignalMask(MaskUnblock, mask, null);
        _ = ProcessCalls.Kill(Environment.ProcessId, signal);
        // Delivered before kill(2) returns, unless we are process 1 of a container, which defaults do not
        // end.
        Environment.Exit(128 + signal);
    }
}
