using System;
using Engine.Runtime.Signals;
using Xunit;

namespace Tests.Runtime.Signals;

public sealed class StopSequenceTests
{
    [Fact]
    public void A_soft_stop_closes_listeners_once_and_exits_with_0_when_the_last_connection_ends()
    {
        StopSequence stop = new(0);
        Assert.Equal(StopOrder.None, stop.Tick(0, 0));
        Assert.Equal(StopOrder.CloseListeners, stop.Take(Signal.SoftStop, 10));
        Assert.True(stop.Stopping);
        Assert.Equal(-1, stop.WaitMs(10));
        Assert.Equal(StopOrder.None, stop.Tick(1_000_000, 2));
        Assert.Equal(StopOrder.None, stop.Take(Signal.SoftStop, 1_000_001));
        Assert.Equal(StopOrder.Exit, stop.Tick(1_000_002, 0));
        Assert.Equal(0, stop.ExitCode);
        Assert.Equal(0, stop.EndingSignal);
    }

    [Theory]
    [InlineData(Signal.HardStop, 15)]
    [InlineData(Signal.Interrupt, 2)]
    public void A_hard_stop_exits_by_its_signal_at_any_time(Signal signal, int number)
    {
        StopSequence running = new(0);
        Assert.Equal(StopOrder.Exit, running.Take(signal, 0));
        StopSequence stopping = new(1000);
        stopping.Take(Signal.SoftStop, 0);
        Assert.Equal(StopOrder.Exit, stopping.Take(signal, 1));
        foreach (StopSequence stop in new[] { running, stopping })
        {
            Assert.Equal(number, stop.EndingSignal);
            Assert.Equal(128 + number, stop.ExitCode);
        }
    }

    [Fact]
    public void Grace_comes_before_the_soft_stop_and_before_the_time_of_hard_stop_after()
    {
        StopSequence stop = new(2000, 500);
        Assert.Equal(StopOrder.Announce, stop.Take(Signal.SoftStop, 100));
        Assert.True(stop.Stopping);
        Assert.Equal(StopOrder.None, stop.Take(Signal.SoftStop, 200));
        Assert.Equal(StopOrder.None, stop.Tick(599, 0));
        Assert.Equal(StopOrder.EndGrace | StopOrder.CloseListeners, stop.Tick(600, 1));
        Assert.Equal(StopOrder.None, stop.Tick(2599, 1));
        Assert.Equal(StopOrder.ShutConnections, stop.Tick(2600, 1));
        Assert.Equal(StopOrder.Exit, stop.Tick(2601, 0));
    }

    [Fact]
    public void Hard_stop_after_shuts_what_is_left_and_leaves_a_second_later()
    {
        StopSequence stop = new(2000);
        stop.Take(Signal.SoftStop, 100);
        Assert.Equal(2000, stop.WaitMs(100));
        Assert.Equal(StopOrder.None, stop.Tick(2099, 1));
        Assert.Equal(1, stop.WaitMs(2099));
        Assert.Equal(StopOrder.ShutConnections, stop.Tick(2100, 1));
        Assert.Equal(StopOrder.None, stop.Tick(3099, 1));
        Assert.Equal(StopOrder.Exit | StopOrder.LeaveConnections, stop.Tick(3100, 1));
        Assert.Equal(0, stop.ExitCode);
    }

    [Fact]
    public void Connections_that_end_after_the_hard_stop_make_it_a_clean_exit()
    {
        StopSequence stop = new(2000);
        stop.Take(Signal.SoftStop, 0);
        stop.Tick(2000, 5);
        Assert.Equal(StopOrder.Exit, stop.Tick(2001, 0));
    }

    [Fact]
    public void Pausing_and_resuming_count_once_each_and_not_at_all_while_stopping()
    {
        StopSequence stop = new(0);
        Signal[] given =
        [
            Signal.Resume, Signal.Pause, Signal.Pause, Signal.Resume, Signal.Resume, Signal.Pause, Signal.SoftStop,
            Signal.Resume, Signal.Pause,
        ];
        StopOrder[] wanted =
        [
            StopOrder.None, StopOrder.PauseListeners, StopOrder.None, StopOrder.ResumeListeners, StopOrder.None,
            StopOrder.PauseListeners, StopOrder.CloseListeners, StopOrder.None, StopOrder.None,
        ];
        Assert.Equal(wanted, Array.ConvertAll(given, signal => stop.Take(signal, 0)));
    }

    [Fact]
    public void Dumps_are_asked_for_in_every_state()
    {
        StopSequence stop = new(0);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(StopOrder.DumpServers, stop.Take(Signal.DumpServers, 0));
            Assert.Equal(StopOrder.DumpMemory, stop.Take(Signal.DumpMemory, 0));
            Assert.Equal(StopOrder.None, stop.Take(Signal.None, 0));
            stop.Take(Signal.SoftStop, 0);
        }
    }
}
