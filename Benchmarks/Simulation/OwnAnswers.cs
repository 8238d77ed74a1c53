using System;
using Engine.Data.Configuration;

namespace Benchmarks.Simulation;

/// <summary>Whether the situation allows an answer of the proxy's own, or none at all.</summary>
internal sealed class OwnAnswers(Stage stage)
{
    /// <summary>The engine's clock has milliseconds, and rounds, nanoseconds.</summary>
    public const long Tolerance = 2_000_000;

    /// <summary>Null when the proxy may answer so, else what speaks against it.</summary>
    public string? WhyNot(HttpClientScript client, Exchange exchange, int status)
    {
        // A broken connection to a server, and whatever follows from it.
        if (stage.Scenario.IsUnfair && status is 408 or 500 or 502 or 503 or 504) return null;
        return status switch
        {
            // A body that comes too late for its server is told of so.
            400 => MayBe400(client, exchange) || ClientWasLate(client, exchange) ? null : "and there is nothing wrong with it",
            408 => ClientWasLate(client, exchange) ? null : "and the client was in time",
            413 => exchange.HasOddPayload ? null : "and bodies of its method are known",
            414 or 431 => exchange.Defect == RequestDefect.HugeHead || exchange.Padding > 0 && IsTooLong(exchange)
                ? null : "and its head is small",
            422 => exchange.Defect == RequestDefect.UnknownCoding ? null : "and its coding is known",
            502 => MayBe502(exchange) ? null : "and its server did nothing wrong",
            503 => MayBe503(exchange) ? null : "and a server was free",
            504 => ServerWasLate(exchange) ? null : $"and its server was in time: {SinceServerMoved(exchange)}",
            _ => "which never is right",
        };
    }

    /// <summary>Null when the proxy may close without an answer, else what speaks against it.</summary>
    public string? WhyNotSilent(HttpClientScript client, Exchange exchange, int result)
    {
        if (stage.Scenario.IsUnfair || stage.Now >= stage.StoppedAt) return null;
        ClientPlan plan = client.Plan;
        if (plan.End == ClientEnd.HalfCloses && client.HasSentSomething) return null;
        // The close crossed the request.
        if (client.MayEnd) return null;
        if (client.Answered > 0 && WhyNotIdleEnd(client, exchange.StartedAt) == null) return null;
        bool ignoresProbes = (stage.FrontendOf(exchange).Options & ProxyOptions.HttpIgnoreProbes) != 0;
        if (ignoresProbes && ClientWasLate(client, exchange)) return null;
        // Half an answer, of which nothing had been sent.
        if (exchange.LastPlan is { MayBreakOff: true }) return null;
        if (result < 0 && exchange.Defect == RequestDefect.BadChunk && exchange.Attempts.Count > 0) return null;
        if (result < 0 && ALaterAnswerBreaksOff(client, exchange)) return null;
        if (IsBehindUnwantedBody(client, exchange)) return null;
        // A stale connection, and a request that must not be sent again: the client may repeat it.
        bool stale = exchange.Backend.ClosesIdle && (!exchange.IsRepeatable || exchange.Attempts.Count > 0);
        if (client.Answered > 0 && stale) return null;
        return result < 0 && exchange.SentAt == 0 && ClientWasLate(client, exchange)
            ? null
            : "and nothing gives a reason for that";
    }

    /// <summary>Null when a connection that owes nothing may be closed now, else what speaks against it.</summary>
    public string? WhyNotIdleEnd(HttpClientScript client, long before = long.MaxValue)
    {
        if (stage.Scenario.IsUnfair || stage.Now >= stage.StoppedAt) return null;
        ProxyTimeouts timeouts = stage.Configuration.Proxies[client.Plan.Frontend.Number].Timeouts;
        long limit = (client.Answered > 0 ? timeouts.HttpKeepAliveMs : timeouts.HttpRequestMs) * 1_000_000L;
        long since = client.Answered > 0 ? client.LastAnswerAt : client.ConnectedAt;
        _ = before;
        // The proxy counts from when it had sent the answer, which is earlier.
        if (stage.Now - since >= limit - Tolerance - stage.Latency) return null;
        if (client.MayEnd || client.Plan.ReadDelay > 0 || client.Plan.End == ClientEnd.HalfCloses) return null;
        return $"after {(stage.Now - since) / 1_000_000} ms of {limit / 1_000_000}";
    }

