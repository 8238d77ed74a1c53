using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>What the scripts of one run share: the network, the plan, the judge.</summary>
internal sealed class Stage
{
    public Stage(Scenario scenario, CompiledConfiguration configuration, int traceLines)
    {
        Scenario = scenario;
        Configuration = configuration;
        Network = new SimulatedNetwork(scenario.Seed, scenario.Faults);
        StartedAt = Network.NowNanoseconds;
        Trace = new Trace(Network, traceLines);
        Oracle = new Oracle(this);
    }

    public Scenario Scenario { get; }

    public CompiledConfiguration Configuration { get; }

    public SimulatedNetwork Network { get; }

    public Trace Trace { get; }

    public Oracle Oracle { get; }

    public long StartedAt { get; }

    public long Now => Network.NowNanoseconds;

    /// <summary>When a script last did something of its own accord.</summary>
    public long LastMoveAt { get; private set; }

    /// <summary>Accepting has ended for good.</summary>
    public long StoppedAt { get; set; } = long.MaxValue;

    /// <summary>Scratch space for reading; nothing is kept in it.</summary>
    public byte[] Scratch { get; } = new byte[65536];

    /// <summary>Scratch space for sending.</summary>
    public byte[] Outgoing { get; } = new byte[65536];

    public void After(long nanoseconds, Action action) => Network.After(Math.Max(nanoseconds, 1), action);

    public void Moved() => LastMoveAt = Now;

    /// <summary>A faulty network takes so long at most to bring something over, nanoseconds.</summary>
    public long Latency => (Scenario.Faults.DelayMaxNanoseconds * 8) + Scenario.JitterMax + 5_000_000;

    public Proxy FrontendOf(Exchange exchange) => Configuration.Proxies[exchange.Frontend.Number];

    public Proxy BackendOf(Exchange exchange) => Configuration.Proxies[exchange.Backend.Number];

    public Exchange? Find(string? id) =>
        int.TryParse(id, out int number) && number >= 1 && number <= Scenario.Exchanges.Count
            ? Scenario.Exchanges[number - 1]
            : null;

    /// <summary>Ends the run: something is as it must not be.</summary>
    public static SimulationFailure Fail(string message) => new(message);
}
