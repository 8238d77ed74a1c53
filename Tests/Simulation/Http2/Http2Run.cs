using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;
using Benchmarks.Simulation;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Engine.Runtime.Kernel.Simulated;
using Engine.Runtime.Logging;
using Engine.Systems.Accept;
using Engine.Systems.Balance;
using Engine.Systems.Connect;

namespace Tests.Simulation.Http2;

/// <summary>
/// One run of the real worker and pipeline with clients of HTTP/2 and origins of either version on the simulated kernel.
/// The seed draws all of it; what the origin sees must be what a strict reader of the client's frames sees, and the other
/// way round, and at the end nothing may be left.
/// </summary>
internal sealed class Http2Run : IDisposable
{
    private const long Patience = 120_000_000_000;
    private static readonly Lock WordsLock = new();

    private readonly SimulatedNetwork network;
    private readonly Dice dice;
    private readonly SharedWorld shared;
    private readonly Lane lane;
    private readonly Interleaving interleaving;
    private readonly RegionLease lease;
    private readonly StreamPlan[] plans;
    private readonly List<Http2ClientScript> clients = [];
    private readonly List<VandalScript> vandals = [];
    private readonly List<IDisposable> origins = [];
    private readonly int window;
    private readonly bool isHttp2Origin;

    private Http2Run(ulong seed)
    {
        dice = new Dice(seed);
        network = new SimulatedNetwork(seed, DrawFaults());
        window = dice.Of(1, 100, 16_384, 65_535, 1_000_000);
        isHttp2Origin = dice.Percent(60);
        CompiledConfiguration configuration = Compile(DrawText());
        lease = RegionLease.Begin();
        shared = new SharedWorld(configuration, 1, 200);
        TurnSequence.Prepare(configuration, shared);
        lane = MakeLane(configuration, dice.Next());
        lease.End();
        shared.Process.RunningThreads = 1;
        shared.WakeThread = _ => lane.Wake();
        interleaving = new Interleaving(network, [lane], dice.Fork(), dice.Percent(50) ? 0 : 100_000);
        plans = new StreamPlan[dice.Of(1, 3, 10, 40)];
        int bodyMax = window == 1 ? 300 : window == 100 || network.Faults.DeliveryBytesMax > 0 ? 5_000 : 100_000;
        for (int i = 0; i < plans.Length; i++) plans[i] = StreamPlan.Draw(i + 1, dice.Fork(), bodyMax, seed % 2 == 0);
    }

    /// <summary>Null, or what went wrong.</summary>
    public static string? Run(ulong seed)
    {
        using Http2Run run = new(seed);
        try
        {
            run.Play();
            return null;
        }
        catch (Exception fault)
        {
            return fault is SimulationFailure ? fault.Message : fault.ToString();
        }
    }

    private SimulatedFaults DrawFaults()
    {
        long delay = dice.Of(0L, 10_000L, 2_000_000L);
        return new SimulatedFaults
        {
            DelayMinNanoseconds = delay / 2,
            DelayMaxNanoseconds = delay,
            PipeBytes = dice.Of(3_000, 20_000, 256 * 1024),
            DeliveryBytesMax = dice.Of(0, 0, 0, 7, 100),
            ShortReadPerMille = dice.Of(0, 100, 500),
            ShortWritePerMille = dice.Of(0, 100, 500),
            FullPerMille = dice.Of(0, 0, 50),
            NoBuffersPerMille = dice.Of(0, 0, 20),
            LatePerMille = dice.Of(0, 50),
        };
    }

    private string DrawText()
    {
        List<string> tunes = [];
        if (dice.Percent(30)) tunes.Add($"tune.h2.initial-window-size {dice.Of(1, 300, 65_536)}");
        if (dice.Percent(30)) tunes.Add($"tune.h2.be.max-concurrent-streams {dice.Of(1, 3)}");
        if (dice.Percent(30)) tunes.Add($"tune.h2.fe.max-frames-at-once {dice.Of(1, 5)}");
        if (dice.Percent(30)) tunes.Add($"tune.h2.fe.rxbuf {dice.Of(1_000, 100_000)}");
        if (dice.Percent(20)) tunes.Add("tune.h2.zero-copy-fwd-send off");
        return $"global\n maxconn 200\n {string.Join("\n ", tunes)}\ndefaults\n mode http\n timeout connect 5s\n timeout client 40s\n"
            + " timeout server 40s\n retries 3\nfrontend f\n bind 127.0.0.1:8001 proto h2\n default_backend b\nbackend b\n"
            + $" http-reuse {dice.Of("always", "safe", "never", "aggressive")}\n"
            + $" server s 10.0.0.1:8002{(isHttp2Origin ? " proto h2" : "")}\n"
            + "frontend g\n bind 127.0.0.1:8003 proto h2\n http-request return status 200 unless { path /w }\n default_backend wild\n"
            + "backend wild\n server w 10.0.0.2:8004 proto h2\n";
    }

    private static CompiledConfiguration Compile(string text)
    {
        lock (WordsLock) WordFiles.Register();
        StringBuilder messages = new();
        Engine.Data.Configuration.Diagnostics diagnostics = new(message => messages.AppendLine(message.Text));
        ConfigurationFile file = new("simulated.cfg", Encoding.Latin1.GetBytes(text));
        CompiledConfiguration? compiled = ConfigurationLoader.Run([file], new Options(), diagnostics);
        if (compiled == null) throw new InvalidOperationException($"{text}\n{messages}");
        return compiled;
    }

