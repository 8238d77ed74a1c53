using System;
using System.Collections.Generic;
using System.Globalization;
using Engine.Data.Kernel;
using Engine.Runtime.Kernel.Simulated;

namespace Benchmarks.Simulation;

/// <summary>A client that sends its requests over one connection and verifies every byte that comes back.</summary>
internal sealed class HttpClientScript
{
    private readonly Stage stage;
    private readonly ClientPlan plan;
    private readonly SimulatedPeer peer;
    private readonly MessageReader reader = new();
    private readonly Queue<Exchange> unanswered = new();
    private readonly string host;
    private byte[] wire = [];
    private int sent;
    private int headLength;
    private int next;
    private Exchange? sending;
    private Exchange? answering;
    private int status;
    private bool isOwnAnswer;
    private TunnelSide? tunnel;
    private long bytesSent;
    private long bytesRead;
    private bool writesLater;
    private bool readsLater;
    private bool hasUnread;
    private long unreadSince;
    private long longestUnread;
    private bool hasStalled;
    private bool awaitsContinue;
    private bool mustEnd;
    private bool wasReset;
    private bool isDone;

    public HttpClientScript(Stage stage, ClientPlan plan, SimulatedPeer peer)
    {
        this.stage = stage;
        this.plan = plan;
        this.peer = peer;
        host = string.Create(CultureInfo.InvariantCulture, $"site.example:{plan.Port}");
        ConnectedAt = stage.Now;
        LastAnswerAt = stage.Now;
        peer.Changed = _ => Changed();
        stage.Trace.Add($"client {plan.Number} connects to {plan.Frontend.Name}:{plan.Port} from {peer.Address.Port}");
        stage.After(1, Changed);
    }

    public ClientPlan Plan => plan;

    public long ConnectedAt { get; }

    /// <summary>When the last answer was complete, else when it connected.</summary>
    public long LastAnswerAt { get; private set; }

    public long LastSentAt { get; private set; }

    /// <summary>The longest that passed between two pieces of the request it is sending, nanoseconds.</summary>
    public long LongestSilence { get; private set; }

    public int Answered { get; private set; }

    /// <summary>It has more to send and the connection takes nothing.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>The longest it has let bytes wait unread, nanoseconds.</summary>
    public long SlowestRead =>
        plan.End == ClientEnd.Vanishes && isDone ? long.MaxValue : Math.Max(plan.ReadDelay, longestUnread);

    public bool IsDone => isDone || tunnel is { IsClosed: true };

    /// <summary>The proxy has reason to close whenever it likes.</summary>
    public bool MayEnd { get; private set; }

    /// <summary>Whether something that it sent, or was about to send, may have been overtaken by the proxy's close.</summary>
    public bool HasSentSomething => bytesSent > 0;

    private void Changed()
    {
        Read();
        Write();
        tunnel?.Pump();
        if (tunnel is { IsClosed: true }) isDone = true;
    }

    private void Write()
    {
        while (!isDone && !writesLater && tunnel == null && !awaitsContinue)
        {
            if (sending == null && !BeginNext()) return;
            int end = sending!.Expects && sending.HeadSentAt == 0 ? headLength : wire.Length;
            int count = Math.Min(end - sent, plan.WriteMax);
            if (IsTooEarly(ref count)) return;
            int result = peer.Send(wire.AsSpan(sent, count));
            IsBlocked = result == -Errno.Again;
            if (IsBlocked) return;
            if (result < 0)
            {
                stage.Trace.Add($"client {plan.Number} cannot send: error {-result}");
                sending = null; // what the reading side says of it comes by itself, but a reset is told once
                wasReset = result == -Errno.ConnectionReset;
                mustEnd = true;
                return;
            }
            Account(result);
            if (MayEndEarly()) return;
            if (plan.WriteDelay > 0 && sending != null) WriteLater(plan.WriteDelay);
        }
    }

