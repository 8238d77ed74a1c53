using System;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>A client of a TCP frontend: a line that says whose session it is, then bytes both ways.</summary>
internal sealed class TcpClientScript
{
    private readonly Stage stage;
    private readonly ClientPlan plan;
    private readonly SimulatedPeer peer;
    private readonly byte[] line;
    private readonly TunnelSide tunnel;
    private int lineSent;
    private bool readsLater;
    private bool isDone;

    public TcpClientScript(Stage stage, ClientPlan plan, SimulatedPeer peer)
    {
        this.stage = stage;
        this.plan = plan;
        this.peer = peer;
        Exchange exchange = plan.Exchanges[0];
        exchange.StartedAt = stage.Now;
        line = TcpOriginConnection.Line(exchange.Id);
        tunnel = new TunnelSide(stage, peer, exchange, isClient: true);
        stage.Oracle.Tunnels.Add((exchange, tunnel, true));
        peer.Changed = _ => Changed();
        stage.Trace.Add($"client {plan.Number} connects to {plan.Frontend.Name} from {peer.Address.Port}, session {exchange.Id}");
        stage.After(1, Changed);
    }

    /// <summary>A pause that ends may close the tunnel by itself, without a change of the connection.</summary>
    public bool IsDone => isDone || tunnel.IsClosed;

    public ClientPlan Plan => plan;

    private void Changed()
    {
        if (isDone) return;
        Read();
        Write();
        if (tunnel.IsClosed) isDone = true;
    }

    private void Write()
    {
        while (!isDone && lineSent < line.Length)
        {
            int result = peer.Send(line.AsSpan(lineSent));
            if (result < 0) return;
            lineSent += result;
            stage.Moved();
        }
        if (isDone || EndsEarly()) return;
        tunnel.Pump();
    }

    private void Read()
    {
        while (!isDone && !readsLater)
        {
            int count = peer.Read(stage.Scratch.AsSpan(0, Math.Min(plan.ReadMax, stage.Scratch.Length)));
            if (count == -Errno.Again) return;
            if (count <= 0)
            {
                stage.Trace.Add($"client {plan.Number} sees {(count == 0 ? "the end" : $"error {-count}")}");
                tunnel.End(reset: count < 0);
                if (count < 0) isDone = true;
                return;
            }
            tunnel.Take(stage.Scratch.AsSpan(0, count));
            if (EndsEarly()) return;
            if (plan.ReadDelay <= 0) continue;
            readsLater = true;
            stage.After(plan.ReadDelay, () =>
            {
                readsLater = false;
                Changed();
            });
        }
    }

    private bool EndsEarly()
    {
        if (!plan.EndsEarly || tunnel.Sent + tunnel.Received < plan.EndsAt) return false;
        isDone = true;
        stage.Moved();
        stage.Trace.Add($"client {plan.Number}: {plan.End}");
        if (plan.End == ClientEnd.Resets) tunnel.Reset();
        else if (plan.End == ClientEnd.Leaves) peer.Close();
        return true;
    }
}
