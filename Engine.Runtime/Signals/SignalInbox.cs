using System;
using System.Runtime.InteropServices;
using System.Threading;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Signals;

/// <summary>
/// Signals on their way to the thread that acts on them, in the order they came. The handlers only write
/// here, so nothing of ours ever runs inside a signal handler.
/// </summary>
/// <remarks>
/// The runtime's own signal thread is used (PosixSignalRegistration): all seven registrations cost less than
/// a millisecond of start-up, and a signalfd would need every thread of the runtime to block the signals,
/// which a process that was not started so cannot arrange.
/// </remarks>
public sealed unsafe class SignalInbox : IDisposable
{
    private const int Capacity = 64;
    private const int NonBlockingCloseOnExec = 0x8_0800;

    private static readonly int[] Taken =
    [
        SignalNumbers.Terminate, SignalNumbers.Interrupt, SignalNumbers.User1, SignalNumbers.User2,
        SignalNumbers.TerminalOutput, SignalNumbers.TerminalInput, SignalNumbers.HangUp, SignalNumbers.Quit,
    ];

    private readonly Lock gate = new();
    private readonly Signal[] ring = new Signal[Capacity];
    private readonly PosixSignalRegistration?[] registrations = new PosixSignalRegistration?[Taken.Length];
    private uint taken;
    private uint posted;

    /// <summary>
    /// An inbox that no signal reaches: for tests and for a process that gets its orders otherwise.
    /// </summary>
    public SignalInbox()
    {
        EventDescriptor = ProcessCalls.EventDescriptor(0, NonBlockingCloseOnExec);
        if (EventDescriptor >= 0) return;
        throw new InvalidOperationException($"eventfd: {NativeText.OfError(ProcessCalls.LastError)}");
    }

    /// <summary>
    /// Readable while something is pending: for a thread that polls other descriptors too.
    /// </summary>
    public int EventDescriptor { get; }

    /// <summary>
    /// Takes over the signals of the process. Whatever the parent had ignored or blocked is ours again: a
    /// shell starts background jobs with SIGINT ignored.
    /// </summary>
    public static SignalInbox Install()
    {
        SignalInbox inbox = new();
        SignalDispositions.Reclaim(Taken);
        for (int i = 0; i < Taken.Length; i++)
            inbox.registrations[i] = PosixSignalRegistration.Create((PosixSignal)Taken[i], inbox.OnSignal);
        return inbox;
    }

    /// <summary>Adds a signal, as if it had been sent. Any thread.</summary>
    public void Post(Signal signal)
    {
        lock (gate)
        {
            // Someone who floods us with signals loses the newest: the oldest say what to do.
            if (signal != Signal.None && posted - taken < Capacity) ring[posted++ % Capacity] = signal;
        }
        Wake();
    }

    /// <summary>Ends a wait that runs, or the next one. Any thread.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = ProcessCalls.Write(EventDescriptor, &one, sizeof(ulong));
    }

    /// <summary>The oldest pending signal, None when there is none. Never waits.</summary>
    public Signal Take()
    {
        lock (gate) return posted == taken ? Signal.None : ring[taken++ % Capacity];
    }

    /// <summary>
    /// Waits for a signal, for at most so many milliseconds (-1: for ever). None when the time is up or
    /// after <see cref="Wake"/>.
    /// </summary>
    public Signal Wait(int timeoutMs)
    {
        Signal pending = Take();
        if (pending != Signal.None) return pending;
        PolledDescriptor entry = new() { Fd = EventDescriptor, Wanted = PolledDescriptor.In };
        _ = ProcessCalls.Poll(&entry, 1, timeoutMs);
        ulong count;
        _ = ProcessCalls.Read(EventDescriptor, &count, sizeof(ulong));
        return Take();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration? registration in registrations) registration?.Dispose();
        _ = ProcessCalls.Close(EventDescriptor);
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Signal meaning = SignalNumbers.Meaning((int)context.Signal);
        if (meaning != Signal.None) Post(meaning);
    }
}
