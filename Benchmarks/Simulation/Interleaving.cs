using System;
using System.Collections.Generic;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>
/// Runs the threads of the engine on one, a tick at a time in an order that the seed gives. A thread that sleeps runs only
/// when its kernel, another thread or its timer wakes it, so that a wake-up that is missing is missed.
/// </summary>
internal sealed class Interleaving(SimulatedNetwork network, Lane[] lanes, Dice dice, long jitterMax)
{
    private readonly List<Lane> awake = [];

    /// <summary>Ticks of all threads so far.</summary>
    public long Ticks { get; private set; }

    /// <summary>Every thread sleeps or is done.</summary>
    public bool IsQuiet
    {
        get
        {
            foreach (Lane lane in lanes)
                if (!lane.IsAsleep) return false;
            return true;
        }
    }

    /// <summary>
    /// Runs one tick of one thread and answers true, or lets time pass to what happens next, at most to a time, and answers
    /// false.
    /// </summary>
    public bool Step(long until)
    {
        awake.Clear();
        foreach (Lane lane in lanes)
            if (!lane.IsAsleep) awake.Add(lane);
        if (awake.Count == 0)
        {
            Pass(until);
            return false;
        }
        if (jitterMax > 0) network.Run(dice.Percent(80) ? 0 : dice.Milliseconds(0, jitterMax / 1e6));
        awake[awake.Count == 1 ? 0 : dice.Between(0, awake.Count - 1)].Tick();
        Ticks++;
        return true;
    }

    private void Pass(long until)
    {
        long next = Math.Min(network.NextEvent ?? long.MaxValue, until);
        foreach (Lane lane in lanes)
            if (!lane.IsDone) next = Math.Min(next, lane.WakesAt);
        network.Run(Math.Max(next - network.NowNanoseconds, 0));
    }
}
