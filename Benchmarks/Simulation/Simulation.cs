using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
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
using Engine.Systems.Health;

namespace Benchmarks.Simulation;

/// <summary>
/// One run of the real worker and pipeline over the simulated kernel: the seed draws configuration, network, clients and
/// origins; the oracle watches. The same seed makes the same run.
/// </summary>
public sealed class Simulation
{
    /// <summary>An engine that needs more turns in circles.</summary>
    private const long TicksMax = 3_000_000;

    private const int TraceLines = 400;
    private static readonly Lock WordsLock = new();

    private readonly Scenario scenario;
    private readonly Stage stage;
    private readonly SharedWorld shared;
    private readonly Lane[] lanes;
    private readonly Audit audit;
    private readonly Interleaving interleaving;
    private readonly List<HttpClientScript> httpClients = [];
    private readonly List<TcpClientScript> tcpClients = [];
    private readonly RegionLease lease;
    private int originConnections;

    private Simulation(ulong seed, int traceLines)
    {
        scenario = new Scenario(seed);
        CompiledConfiguration configuration = Compile(scenario.Configuration);
        stage = new Stage(scenario, configuration, traceLines);
        lease = RegionLease.Begin();
        shared = new SharedWorld(configuration, scenario.Configuration.Threads, (uint)configuration.Globals.MaxConnections);
        TurnSequence.Prepare(configuration, shared);
        lanes = new Lane[shared.Threads];
        for (int i = 0; i < lanes.Length; i++) lanes[i] = MakeLane(configuration, i);
        lease.End();
        shared.Process.RunningThreads = lanes.Length;
        shared.WakeThread = thread => lanes[thread].Wake();
        audit = new Audit(configuration, shared, lanes);
        interleaving = new Interleaving(stage.Network, lanes, scenario.Scheduling, scenario.JitterMax);
    }

    /// <summary>Runs a seed; one that fails is run again to tell what happened.</summary>
    public static SimulationResult Run(ulong seed)
    {
        SimulationResult result = Run(seed, 0);
        return result.Failure == null ? result : Run(seed, TraceLines);
    }

    /// <summary>Runs a seed and keeps so many of its last events.</summary>
    public static SimulationResult Run(ulong seed, int traceLines)
    {
        Simulation simulation = new(seed, traceLines);
        string? failure = null;
        try
        {
            simulation.Play();
        }
        catch (Exception fault)
        {
            failure = fault is SimulationFailure ? fault.Message : fault.ToString();
        }
        finally
        {
            foreach (Lane lane in simulation.lanes) lane.Kernel.Dispose();
            simulation.lease.Dispose();
        }
        return simulation.Result(failure);
    }

    private static CompiledConfiguration Compile(ConfigurationPlan plan)
    {
        lock (WordsLock) WordFiles.Register();
        StringBuilder messages = new();
        Engine.Data.Configuration.Diagnostics diagnostics = new(message => messages.AppendLine(message.Text));
        ConfigurationFile file = new("simulated.cfg", Encoding.Latin1.GetBytes(plan.Text));
        CompiledConfiguration? compiled = ConfigurationLoader.Run([file], new Options(), diagnostics);
        if (compiled == null) throw new InvalidOperationException($"{plan.Text}\n{messages}");
        foreach (Proxy proxy in compiled.Proxies)
        {
            foreach (FrontendModel frontend in plan.Frontends)
                if (frontend.Name == proxy.Name) frontend.Number = proxy.Number;
            foreach (BackendModel backend in plan.Backends)
                if (backend.Name == proxy.Name) backend.Number = proxy.Number;
        }
        return compiled;
    }