    private void Account(int count)
    {
        if (sent == 0 && sending!.StartedAt == 0) sending.StartedAt = stage.Now;
        if (sent > 0) LongestSilence = Math.Max(LongestSilence, stage.Now - LastSentAt);
        else LongestSilence = 0;
        sent += count;
        bytesSent += count;
        LastSentAt = stage.Now;
        stage.Moved();
        if (sent >= headLength && sending!.HeadSentAt == 0)
        {
            sending.HeadSentAt = stage.Now;
            awaitsContinue = sending.Expects && sent < wire.Length;
            if (awaitsContinue) GiveUpOnContinue(sending);
        }
        if (sent < wire.Length) return;
        sending!.SentAt = stage.Now;
        stage.Trace.Add($"client {plan.Number} has sent {sending.Id}");
        sending = null;
        if (plan.End == ClientEnd.HalfCloses && next == plan.Exchanges.Length && plan.Exchanges[^1].Tunnel == null)
        {
            stage.Trace.Add($"client {plan.Number} ends its half");
            peer.ShutdownSend();
        }
    }

    /// <summary>RFC 9110 section 10.1.1: not for ever.</summary>
    private void GiveUpOnContinue(Exchange exchange) =>
        stage.After(300_000_000, () =>
        {
            if (sending != exchange || !awaitsContinue) return;
            awaitsContinue = false;
            Write();
        });

    /// <summary>True when the client falls silent now; a piece ends where that is to happen.</summary>
    private bool IsTooEarly(ref int count)
    {
        if (hasStalled || plan.StallsAt < 0) return false;
        long left = plan.StallsAt - bytesSent;
        if (left > 0)
        {
            count = (int)Math.Min(count, left);
            return false;
        }
        hasStalled = true;
        stage.Trace.Add($"client {plan.Number} stalls for {plan.StallTime / 1_000_000} ms");
        WriteLater(plan.StallTime);
        return true;
    }

    private bool BeginNext()
    {
        if (next == plan.Exchanges.Length || unanswered.Count >= plan.Depth || mustEnd) return false;
        // Nothing is sent behind what may end or turn the connection, nor behind an announced end (RFC 9112 section 9.6).
        if (unanswered.TryPeek(out Exchange? first) && (first.Tunnel != null || first.Defect != RequestDefect.None)) return false;
        if (next > 0 && plan.Exchanges[next - 1].Closes) return false;
        Exchange exchange = plan.Exchanges[next++];
        byte[] head = exchange.WriteHead(host);
        headLength = head.Length;
        wire = [.. head, .. exchange.WriteBody()];
        sent = 0;
        sending = exchange;
        unanswered.Enqueue(exchange);
        return true;
    }

    private void WriteLater(long delay)
    {
        writesLater = true;
        stage.After(delay, () =>
        {
            writesLater = false;
            Write();
        });
    }

    private void Read()
    {
        while (!isDone && !readsLater)
        {
            if (!hasUnread) unreadSince = stage.Now;
            longestUnread = Math.Max(longestUnread, stage.Now - unreadSince);
            int count = peer.Read(stage.Scratch.AsSpan(0, Math.Min(plan.ReadMax, stage.Scratch.Length)));
            hasUnread = count != -Errno.Again;
            if (!hasUnread) return;
            if (count <= 0)
            {
                End(wasReset ? -Errno.ConnectionReset : count);
                return;
            }
            bytesRead += count;
            Take(stage.Scratch.AsSpan(0, count));
            if (MayEndEarly()) return;
            if (plan.ReadDelay > 0) ReadLater();
        }
    }

    private void ReadLater()
    {
        readsLater = true;
        stage.After(plan.ReadDelay, () =>
        {
            readsLater = false;
            Changed();
        });
    }

