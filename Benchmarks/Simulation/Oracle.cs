using System;
using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Benchmarks.Simulation;

/// <summary>
/// Says what must not be. Every request is answered once, by a server that may answer it or with an error that the
/// situation allows; every byte is the one that was sent; nothing that changes something is done twice.
/// </summary>
internal sealed class Oracle(Stage stage)
{
    private readonly OwnAnswers ownAnswers = new(stage);

    /// <summary>Every side of every tunnel and TCP session.</summary>
    public List<(Exchange Exchange, TunnelSide Side, bool IsClient)> Tunnels { get; } = [];

    /// <summary>Answers that came from origins, whole.</summary>
    public int Relayed { get; private set; }

    /// <summary>Answers of the proxy's own.</summary>
    public int Own { get; private set; }

    /// <summary>Requests that a connection's end left without an answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>A request's head came to a server.</summary>
    public Attempt RequestArrived(Exchange exchange, ServerModel server, MessageReader reader, bool onUsedConnection)
    {
        Check(exchange, server.Backend == exchange.Backend, $"went to server {server.Name} of another backend");
        CheckServer(exchange, server);
        string line = exchange.IsConnect ? $"CONNECT site.example" : $"{exchange.Method} /{exchange.Id} HTTP/1.";
        Check(exchange, reader.StartLine.StartsWith(line, StringComparison.Ordinal), $"arrived as {reader.StartLine}");
        Check(
            exchange, exchange.Defect is RequestDefect.None or RequestDefect.BadChunk, $"is malformed and arrived all the same");
        int count = exchange.Attempts.Count;
        if (count > 0) CheckRepetition(exchange, exchange.Attempts[^1]);
        Attempt attempt = new(count, server.Number, onUsedConnection, stage.Now);
        exchange.Attempts.Add(attempt);
        return attempt;
    }

    /// <summary>A request arrived to its last byte.</summary>
    public void RequestComplete(Exchange exchange, Attempt attempt, MessageReader reader)
    {
        Check(
            exchange, reader.BodyBytes == exchange.BodyBytes,
            $"arrived with {reader.BodyBytes} bytes of body instead of {exchange.BodyBytes}");
        bool hasTrailer = exchange is { Form: BodyForm.Chunked, HasTrailer: true, Defect: RequestDefect.None };
        if (hasTrailer && reader.Announced().Form == BodyForm.Chunked)
        {
            Check(
                exchange, reader.Trailers.Count == 1 && reader.Trailers[0] == $"x-sum: {exchange.Id}",
                $"lost its trailer on attempt {attempt.Number}");
        }
    }

    public void SessionArrived(Exchange exchange, ServerModel server)
    {
        Check(exchange, server.Backend == exchange.Backend, $"went to server {server.Name} of another backend");
        CheckServer(exchange, server);
        Check(exchange, exchange.Attempts.Count == 0, "reached a server twice");
        exchange.Attempts.Add(new Attempt(0, server.Number, false, stage.Now));
    }

    /// <summary>A server that says nothing must be given up in time.</summary>
    public void AwaitServerTimeout(Exchange exchange, Attempt attempt)
    {
        uint limit = stage.BackendOf(exchange).Timeouts.ServerMs;
        long patience = (limit * 1_000_000L) + stage.Latency + 100_000_000;
        long arrivedAt = stage.Now;
        stage.After(patience, () =>
        {
            bool goesOn = !attempt.Ended && !exchange.IsAnswered;
            // Whatever the client goes on sending sets the time anew.
            if (goesOn && exchange.SentAt != 0 && exchange.SentAt < arrivedAt && !stage.Scenario.IsUnfair)
                Check(exchange, exchange.Outcome.Length > 0, $"still waits for its server after {patience / 1_000_000} ms");
        });
    }