    /// <summary>The client let the proxy wait longer than it had to.</summary>
    public bool ClientWasLate(HttpClientScript client, Exchange exchange)
    {
        ProxyTimeouts timeouts = stage.FrontendOf(exchange).Timeouts;
        long now = stage.Now;
        bool headIsLate = exchange.HeadSentAt == 0 || now - exchange.HeadSentAt < stage.Latency + client.Plan.ReadDelay;
        long since = client.Answered == 0 ? client.ConnectedAt : exchange.StartedAt;
        if (headIsLate && now - since >= (timeouts.HttpRequestMs * 1_000_000L) - Tolerance - stage.Latency) return true;
        long patience = (timeouts.ClientMs * 1_000_000L) - Tolerance - stage.Latency;
        bool bodyIsLate = exchange.SentAt == 0 && !client.IsBlocked && now - client.LastSentAt >= patience;
        // A piece that comes too late crosses the answer that says so.
        return bodyIsLate || client.SlowestRead >= patience || client.LongestSilence >= patience;
    }

    /// <summary>The server let the proxy wait longer than it had to.</summary>
    public bool ServerWasLate(Exchange exchange)
    {
        long limit = (stage.BackendOf(exchange).Timeouts.ServerMs * 1_000_000L) - Tolerance - stage.Latency;
        if (exchange.LastAttempt is not { } attempt) return HasSilentServer(exchange) && Age(exchange) >= limit;
        // A head that comes in pieces does not set the time anew.
        long since = exchange.PlanOf(attempt.Number).Kind == AnswerKind.Stall ? attempt.StartedAt : attempt.LastMoveAt;
        return !attempt.IsBlocked && stage.Now - since >= limit;
    }

    private string SinceServerMoved(Exchange exchange) =>
        exchange.LastAttempt is { } attempt
            ? $"{(stage.Now - attempt.LastMoveAt) / 1e6} ms of {stage.BackendOf(exchange).Timeouts.ServerMs}, blocked {attempt.IsBlocked}"
            : "none";

    private bool IsTooLong(Exchange exchange)
    {
        Globals globals = stage.Configuration.Globals;
        return exchange.Padding + 300 >= globals.BufferSize - globals.MaxRewrite;
    }

    private static bool MayBe400(HttpClientScript client, Exchange exchange)
    {
        // It ended its side before the request was whole, or while it waited (option abortonclose).
        bool left = client.Plan.End == ClientEnd.HalfCloses && (exchange.SentAt == 0 || client.HasSentSomething);
        return left || exchange.Defect is not (RequestDefect.None or RequestDefect.HugeHead or RequestDefect.UnknownCoding);
    }

    /// <summary>The reset that tells of it overtakes what was sent before.</summary>
    public static bool ALaterAnswerBreaksOff(HttpClientScript client, Exchange exchange)
    {
        Exchange[] all = client.Plan.Exchanges;
        for (int i = Array.IndexOf(all, exchange) + 1; i < all.Length; i++)
            if (all[i].LastPlan is { MayBreakOff: true }) return true;
        return false;
    }

    /// <summary>The server of the exchange before answered early and was gone: nobody takes the rest of that request.</summary>
    private static bool IsBehindUnwantedBody(HttpClientScript client, Exchange exchange)
    {
        int before = Array.IndexOf(client.Plan.Exchanges, exchange) - 1;
        return before >= 0 && client.Plan.Exchanges[before].LastPlan is { Kind: AnswerKind.EarlyClose };
    }

    /// <summary>Bytes behind an answer that come when the connection has its next request seem to answer that.</summary>
    private bool HasSurplus(BackendModel backend)
    {
        foreach (Exchange other in stage.Scenario.Exchanges)
            if (other.Backend == backend && other.LastPlan is { Kind: AnswerKind.Surplus }) return true;
        return false;
    }

    private bool MayBe502(Exchange exchange)
    {
        if (HasSurplus(exchange.Backend)) return true;
        if (exchange.LastAttempt is not { } attempt) return !exchange.IsRepeatable && exchange.Backend.ClosesIdle;
        return exchange.PlanOf(attempt.Number).MayBe502;
    }

    private bool MayBe503(Exchange exchange)
    {
        Proxy backend = stage.BackendOf(exchange);
        if (stage.Scenario.Faults.RefusePerMille > 0 || stage.Scenario.ServersChange) return true;
        bool any = false;
        bool limited = false;
        foreach (ServerModel server in exchange.Backend.Servers)
        {
            Server compiled = stage.Configuration.Servers[server.Number];
            if (compiled.Disabled || compiled.Weight == 0) continue;
            any = true;
            limited |= compiled.MaxConnections > 0;
            if (server.MayFail) return true;
        }
        if (!any) return true;
        return limited && Age(exchange) >= (backend.Timeouts.QueueMs * 1_000_000L) - Tolerance;
    }

    private bool HasSilentServer(Exchange exchange)
    {
        foreach (ServerModel server in exchange.Backend.Servers)
            if (server.SilentPercent > 0) return true;
        return false;
    }

    private long Age(Exchange exchange) => stage.Now - exchange.StartedAt;
}
