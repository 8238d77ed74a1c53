using System;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>A connection that an origin was given: reads requests, verifies them, answers as their plans say.</summary>
internal sealed class HttpOriginConnection
{
    private readonly Stage stage;
    private readonly ServerModel server;
    private readonly SimulatedPeer peer;
    private readonly MessageReader reader = new();
    private readonly int number;
    private Exchange? exchange;
    private Attempt? attempt;
    private AnswerPlan? plan;
    private TunnelSide? tunnel;
    private byte[] wire = [];
    private int sent;
    private bool isSending;
    private bool waitsForTime;
    private bool isDeaf;
    private bool isClosed;
    private int served;

    public HttpOriginConnection(Stage stage, ServerModel server, SimulatedPeer peer, int number)
    {
        this.stage = stage;
        this.server = server;
        this.peer = peer;
        this.number = number;
        peer.Changed = _ => Changed();
        stage.Trace.Add($"origin {server.Backend.Name}/{server.Name} #{number} connected");
    }

    private void Changed()
    {
        if (isClosed) return;
        ReadAll();
        Send();
        tunnel?.Pump();
        if (tunnel is { IsClosed: true }) isClosed = true;
    }

    private void ReadAll()
    {
        while (!isClosed && !isDeaf)
        {
            int count = peer.Read(stage.Scratch);
            if (count == -Errno.Again) return;
            if (count <= 0)
            {
                End(reset: count < 0);
                return;
            }
            if (attempt != null) attempt.LastMoveAt = stage.Now;
            Take(stage.Scratch.AsSpan(0, count));
        }
    }

    private void Take(ReadOnlySpan<byte> input)
    {
        while (!isClosed && !isDeaf)
        {
            if (tunnel != null)
            {
                tunnel.Take(input);
                return;
            }
            switch (reader.Read(ref input, out ReadOnlySpan<byte> piece))
            {
                case MessageEvent.More:
                    return;
                case MessageEvent.Head:
                    Begin();
                    break;
                case MessageEvent.Body:
                    Verify(piece);
                    break;
                case MessageEvent.Done when exchange is { Tunnel: not null } && !input.IsEmpty:
                    throw Stage.Fail($"exchange {exchange.Id}: bytes for a tunnel that is not open");
                case MessageEvent.Done:
                    if (attempt is { RequestComplete: false }) Complete();
                    if (exchange == null) break; // and the next request may begin
                    if (input.IsEmpty) return;
                    throw Stage.Fail($"server {server.Name}: bytes behind the request of exchange {exchange.Id} before its answer");
                default:
                    throw Stage.Fail($"server {server.Name} was sent a malformed request: {reader.StartLine}");
            }
        }
    }

    private void Begin()
    {
        exchange = stage.Find(reader.Find("x-id"))
            ?? throw Stage.Fail($"server {server.Name} was sent a request of nobody: {reader.StartLine}");
        attempt = stage.Oracle.RequestArrived(exchange, server, reader, served > 0);
        plan = exchange.PlanOf(attempt.Number);
        stage.Trace.Add($"origin {server.Name} #{number} got {reader.StartLine}, attempt {attempt.Number}: {plan.Kind}");
        served++;
        (BodyForm form, long length) = reader.Announced();
        reader.Expect(form, length);
        switch (plan.Kind)
        {
            case AnswerKind.CloseBefore:
                Close();
                break;
            case AnswerKind.ResetBefore:
                Reset();
                break;
            case AnswerKind.Deaf:
                isDeaf = true;
                break;
            case AnswerKind.Early or AnswerKind.EarlyClose:
                Answer();
                break;
            default:
                if (exchange.Expects && plan.Interims > 0 && plan.IsSound) SendInterims();
                break;
        }
    }

    private void Verify(ReadOnlySpan<byte> piece)
    {
        long offset = reader.BodyBytes - piece.Length;
        int difference = Pattern.FirstDifference(piece, exchange!.Id, Pattern.ToServer, offset);
        if (difference >= 0) throw Stage.Fail($"exchange {exchange.Id}: wrong byte {offset + difference} in the request's body");
        attempt!.BodyBytes = reader.BodyBytes;
    }

    private void Complete()
    {
        attempt!.RequestComplete = true;
        stage.Oracle.RequestComplete(exchange!, attempt, reader);
        stage.Trace.Add($"origin {server.Name} #{number} has all of {exchange!.Id}");
        if (plan!.Kind is AnswerKind.Never)
        {
            stage.Oracle.AwaitServerTimeout(exchange!, attempt);
            return;
        }
        if (plan.Kind is AnswerKind.Early or AnswerKind.EarlyClose)
        {
            if (attempt.AnswerComplete) Finish();
            return;
        }
        Attempt current = attempt;
        if (plan.Delay == 0) Answer();
        else
        {
            stage.After(plan.Delay, () =>
            {
                if (!isClosed && attempt == current) Answer();
            });
        }
    }