    /// <summary>The head of an answer came to a client.</summary>
    public void AnswerBegins(HttpClientScript client, Exchange? exchange, int status, MessageReader reader)
    {
        if (exchange == null)
        {
            CheckUnasked(client, status);
            return;
        }
        if (status is >= 100 and < 200 and not 101)
        {
            CheckInterim(exchange, status, reader);
            return;
        }
        if (reader.Find("x-id") is not { } id)
        {
            if (ownAnswers.WhyNot(client, exchange, status) is { } reason)
                Check(exchange, false, $"was answered {status} by the proxy, {reason}");
            return;
        }
        Check(exchange, id == $"{exchange.Id}", $"was given the answer to {id}");
        Attempt? attempt = exchange.LastAttempt;
        Check(exchange, attempt is { AnswerStarted: true }, "was given an answer that no server sent");
        AnswerPlan plan = exchange.PlanOf(attempt!.Number);
        Check(exchange, reader.Find("x-server") == $"{attempt.Server}", "was given the answer of another server");
        Check(exchange, reader.Find("x-attempt") == $"{attempt.Number}", "was given the answer to an earlier attempt");
        Check(exchange, plan.Kind != AnswerKind.Unasked101 && status == plan.Status, $"was answered {status} instead of {plan.Status}");
    }

    public void VerifyAnswerBody(Exchange exchange, ReadOnlySpan<byte> piece, long offset)
    {
        int difference = Pattern.FirstDifference(piece, exchange.Id, Pattern.ToClient, offset);
        if (difference >= 0) Check(exchange, false, $"got a wrong byte at {offset + difference} of its answer's body");
    }

    /// <summary>An answer came to its last byte.</summary>
    public void AnswerComplete(HttpClientScript client, Exchange exchange, int status, MessageReader reader)
    {
        if (reader.Find("x-id") == null)
        {
            Own++;
            End(client, exchange, $"own {status}");
            return;
        }
        AnswerPlan plan = exchange.LastPlan!;
        long expected = exchange.HasAnswerBody(plan) ? plan.BodyBytes : 0;
        bool cutByClose = plan.Form == BodyForm.UntilClose && plan.Kind == AnswerKind.Cut;
        bool whole = reader.BodyBytes == expected || (cutByClose && reader.BodyBytes < expected);
        Check(exchange, whole, $"got {reader.BodyBytes} bytes of body that seem whole, instead of {expected}");
        Relayed++;
        End(client, exchange, $"relayed {status}");
    }

    /// <summary>An answer ended before its last byte.</summary>
    public void AnswerBroken(HttpClientScript client, Exchange exchange, int result, MessageReader reader)
    {
        _ = reader;
        bool isOvertaken = result < 0 && OwnAnswers.ALaterAnswerBreaksOff(client, exchange);
        if (!isOvertaken && !MayBreakOff(client, exchange))
            Check(exchange, false, $"got half an answer, then {(result == 0 ? "the end" : "a reset")}");
        Unanswered++;
        End(client, exchange, "broken");
    }

    /// <summary>The proxy ended a client's connection.</summary>
    public void ClientEnded(HttpClientScript client, int result, Exchange[] unanswered, bool wasToEnd)
    {
        foreach (Exchange exchange in unanswered)
        {
            if (!wasToEnd && ownAnswers.WhyNotSilent(client, exchange, result) is { } reason)
                Check(exchange, false, $"got {(result == 0 ? "the end" : $"error {-result}")} instead of an answer, {reason}");
            Unanswered++;
            End(client, exchange, "unanswered");
            wasToEnd = true; // what was behind it is lost with it
        }
        if (unanswered.Length == 0 && !wasToEnd) CheckIdleEnd(client);
    }

    /// <summary>All is over: tunnels must have carried everything that both sides let them.</summary>
    public void JudgeTunnels()
    {
        foreach ((Exchange exchange, TunnelSide side, bool isClient) in Tunnels)
        {
            if (!isClient || !side.SawEnd) continue;
            TunnelPlan plan = exchange.Tunnel!;
            bool disturbed = plan.ServerResetsAt >= 0 || plan.ServerStallsAt >= 0 || stage.Scenario.IsUnfair
                || IsHurried(exchange);
            if (disturbed) continue;
            TunnelSide? server = ServerSideOf(exchange);
            Check(exchange, server != null || exchange.Attempts.Count == 0, "has a tunnel with one side");
            if (server == null) continue;
            Check(
                exchange, side.Received == plan.BytesToClient,
                $"tunnel ended after {side.Received} of {plan.BytesToClient} bytes to the client");
            Check(
                exchange, server.Received == side.Sent,
                $"tunnel ended after {server.Received} of {side.Sent} bytes to the server");
        }
    }