    /// <summary>As the service makes its threads' worlds, small.</summary>
    private Lane MakeLane(CompiledConfiguration configuration, int number)
    {
        uint clients = shared.ConnectionsMax;
        WorldSizes sizes = new(
            Connections: (clients * 2) + 64,
            Streams: clients + 16,
            SmallBuffers: scenario.IsShortOfBuffers ? (clients * 4) + 64 : (clients * 4) + 4096,
            StandardBuffers: (clients * 4) + 32,
            LargeBuffers: Math.Min((clients * 2) + 2, 24),
            Heads: clients + 16);
        World world = new(configuration, shared, number, sizes, scenario.WorldSeed + (ulong)number)
        {
            LogBatch = new LogBatch(LogSockets.TargetsOf(configuration), 32 * 1024, 256),
            Dates = new LogDates(TimeZoneInfo.Utc),
            LogSenders = new LogSender[configuration.Proxies.Length],
        };
        Array.Fill(world.LogSenders, new LogSender { Tag = ByteView.Literal("sim"u8) });
        ServerTargets.Prepare(world);
        foreach (Listener listener in configuration.Listeners)
            world.Listeners[(uint)listener.Number].Fd = stage.Network.Listen(listener.Address);
        Lane lane = new(world, new SimulatedKernel(stage.Network, world.Buffers), stage.Trace);
        for (uint i = 0; i < configuration.Listeners.Length; i++) ArmAccept.Run(world, i);
        return lane;
    }

    private void Play()
    {
        foreach (BackendModel backend in scenario.Configuration.Backends)
            foreach (ServerModel server in backend.Servers) OpenOrigin(server);
        foreach (ClientPlan client in scenario.Clients) stage.After(client.StartsAt, () => Connect(client));
        if (scenario.PauseAt >= 0)
        {
            stage.After(scenario.PauseAt, () => Post(ThreadMessageKind.Pause));
            stage.After(scenario.PauseAt + 100_000_000, () => Post(ThreadMessageKind.Resume));
        }
        if (scenario.ServersChange)
        {
            foreach (BackendModel backend in scenario.Configuration.Backends)
                foreach (ServerModel server in backend.Servers) Change(server.Number, scenario.ServerChanges.Fork());
        }
        if (scenario.SoftStopAt >= 0) stage.After(scenario.SoftStopAt, SoftStop);
        RunClients();
        long settled = stage.Now + 1_000_000_000; // what the engine sent before its end still arrives
        while (stage.Now < settled) Advance(settled);
        stage.Oracle.JudgeTunnels();
        RunToTheEnd();
    }

    private void OpenOrigin(ServerModel server)
    {
        string[] parts = server.Address.Split('.');
        byte[] address = Array.ConvertAll(parts, byte.Parse);
        SimulatedOrigin origin = stage.Network.OpenOrigin(SocketAddress.Inet(address, server.Port));
        origin.Connected = peer =>
        {
            if (server.Backend.IsTcp) _ = new TcpOriginConnection(stage, server, peer);
            else _ = new HttpOriginConnection(stage, server, peer, ++originConnections);
        };
        if (server.MayFail) Live(server, origin, scenario.ServerLife.Fork());
    }

    /// <summary>A server that goes and comes back.</summary>
    private void Live(ServerModel server, SimulatedOrigin origin, Dice dice)
    {
        origin.Refuses = dice.Percent(server.RefusesPercent);
        origin.IsSilent = dice.Percent(server.SilentPercent);
        if (stage.Now - stage.StartedAt < 5_000_000_000)
            stage.After(dice.Milliseconds(5, 400), () => Live(server, origin, dice));
    }

    /// <summary>What an administrator and checks do to a server, on any thread.</summary>
    private void Change(int server, Dice dice)
    {
        stage.After(dice.Milliseconds(0.5, 150), () =>
        {
            Action<World> change = dice.Between(0, 8) switch
            {
                0 => world => ChangeServer.Admin(world, server, ServerAdmin.ForcedMaintenance, ServerAdmin.None),
                1 => world => ChangeServer.Admin(world, server, ServerAdmin.ForcedDrain, ServerAdmin.None),
                2 => world => ChangeServer.Operation(world, server, ServerOperation.Stopped, ""),
                3 => world => ChangeServer.Weight(world, server, 0),
                4 => world => ChangeServer.Weight(world, server, 20),
                5 => world => ChangeServer.Limit(world, server, 3),
                6 => world => ChangeServer.Limit(world, server, 1),
                7 => world => ChangeServer.Operation(world, server, ServerOperation.Running, ""),
                _ => world => ChangeServer.Admin(
                    world, server, ServerAdmin.None, ServerAdmin.ForcedMaintenance | ServerAdmin.ForcedDrain),
            };
            int thread = dice.Between(0, lanes.Length - 1);
            shared.Orders[thread].Enqueue(change);
            shared.Inboxes[thread].TryPost(new ThreadMessage { Kind = ThreadMessageKind.Order });
            lanes[thread].Wake();
            if (stage.Now - stage.StartedAt < 3_000_000_000) Change(server, dice);
        });
    }

