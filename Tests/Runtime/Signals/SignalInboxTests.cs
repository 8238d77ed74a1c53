using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Runtime.Process.Native;
using Engine.Runtime.Signals;
using Xunit;

namespace Tests.Runtime.Signals;

public sealed class SignalInboxTests
{
    /// <summary>Longer than a loaded machine needs to deliver a signal.</summary>
    private const int PatienceMs = 30_000;

    [Fact]
    public void Posted_signals_are_taken_in_order()
    {
        using SignalInbox inbox = new();
        Assert.Equal(Signal.None, inbox.Take());
        Signal[] posted = [Signal.Pause, Signal.Resume, Signal.Pause, Signal.SoftStop, Signal.HardStop];
        foreach (Signal signal in posted) inbox.Post(signal);
        foreach (Signal signal in posted) Assert.Equal(signal, inbox.Wait(0));
        Assert.Equal(Signal.None, inbox.Take());
    }

    [Fact]
    public void A_flood_keeps_the_oldest()
    {
        using SignalInbox inbox = new();
        inbox.Post(Signal.HardStop);
        for (int i = 0; i < 10_000; i++) inbox.Post(Signal.DumpServers);
        Assert.Equal(Signal.HardStop, inbox.Take());
        int left = 0;
        while (inbox.Take() != Signal.None) left++;
        Assert.InRange(left, 1, 1000);
        inbox.Post(Signal.SoftStop);
        Assert.Equal(Signal.SoftStop, inbox.Take());
    }

    [Fact]
    public void A_wait_ends_with_a_post_or_a_wake_from_another_thread()
    {
        using SignalInbox inbox = new();
        Assert.Equal(Signal.None, inbox.Wait(0));
        Thread waker = new(inbox.Wake);
        waker.Start();
        Assert.Equal(Signal.None, inbox.Wait(-1));
        waker.Join();
        Thread poster = new(() => inbox.Post(Signal.SoftStop));
        poster.Start();
        Signal got;
        while ((got = inbox.Wait(-1)) == Signal.None)
        {
        }
        Assert.Equal(Signal.SoftStop, got);
        poster.Join();
    }

    /// <summary>
    /// Only signals that nothing else in a test run reacts to; the others go through the same code.
    /// </summary>
    [Fact]
    public void Signals_of_the_process_arrive_even_if_they_were_ignored_before()
    {
        _ = ProcessCalls.SetDisposition(SignalNumbers.TerminalInput, 1);
        Assert.True(SignalDispositions.IsIgnored(SignalNumbers.TerminalInput));
        using SignalInbox inbox = SignalInbox.Install();
        Assert.False(SignalDispositions.IsIgnored(SignalNumbers.TerminalInput));
        (int Number, Signal Meaning)[] cases =
        [
            (SignalNumbers.TerminalOutput, Signal.Pause), (SignalNumbers.TerminalInput, Signal.Resume),
            (SignalNumbers.User1, Signal.SoftStop),
        ];
        foreach ((int number, Signal meaning) in cases)
        {
            Assert.Equal(0, ProcessCalls.Kill(Environment.ProcessId, number));
            Assert.Equal(meaning, WaitForOne(inbox));
        }
        // Taken and ignored: the process would be dead by its default.
        Assert.Equal(0, ProcessCalls.Kill(Environment.ProcessId, SignalNumbers.User2));
        Assert.Equal(0, ProcessCalls.Kill(Environment.ProcessId, SignalNumbers.User1));
        Assert.Equal(Signal.SoftStop, WaitForOne(inbox));
    }

    public static TheoryData<int, Signal> Meanings() => new()
    {
        { 15, Signal.HardStop },
        { 2, Signal.Interrupt },
        { 10, Signal.SoftStop },
        { 22, Signal.Pause },
        { 21, Signal.Resume },
        { 1, Signal.DumpServers },
        { 3, Signal.DumpMemory },
        { 12, Signal.None },
        { 13, Signal.None },
    };

    [Theory]
    [MemberData(nameof(Meanings))]
    public void Numbers_have_their_meanings(int number, Signal meaning) =>
        Assert.Equal(meaning, SignalNumbers.Meaning(number));

    private static Signal WaitForOne(SignalInbox inbox)
    {
        List<Signal> got = [];
        for (long end = Environment.TickCount64 + PatienceMs; got.Count == 0 && Environment.TickCount64 < end;)
        {
            if (inbox.Wait(100) is not Signal.None and Signal signal) got.Add(signal);
        }
        return Assert.Single(got);
    }
}
