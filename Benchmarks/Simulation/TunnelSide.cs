using System;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>
/// One end of a tunnel or TCP session: sends its bytes, verifies those of the other side, ends as the plan says.
/// </summary>
internal sealed class TunnelSide(Stage stage, SimulatedPeer peer, Exchange exchange, bool isClient)
{
    private readonly TunnelPlan plan = exchange.Tunnel!;
    private readonly int sendDirection = isClient ? Pattern.ToServer : Pattern.ToClient;
    private readonly int readDirection = isClient ? Pattern.ToClient : Pattern.ToServer;
    private bool waitsForTime;

    /// <summary>Bytes of ours that were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes of the other side that came.</summary>
    public long Received { get; private set; }

    public bool SawEnd { get; private set; }

    public bool SawReset { get; private set; }

    public bool HasEnded { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>When something last moved here.</summary>
    public long LastMoveAt { get; private set; } = stage.Now;

    public bool IsBlocked { get; private set; }

    private int SendTotal => isClient ? plan.BytesToServer : plan.BytesToClient;

    private int ReadTotal => isClient ? plan.BytesToClient : plan.BytesToServer;

    private bool Stalls => !isClient && plan.ServerStallsAt >= 0 && Sent >= plan.ServerStallsAt;

    /// <summary>Bytes that came with what was read before the tunnel began.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        LastMoveAt = stage.Now;
        int difference = Pattern.FirstDifference(bytes, exchange.Id, readDirection, Received);
        if (difference >= 0)
            throw Stage.Fail($"exchange {exchange.Id}: wrong byte {Received + difference} of the tunnel to the {(isClient ? "client" : "server")}");
        Received += bytes.Length;
        if (Received > ReadTotal) throw Stage.Fail($"exchange {exchange.Id}: the tunnel carries more bytes than were sent");
        if (!isClient && plan.ServerResetsAt >= 0 && Received >= plan.ServerResetsAt) Reset();
    }

    /// <summary>The other side's end came.</summary>
    public void End(bool reset)
    {
        LastMoveAt = stage.Now;
        SawEnd = !reset;
        SawReset = reset;
        if (reset) Close();
        else Pump();
    }

    public void Pump()
    {
        while (!IsClosed && !waitsForTime && !HasEnded && !Stalls)
        {
            long left = SendTotal - Sent;
            if (!isClient && plan.ServerStallsAt >= 0) left = Math.Min(left, plan.ServerStallsAt - Sent);
            if (left == 0) break;
            int count = (int)Math.Min(Math.Min(left, plan.PieceMax), stage.Outgoing.Length);
            Span<byte> piece = stage.Outgoing.AsSpan(0, count);
            Pattern.Fill(piece, exchange.Id, sendDirection, Sent);
            int result = peer.Send(piece);
            IsBlocked = result == -Errno.Again;
            if (result < 0)
            {
                if (!IsBlocked) HasEnded = true; // what the reading side says of it comes by itself
                break;
            }
            Sent += result;
            LastMoveAt = stage.Now;
            stage.Moved();
            if (plan.PieceDelay > 0) Pause();
        }
        MaybeEnd();
    }

    public void Reset()
    {
        if (IsClosed) return;
        IsClosed = true;
        stage.Moved();
        peer.Reset();
    }

    private void Pause()
    {
        waitsForTime = true;
        stage.After(plan.PieceDelay, () =>
        {
            waitsForTime = false;
            Pump();
        });
    }

    private void MaybeEnd()
    {
        if (IsClosed || Stalls) return;
        bool mayEnd = isClient == plan.ClientEndsFirst || SawEnd;
        if (!HasEnded && Sent == SendTotal && mayEnd)
        {
            HasEnded = true;
            stage.Moved();
            peer.ShutdownSend();
        }
        if (HasEnded && SawEnd) Close();
    }

    private void Close()
    {
        if (IsClosed) return;
        IsClosed = true;
        peer.Close();
    }
}