    private void Connect(ClientPlan plan)
    {
        stage.Moved();
        SimulatedPeer peer = stage.Network.ConnectClient(SocketAddress.Inet([127, 0, 0, 1], plan.Port));
        if (plan.Session != null) tcpClients.Add(new TcpClientScript(stage, plan, peer));
        else httpClients.Add(new HttpClientScript(stage, plan, peer));
    }

    /// <summary>Until no client is connected and none will come, or longer than everything may take.</summary>
    private void RunClients()
    {
        long lastStart = stage.StartedAt;
        foreach (ClientPlan client in scenario.Clients)
            lastStart = Math.Max(lastStart, stage.StartedAt + client.StartsAt + 10_000_000);
        long patience = Patience();
        while (true)
        {
            long limit = Math.Max(stage.LastMoveAt, lastStart) + patience;
            Advance(limit);
            if (stage.Now > lastStart && shared.Process.Connections == 0 && !AnyClientLeft()) return;
            if (stage.Now >= Math.Max(stage.LastMoveAt, lastStart) + patience) throw Stage.Fail($"nothing moved for {patience / 1_000_000_000} s and clients are still there: {WhoIsLeft()}");
        }
    }

    private bool AnyClientLeft()
    {
        foreach (HttpClientScript client in httpClients)
            if (!client.IsDone) return true;
        foreach (TcpClientScript client in tcpClients)
            if (!client.IsDone) return true;
        foreach (Lane lane in lanes)
            if (lane.World.Streams.Count > 0 || lane.World.HeldOldest != Table.NoRow) return true;
        return false;
    }

    /// <summary>Soft stop, then idle connections, streams, buffers, descriptors: all of it back.</summary>
    private void RunToTheEnd()
    {
        long limit = stage.Now + 120_000_000_000;
        bool purges = scenario.WorldSeed % 2 == 0;
        while (purges && IdleConnections() > 0)
        {
            Advance(limit);
            if (stage.Now >= limit) throw Stage.Fail($"{IdleConnections()} idle connections are never purged");
        }
        SoftStop();
        limit = stage.Now + 60_000_000_000;
        while (!AllDone())
        {
            Advance(limit);
            if (stage.Now >= limit) throw Stage.Fail($"the threads do not stop: {WhoIsLeft()}");
        }
        stage.Network.Run(1_000_000_000);
        audit.Run(isQuiet: true);
        foreach (Lane lane in lanes) CheckEmpty(lane);
        CheckSharedEmpty();
    }

    private void Advance(long until)
    {
        if (interleaving.Step(until)) audit.Run(interleaving.IsQuiet);
        if (interleaving.Ticks > TicksMax) throw Stage.Fail($"the engine turns in circles: {interleaving.Ticks} ticks");
    }

    private void SoftStop()
    {
        if (stage.StoppedAt != long.MaxValue) return;
        stage.StoppedAt = stage.Now;
        stage.Trace.Add($"soft stop");
        Post(ThreadMessageKind.SoftStop);
    }

    private void Post(ThreadMessageKind kind)
    {
        stage.Moved();
        for (int i = 0; i < lanes.Length; i++)
        {
            shared.Inboxes[i].TryPost(new ThreadMessage { Kind = kind });
            lanes[i].Wake();
        }
    }

    private bool AllDone()
    {
        foreach (Lane lane in lanes)
            if (!lane.IsDone) return false;
        return true;
    }

    private int IdleConnections()
    {
        int count = 0;
        foreach (Lane lane in lanes) count += lane.World.IdleServerConnections;
        return count;
    }