    /// <summary>Clients whose script makes a timeout of the tunnel possible.</summary>
    private bool IsHurried(Exchange exchange)
    {
        foreach (ClientPlan client in stage.Scenario.Clients)
        {
            if (Array.IndexOf(client.Exchanges, exchange) < 0) continue;
            // Who reads slowly learns of the tunnel late, and says nothing until then.
            return client.EndsEarly || client.StallsAt >= 0 || client.ReadDelay > 0;
        }
        return false;
    }

    private TunnelSide? ServerSideOf(Exchange exchange)
    {
        foreach ((Exchange other, TunnelSide side, bool isClient) in Tunnels)
            if (other == exchange && !isClient) return side;
        return null;
    }

    private void CheckServer(Exchange exchange, ServerModel server)
    {
        CompiledConfiguration configuration = stage.Configuration;
        Server compiled = configuration.Servers[server.Number];
        if (stage.Scenario.ServersChange) return; // by what was so a moment ago; the audit looks after queues and limits
        Check(exchange, !compiled.Disabled, $"went to server {server.Name}, which is disabled");
        Check(exchange, compiled.Weight > 0, $"went to server {server.Name}, which has no weight");
        if (!compiled.Backup) return;
        foreach (int number in configuration.Proxies[server.Backend.Number].Servers)
        {
            Server other = configuration.Servers[number];
            Check(
                exchange, other.Backup || other.Disabled || other.Weight == 0,
                $"went to backup server {server.Name} although {other.Name} works");
        }
    }

    private void CheckRepetition(Exchange exchange, Attempt before)
    {
        int count = exchange.Attempts.Count;
        Check(exchange, exchange.IsIdempotent, $"reached a server {count + 1} times and is not idempotent");
        Check(exchange, exchange.IsRepeatable, $"reached a server {count + 1} times and has a body");
        Check(exchange, count == 1, $"reached a server {count + 1} times");
        Check(exchange, before.OnUsedConnection, "was sent again although its connection was new");
        Check(exchange, !before.RequestComplete || before.Ended || stage.Scenario.IsUnfair, "was sent again while its server worked at it");
    }

    private void CheckUnasked(HttpClientScript client, int status)
    {
        long limit = stage.Configuration.Proxies[client.Plan.Frontend.Number].Timeouts.HttpRequestMs * 1_000_000L;
        bool inTime = stage.Now - client.ConnectedAt < limit - OwnAnswers.Tolerance;
        if (status == 408 && client.Answered == 0 && !client.HasSentSomething && !inTime) return;
        throw Stage.Fail($"client {client.Plan.Number} was answered {status} without a request");
    }

    private void CheckInterim(Exchange exchange, int status, MessageReader reader)
    {
        Check(exchange, !exchange.Http10, "was sent an interim answer that HTTP/1.0 does not know");
        Check(exchange, exchange.Attempts.Count > 0, "was sent an interim answer of nobody");
        if (status == 103) Check(exchange, reader.Find("x-id") == $"{exchange.Id}", "was sent an interim answer of another");
        else Check(exchange, status == 100 && exchange.Expects, $"was sent a {status}");
    }

    private bool MayBreakOff(HttpClientScript client, Exchange exchange)
    {
        if (stage.Scenario.IsUnfair || client.Plan.EndsEarly) return true;
        if (exchange.LastPlan is { MayBreakOff: true }) return true;
        if (exchange.Defect == RequestDefect.BadChunk) return true;
        return ownAnswers.ClientWasLate(client, exchange) || ownAnswers.ServerWasLate(exchange);
    }

    /// <summary>A connection that owes nothing may be closed only when it is late.</summary>
    private void CheckIdleEnd(HttpClientScript client)
    {
        if (ownAnswers.WhyNotIdleEnd(client) is { } reason)
            throw Stage.Fail($"client {client.Plan.Number} was closed while idle, {reason}");
    }

    private void End(HttpClientScript client, Exchange exchange, string outcome)
    {
        Check(exchange, exchange.Outcome.Length == 0, $"ended twice: {exchange.Outcome}, {outcome}");
        exchange.Outcome = outcome;
        stage.Trace.Add($"client {client.Plan.Number}: {exchange.Id} {outcome}");
    }

    private static void Check(Exchange exchange, bool condition, string otherwise)
    {
        if (!condition) throw Stage.Fail($"exchange {exchange.Id} ({exchange.Method}) {otherwise}");
    }
}