    private void Take(ReadOnlySpan<byte> input)
    {
        while (!isDone)
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
                    BeginAnswer();
                    break;
                case MessageEvent.Body:
                    if (!isOwnAnswer) stage.Oracle.VerifyAnswerBody(answering!, piece, reader.BodyBytes - piece.Length);
                    break;
                case MessageEvent.Done:
                    if (answering == null) return;
                    EndAnswer();
                    if (input.IsEmpty) return;
                    break;
                default:
                    throw Stage.Fail($"client {plan.Number} was sent a malformed answer: {reader.StartLine}");
            }
        }
    }

    private void BeginAnswer()
    {
        string[] words = reader.StartLine.Split(' ', 3);
        status = words.Length == 3 && words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            ? int.Parse(words[1], CultureInfo.InvariantCulture)
            : throw Stage.Fail($"client {plan.Number} was sent a malformed answer: {reader.StartLine}");
        answering = unanswered.Count > 0 ? unanswered.Peek() : null;
        stage.Trace.Add($"client {plan.Number} reads {status} for {answering?.Id}");
        isOwnAnswer = reader.Find("x-id") == null && status is not (>= 100 and < 200);
        stage.Oracle.AnswerBegins(this, answering, status, reader);
        if (status is >= 100 and < 200 and not 101)
        {
            if (status == 100 && answering == sending) awaitsContinue = false;
            answering = null;
            reader.Restart();
            return;
        }
        bool bodiless = status is 101 or 204 or 304 || answering is { Method: "HEAD" }
            || (answering is { IsConnect: true } && status is >= 200 and < 300);
        (BodyForm form, long length) = bodiless ? (BodyForm.None, 0) : reader.Announced();
        if (!bodiless && form == BodyForm.None) form = BodyForm.UntilClose;
        // Who was refused before the method was read cannot be told HEAD's answer: it closes, and what comes is no matter.
        if (answering is { Method: "HEAD" } && isOwnAnswer && Closes()) form = BodyForm.UntilClose;
        reader.Expect(form, length);
    }

    private void EndAnswer()
    {
        Exchange? exchange = answering;
        answering = null;
        Answered++;
        LastAnswerAt = stage.Now;
        awaitsContinue = false;
        bool closes = Closes();
        if (exchange != null)
        {
            unanswered.Dequeue();
            exchange.IsAnswered = true;
            // Answered before all of it had arrived: the proxy may have to close.
            MayEnd |= exchange.Form != BodyForm.None && (exchange.SentAt == 0 || stage.Now - exchange.SentAt < stage.Latency);
            stage.Oracle.AnswerComplete(this, exchange, status, reader);
            if (!isOwnAnswer && exchange.OpensTunnel(status))
            {
                tunnel = new TunnelSide(stage, peer, exchange, isClient: true);
                stage.Oracle.Tunnels.Add((exchange, tunnel, true));
                return;
            }
        }
        reader.Restart();
        // Answered before it was sent: the proxy has to close, or it has just had the rest and goes on.
        if (closes || exchange == null || sending == exchange)
        {
            mustEnd = true;
            return;
        }
        if (next == plan.Exchanges.Length && unanswered.Count == 0) AllAnswered();
        else if (plan.ThinkTime > 0 && sending == null && !writesLater) WriteLater(plan.ThinkTime);
    }

    private bool Closes()
    {
        string? said = reader.Find("connection");
        if (said == "close" || reader.EndsByClose) return true;
        return reader.StartLine.StartsWith("HTTP/1.0", StringComparison.Ordinal) && said != "keep-alive";
    }

    private void AllAnswered()
    {
        if (plan.End is not (ClientEnd.Closes or ClientEnd.Leaves or ClientEnd.Resets)) return;
        Leave(reset: false);
    }

    private bool MayEndEarly()
    {
        if (!plan.EndsEarly || isDone || bytesSent + bytesRead < plan.EndsAt) return false;
        if (plan.End == ClientEnd.Vanishes)
        {
            stage.Trace.Add($"client {plan.Number} vanishes");
            stage.Moved();
            isDone = true;
        }
        else Leave(plan.End == ClientEnd.Resets);
        return true;
    }

    private void Leave(bool reset)
    {
        if (isDone) return;
        isDone = true;
        stage.Moved();
        stage.Trace.Add($"client {plan.Number} {(reset ? "resets" : "closes")}");
        if (reset) peer.Reset();
        else peer.Close();
    }

    /// <summary>The proxy's end, a reset or a refused connect.</summary>
    private void End(int result)
    {
        stage.Trace.Add($"client {plan.Number} sees {(result == 0 ? "the end" : $"error {-result}")}");
        if (tunnel != null)
        {
            tunnel.End(reset: result < 0);
            if (tunnel.IsClosed) isDone = true;
            return;
        }
        isDone = true;
        if (answering != null && reader.EndsByClose && result == 0)
        {
            Exchange exchange = unanswered.Dequeue();
            exchange.IsAnswered = true;
            stage.Oracle.AnswerComplete(this, exchange, status, reader);
            answering = null;
            mustEnd = true;
        }
        if (answering != null)
        {
            stage.Oracle.AnswerBroken(this, unanswered.Dequeue(), result, reader);
            mustEnd = true;
        }
        stage.Oracle.ClientEnded(this, result, [.. unanswered], mustEnd);
        peer.Close();
    }
}