    private Lane MakeLane(CompiledConfiguration configuration, ulong seed)
    {
        WorldSizes sizes = new(
            Connections: 700, Streams: 300, SmallBuffers: 5_000, StandardBuffers: 900, LargeBuffers: 24, Heads: 300);
        World world = new(configuration, shared, 0, sizes, seed)
        {
            LogBatch = new LogBatch(LogSockets.TargetsOf(configuration), 32 * 1024, 256),
            Dates = new LogDates(TimeZoneInfo.Utc),
            LogSenders = new LogSender[configuration.Proxies.Length],
        };
        Array.Fill(world.LogSenders, new LogSender { Tag = ByteView.Literal("sim"u8) });
        ServerTargets.Prepare(world);
        foreach (Listener listener in configuration.Listeners)
            world.Listeners[(uint)listener.Number].Fd = network.Listen(listener.Address);
        Lane made = new(world, new SimulatedKernel(network, world.Buffers), new Trace(network, 0));
        for (uint i = 0; i < configuration.Listeners.Length; i++) ArmAccept.Run(world, i);
        return made;
    }

    private void Play()
    {
        Dice originDice = dice.Fork();
        network.OpenOrigin(SocketAddress.Inet([10, 0, 0, 1], 8002)).Connected = peer =>
        {
            if (isHttp2Origin) origins.Add(new Http2OriginScript(network, peer, plans, originDice.Fork(), window));
            else _ = new PlainOriginScript(network, peer, plans, originDice.Fork());
        };
        Dice wild = dice.Fork();
        network.OpenOrigin(SocketAddress.Inet([10, 0, 0, 2], 8004)).Connected =
            peer => vandals.Add(new VandalScript(network, peer, wild.Fork(), isClient: false));
        for (int left = dice.Of(0, 1, 3); left > 0; left--) network.After(wild.Milliseconds(0, 20), () => Storm(wild.Fork()));
        int first = 0;
        for (int left = dice.Of(1, 2, 4); left > 0; left--)
        {
            int count = left == 1 ? plans.Length - first : (plans.Length - first) / left;
            if (count == 0) continue;
            StreamPlan[] part = plans[first..(first + count)];
            first += count;
            Dice own = dice.Fork();
            network.After(own.Milliseconds(0, 5), () =>
            {
                SimulatedPeer peer = network.ConnectClient(SocketAddress.Inet([127, 0, 0, 1], 8001));
                clients.Add(new Http2ClientScript(network, peer, part, own, window));
            });
        }
        RunUntil(() => first == plans.Length && AllOver(), "not everything was answered");
        RunUntil(() => shared.Process.Connections == 0, "clients are still there");
        shared.Inboxes[0].TryPost(new ThreadMessage { Kind = ThreadMessageKind.SoftStop });
        lane.Wake();
        RunUntil(() => lane.IsDone, "the thread does not stop");
        network.Run(1_000_000_000);
        CheckEmpty();
    }

    private void Storm(Dice own)
    {
        SimulatedPeer peer = network.ConnectClient(SocketAddress.Inet([127, 0, 0, 1], 8003));
        vandals.Add(new VandalScript(network, peer, own, isClient: true));
    }

    private bool AllOver()
    {
        foreach (StreamPlan plan in plans)
            if (!plan.IsOver) return false;
        return true;
    }

    private void RunUntil(Func<bool> isDone, string otherwise)
    {
        long limit = network.NowNanoseconds + Patience;
        while (!isDone())
        {
            interleaving.Step(limit);
            if (network.NowNanoseconds < limit && interleaving.Ticks < 3_000_000) continue;
            throw Stage.Fail($"{otherwise}: {WhoWaits()}");
        }
    }

    private string WhoWaits()
    {
        StringBuilder text = new();
        foreach (StreamPlan plan in plans)
        {
            if (!plan.IsOver)
                text.Append(CultureInfo.InvariantCulture, $"{plan.Id} ({plan.Method} {plan.BodyBytes}/{plan.AnswerBytes}, arrived {plan.Arrived}) ");
        }
        World world = lane.World;
        for (uint row = 0; row < world.Connections.RowsEverUsed; row++)
        {
            if (!world.Connections.IsTaken(row)) continue;
            text.Append(CultureInfo.InvariantCulture, $"; {row} {world.Connection[row].State} {world.Connection[row].Flags}");
            text.Append(CultureInfo.InvariantCulture, $" in {world.Connection[row].In.Length} out {world.Connection[row].Out.Length}");
        }
        return text.ToString();
    }

    private unsafe void CheckEmpty()
    {
        World world = lane.World;
        Check.That(world.Connections.Count == 0);
        Check.That(world.Streams.Count == 0);
        Check.That(world.Http2.Count == 0);
        Check.That(world.Heads.Lent == 0);
        Check.That(world.Buffers.Lent == lane.Kernel.BuffersHeld);
        Check.That(network.OpenDescriptors == 0);
        Check.That(shared.Server(0).Served == 0 && shared.Server(1).Served == 0);
        Check.That(world.Counters->Faults == 0);
    }

    public void Dispose()
    {
        foreach (Http2ClientScript client in clients) client.Dispose();
        foreach (IDisposable origin in origins) origin.Dispose();
        lane.Kernel.Dispose();
        lease.Dispose();
    }
}