    /// <summary>Longer than any chain of the configuration's timeouts, for every client and request.</summary>
    private long Patience()
    {
        long sum = 10_000;
        foreach (Proxy proxy in stage.Configuration.Proxies)
        {
            ref ProxyTimeouts timeouts = ref proxy.Timeouts;
            sum += ((long)timeouts.ConnectMs + 1000) * (proxy.Retries + 1);
            sum += timeouts.QueueMs + timeouts.ServerMs + timeouts.ClientMs + timeouts.HttpRequestMs
                + timeouts.HttpKeepAliveMs + timeouts.TunnelMs + timeouts.ClientFinMs + timeouts.ServerFinMs;
        }
        return sum * (scenario.Clients.Count + 1) * 1_000_000;
    }

    private string WhoIsLeft()
    {
        StringBuilder text = new();
        foreach (HttpClientScript client in httpClients)
            if (!client.IsDone) text.Append($" client {client.Plan.Number}");
        foreach (TcpClientScript client in tcpClients)
            if (!client.IsDone) text.Append($" client {client.Plan.Number}");
        foreach (Lane lane in lanes)
        {
            World world = lane.World;
            for (uint i = 0; i < stage.Configuration.Listeners.Length; i++)
            {
                ref ListenerState state = ref world.Listeners[i];
                if (state.Held || !state.Armed) text.Append($"; thread {world.Thread} listener {i} armed {state.Armed} held {state.Held}");
            }
            for (uint row = 0; row < world.Connections.RowsEverUsed; row++)
            {
                if (!world.Connections.IsTaken(row)) continue;
                text.Append($"; thread {world.Thread} connection {row} {world.Connection[row].State} {world.Connection[row].Flags}");
                uint number = world.Connection[row].Stream;
                if (number != Table.NoRow) text.Append($" stream {number} {world.Stream[number].State} {world.Stream[number].Flags}");
            }
        }
        return text.ToString();
    }

    private static void CheckEmpty(Lane lane)
    {
        World world = lane.World;
        string thread = $"thread {world.Thread} ended with";
        if (world.Connections.Count != 0) throw Stage.Fail($"{thread} {world.Connections.Count} connections");
        if (world.Streams.Count != 0) throw Stage.Fail($"{thread} {world.Streams.Count} streams");
        if (world.Heads.Lent != 0) throw Stage.Fail($"{thread} {world.Heads.Lent} heads lent");
        if (world.Buffers.Lent != lane.Kernel.BuffersHeld) throw Stage.Fail($"{thread} {world.Buffers.Lent} buffers lent");
        if (world.Wheel.NextDelayMs(world.NowMs) >= 0) throw Stage.Fail($"{thread} a timer set");
    }

    private void CheckSharedEmpty()
    {
        foreach (Server server in stage.Configuration.Servers)
            if (shared.Server(server.Number).Served != 0) throw Stage.Fail($"server {server.Name} ended with slots taken");
        if (stage.Network.OpenDescriptors != 0) throw Stage.Fail($"{stage.Network.OpenDescriptors} descriptors stayed open");
        uint waiters = 0;
        while (shared.Waiters.Take() != 0) waiters++;
        if (waiters != shared.ConnectionsMax) throw Stage.Fail($"{shared.ConnectionsMax - waiters} queue entries were lost");
    }

    private SimulationResult Result(string? failure)
    {
        ulong digest = stage.Network.Fingerprint;
        foreach (Exchange exchange in scenario.Exchanges)
        {
            foreach (char letter in exchange.Outcome) digest = (digest ^ letter) * 1099511628211;
            digest = (digest ^ (ulong)exchange.Attempts.Count) * 1099511628211;
        }
        List<string> report = [];
        if (failure != null)
        {
            report.Add(scenario.Configuration.Text);
            report.Add(scenario.Faults.ToString());
            foreach (ClientPlan client in scenario.Clients) report.Add(client.ToString());
            report.AddRange(stage.Trace.Lines);
        }
        Oracle oracle = stage.Oracle;
        return new SimulationResult(
            scenario.Seed, digest, failure, report, oracle.Relayed, oracle.Own, oracle.Unanswered, oracle.Tunnels.Count,
            interleaving.Ticks, (stage.Now - stage.StartedAt) / 1e9);
    }
}