    /// <summary>Who expects 100 will not send its body before.</summary>
    private void SendInterims()
    {
        wire = System.Text.Encoding.Latin1.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
        sent = 0;
        isSending = true;
        Send();
    }

    private void Answer()
    {
        stage.Moved();
        AnswerPlan now = plan!;
        bool continued = exchange!.Expects && now.Interims > 0 && now.IsSound && now.Kind == AnswerKind.Whole;
        byte[] answer = (continued ? now with { Interims = 0 } : now).Write(exchange, server.Number, attempt!.Number);
        if (now.Kind is AnswerKind.Cut or AnswerKind.ResetInside or AnswerKind.Stall)
            answer = answer[..Math.Min(now.CutAt, answer.Length - 1)];
        byte[] unsent = isSending ? wire[sent..] : [];
        wire = [.. unsent, .. answer];
        sent = 0;
        isSending = true;
        attempt.AnswerStarted = true;
        Send();
    }

    private void Send()
    {
        while (isSending && !isClosed && !waitsForTime)
        {
            if (sent == wire.Length)
            {
                isSending = false;
                if (attempt is { AnswerStarted: true, AnswerComplete: false }) Sent();
                return;
            }
            int count = Math.Min(wire.Length - sent, plan!.PieceMax);
            int result = peer.Send(wire.AsSpan(sent, count));
            attempt!.IsBlocked = result == -Errno.Again;
            if (attempt.IsBlocked) return;
            attempt.LastMoveAt = stage.Now;
            if (result < 0)
            {
                isSending = false;
                return; // what the reading side says of it comes by itself
            }
            sent += result;
            stage.Moved();
            if (plan.PieceDelay > 0 && sent < wire.Length) Pause(plan.PieceDelay);
        }
    }

    private void Pause(long delay)
    {
        waitsForTime = true;
        stage.After(delay, () =>
        {
            waitsForTime = false;
            Send();
        });
    }

    /// <summary>The answer is out as far as it goes.</summary>
    private void Sent()
    {
        attempt!.AnswerComplete = true;
        stage.Trace.Add($"origin {server.Name} #{number} has answered {exchange!.Id}");
        switch (plan!.Kind)
        {
            case AnswerKind.Stall:
                return;
            case AnswerKind.ResetInside:
                Reset();
                return;
            case AnswerKind.EarlyClose or AnswerKind.Cut or AnswerKind.Garbage or AnswerKind.BadChunk
                or AnswerKind.HugeHead or AnswerKind.Surplus or AnswerKind.Unasked101:
                Close();
                return;
            default:
                if (attempt.RequestComplete) Finish();
                return;
        }
    }

    /// <summary>The exchange is over at this end.</summary>
    private void Finish()
    {
        if (exchange!.OpensTunnel(plan!.Status))
        {
            tunnel = new TunnelSide(stage, peer, exchange, isClient: false);
            stage.Oracle.Tunnels.Add((exchange, tunnel, false));
            tunnel.Pump();
            return;
        }
        AnswerPlan done = plan;
        attempt!.Ended = done.Closes;
        exchange = null;
        attempt = null;
        plan = null;
        reader.Restart();
        if (done.Closes)
        {
            Close();
            return;
        }
        if (done.IdleFor < 0) return;
        int uses = served;
        stage.After(done.IdleFor, () =>
        {
            if (isClosed || served != uses || !reader.IsIdle) return;
            stage.Moved();
            stage.Trace.Add($"origin {server.Name} #{number} closes idle");
            Close();
        });
    }

    private void End(bool reset)
    {
        stage.Trace.Add($"origin {server.Name} #{number} sees the {(reset ? "reset" : "end")}");
        if (attempt != null) attempt.Ended = true;
        if (tunnel != null)
        {
            tunnel.End(reset);
            return;
        }
        isClosed = true;
        peer.Close();
    }

    private void Close()
    {
        if (isClosed) return;
        isClosed = true;
        if (attempt != null) attempt.Ended = true;
        stage.Moved();
        stage.Trace.Add($"origin {server.Name} #{number} closes");
        peer.Close();
    }

    private void Reset()
    {
        if (isClosed) return;
        isClosed = true;
        if (attempt != null) attempt.Ended = true;
        stage.Moved();
        stage.Trace.Add($"origin {server.Name} #{number} resets");
        peer.Reset();
    }
}
