using System;
using System.Collections.Generic;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>Everything that a seed decides: the configuration, the network, what clients and origins will do.</summary>
internal sealed class Scenario
{
    private readonly Dice dice;
    private int exchanges;

    public Scenario(ulong seed)
    {
        Seed = seed;
        dice = new Dice(seed);
        // Of their own, so that the rest of a seed's run is as it was before there was this.
        ServerChanges = new Dice(seed ^ 0x5107_9e3d_c0de_77a1);
        ServersChange = ServerChanges.Percent(25);
        Configuration = new ConfigurationPlan(dice.Fork(), ServersChange ? ServerChanges.Fork() : null);
        Faults = DrawFaults(dice.Fork());
        Scheduling = dice.Fork();
        ServerLife = dice.Fork();
        WorldSeed = dice.Next();
        JitterMax = dice.Percent(50) ? 0 : dice.Milliseconds(0.001, 0.3);
        SoftStopAt = dice.Percent(8) ? dice.Milliseconds(1, 400) : -1;
        PauseAt = dice.Percent(6) ? dice.Milliseconds(1, 200) : -1;
        IsShortOfBuffers = dice.Percent(10);
        BodyMax = Faults.DeliveryBytesMax is > 0 and < 200 || Faults.PipeBytes < 5_000 ? 20_000 : 400_000;
        int count = dice.Of(1, 2, 4, 8, 16, 30);
        for (int i = 0; i < count; i++) Clients.Add(DrawClient(i, dice.Fork()));
    }

    public ulong Seed { get; }

    public ConfigurationPlan Configuration { get; }

    public SimulatedFaults Faults { get; }

    public List<ClientPlan> Clients { get; } = [];

    /// <summary>Every exchange, by its number less one.</summary>
    public List<Exchange> Exchanges { get; } = [];

    /// <summary>Which thread runs next.</summary>
    public Dice Scheduling { get; }

    /// <summary>When servers fail.</summary>
    public Dice ServerLife { get; }

    /// <summary>Servers are drained, taken away, brought back, and given other weights and limits.</summary>
    public bool ServersChange { get; }

    /// <summary>What becomes of servers, and when.</summary>
    public Dice ServerChanges { get; }

    public ulong WorldSeed { get; }

    /// <summary>Nanoseconds that a thread may have to wait for its processor.</summary>
    public long JitterMax { get; }

    /// <summary>Nanoseconds after the start; -1: only when all is over.</summary>
    public long SoftStopAt { get; }

    /// <summary>Accepting is paused for a while; -1: never.</summary>
    public long PauseAt { get; }

    public int BodyMax { get; }

    /// <summary>Slow readers may take all buffers, so that others have to wait, and may have to wait too long.</summary>
    public bool IsShortOfBuffers { get; }

    /// <summary>Connections break without anybody's doing.</summary>
    public bool NetworkBreaks => Faults.ResetPerMille > 0;

    /// <summary>Good behaviour does not protect anybody from errors and broken connections.</summary>
    public bool IsUnfair => NetworkBreaks || IsShortOfBuffers;

    private static SimulatedFaults DrawFaults(Dice dice)
    {
        if (dice.Percent(15)) return new SimulatedFaults();
        if (dice.Percent(15)) return SimulatedFaults.Harsh;
        return new SimulatedFaults
        {
            DelayMinNanoseconds = 1_000,
            DelayMaxNanoseconds = dice.Of(1_000, 50_000, 1_000_000),
            ConnectDelayMinNanoseconds = 2_000,
            ConnectDelayMaxNanoseconds = dice.Of(2_000, 200_000, 5_000_000),
            PipeBytes = dice.Of(1, 2, 16, 64) * 4096,
            DeliveryBytesMax = dice.Of(0, 0, 0, 1, 100, 1460, 1460, 4096),
            ShortReadPerMille = dice.Of(0, 50, 300),
            ShortWritePerMille = dice.Of(0, 50, 300),
            FullPerMille = dice.Of(0, 20, 200),
            ResetPerMille = dice.Of(0, 0, 0, 0, 0, 0, 0, 0, 0, 5),
            RefusePerMille = dice.Of(0, 0, 0, 50),
            NoBuffersPerMille = dice.Of(0, 0, 20, 200),
            AcceptErrorPerMille = dice.Of(0, 0, 0, 50),
            LatePerMille = dice.Of(0, 100, 500),
            OvertakePerMille = dice.Of(0, 100, 500),
            EndRepeatPerMille = dice.Of(0, 50, 300),
            DropPerMille = dice.Of(0, 0, 50),
        };
    }

    private ClientPlan DrawClient(int number, Dice own)
    {
        FrontendModel frontend = Configuration.Frontends[own.Between(0, Configuration.Frontends.Count - 1)];
        ClientEnd end = own.Between(0, 99) switch
        {
            < 45 => ClientEnd.Closes,
            < 65 => ClientEnd.Waits,
            < 75 => ClientEnd.HalfCloses,
            < 83 => ClientEnd.Resets,
            < 91 => ClientEnd.Leaves,
            _ => ClientEnd.Vanishes,
        };
        bool isSlow = own.Percent(15);
        bool stalls = own.Percent(8);
        ClientPlan plan = new()
        {
            Number = number,
            Frontend = frontend,
            Port = frontend.Ports[own.Between(0, frontend.Ports.Count - 1)],
            StartsAt = own.Percent(50) ? own.Milliseconds(0, 5) : own.Milliseconds(0, 800),
            Depth = own.Percent(80) ? 1 : own.Between(2, 6),
            WriteMax = own.Of(int.MaxValue, int.MaxValue, int.MaxValue, 1000, 100, 7, 1),
            WriteDelay = own.Percent(70) ? 0 : own.Milliseconds(0, 0.2),
            ReadMax = isSlow ? own.Of(100, 1000, 5000) : 65536,
            ReadDelay = isSlow ? own.Milliseconds(0.1, 10) : 0,
            ThinkTime = own.Percent(60) ? 0 : own.Milliseconds(0, own.Of(1, 50, 1500)),
            End = end,
            EndsAt = own.Size(20_000),
            StallsAt = stalls ? own.Size(3000) : -1,
            StallTime = own.Milliseconds(1, 5000),
        };
        int bodyMax = isSlow || plan.WriteMax < 100 ? Math.Min(BodyMax, 20_000) : BodyMax;
        if (frontend.IsTcp)
        {
            Exchange session = Add(ExchangePlan.DrawSession(own, ++exchanges, frontend, bodyMax));
            return plan with { Exchanges = [session], Session = session.Tunnel };
        }
        int count = own.Of(1, 1, 2, 3, 6);
        Exchange[] list = new Exchange[count];
        for (int i = 0; i < count; i++)
            list[i] = Add(ExchangePlan.Draw(own, ++exchanges, frontend, bodyMax, isLast: i == count - 1));
        return plan with { Exchanges = list };
    }

    private Exchange Add(Exchange exchange)
    {
        Exchanges.Add(exchange);
        foreach (AnswerPlan answer in exchange.Answers)
            exchange.Backend.ClosesIdle |= answer.IdleFor >= 0 || answer.Kind is not (AnswerKind.Whole or AnswerKind.Early);
        return exchange;
    }
}
