using System;

namespace Benchmarks.Simulation;

/// <summary>Draws what a request is and how it is answered.</summary>
internal static class ExchangePlan
{
    public static Exchange Draw(Dice dice, int id, FrontendModel frontend, int bodyMax, bool isLast)
    {
        bool opens = isLast && dice.Percent(8);
        bool connects = opens && dice.Percent(30);
        string method = dice.Of("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
        if (opens) method = connects ? "CONNECT" : "GET";
        bool http10 = !opens && dice.Percent(8);
        BodyForm form = BodyForm.None;
        if (method is "POST" or "PUT" or "PATCH" || (!opens && dice.Percent(3)))
            form = dice.Percent(60) || http10 ? BodyForm.Length : BodyForm.Chunked;
        RequestDefect defect = dice.Percent(4)
            ? (RequestDefect)dice.Between(1, (int)RequestDefect.UnknownCoding)
            : RequestDefect.None;
        if (form == BodyForm.Chunked && dice.Percent(4)) defect = RequestDefect.BadChunk;
        if (opens) defect = RequestDefect.None;
        if (defect is RequestDefect.TwoLengths or RequestDefect.UnknownCoding) form = BodyForm.None;
        int answers = dice.Percent(70) ? 1 : 2;
        Exchange exchange = new()
        {
            Id = id,
            Method = method,
            Frontend = frontend,
            Backend = frontend.Backend,
            Http10 = http10,
            Form = form,
            BodyBytes = form == BodyForm.None ? 0 : dice.Size(bodyMax),
            ChunkMax = dice.Of(1, 10, 1000, 5000, 100_000) is var chunk && chunk < 10 && bodyMax > 2000 ? 500 : chunk,
            HasTrailer = dice.Percent(20),
            Expects = form != BodyForm.None && !http10 && dice.Percent(15),
            Closes = dice.Percent(http10 ? 60 : 12),
            Padding = dice.Percent(80) ? 0 : dice.Of(10, 1000, 2500),
            Upgrades = opens && !connects,
            Tunnel = opens ? DrawTunnel(dice, bodyMax) : null,
            Defect = defect,
            Answers = new AnswerPlan[answers],
        };
        for (int i = 0; i < answers; i++)
            exchange.Answers[i] = DrawAnswer(dice, exchange, bodyMax, sound: i > 0 && dice.Percent(60));
        return exchange;
    }

    /// <summary>A TCP session: the exchange only names it.</summary>
    public static Exchange DrawSession(Dice dice, int id, FrontendModel frontend, int bodyMax) =>
        new()
        {
            Id = id,
            Method = "TCP",
            Frontend = frontend,
            Backend = frontend.Backend,
            Tunnel = DrawTunnel(dice, bodyMax),
            Answers = [new AnswerPlan()],
        };

    private static TunnelPlan DrawTunnel(Dice dice, int bodyMax)
    {
        TunnelPlan plan = new()
        {
            BytesToServer = dice.Size(bodyMax),
            BytesToClient = dice.Size(bodyMax),
            PieceMax = dice.Of(int.MaxValue, int.MaxValue, 5000, 300),
            PieceDelay = dice.Percent(60) ? 0 : dice.Milliseconds(0, 0.5),
            ClientEndsFirst = dice.Percent(60),
        };
        if (dice.Percent(10)) plan = plan with { ServerResetsAt = dice.Between(1, plan.BytesToServer + 1) };
        else if (dice.Percent(8)) plan = plan with { ServerStallsAt = dice.Between(0, plan.BytesToClient) };
        return plan;
    }

    private static AnswerPlan DrawAnswer(Dice dice, Exchange exchange, int bodyMax, bool sound)
    {
        AnswerKind kind = sound || dice.Percent(75) ? AnswerKind.Whole : DrawKind(dice);
        int status = dice.Of(200, 200, 200, 200, 404, 500, 204, 304);
        if (exchange.Upgrades) status = dice.Percent(80) ? 101 : 426;
        if (exchange.IsConnect) status = dice.Percent(80) ? 200 : 403;
        if (exchange.Tunnel is not null && kind is AnswerKind.Cut or AnswerKind.Stall or AnswerKind.BadChunk
            or AnswerKind.ResetInside or AnswerKind.Surplus or AnswerKind.Unasked101 or AnswerKind.EarlyClose) kind = AnswerKind.Whole;
        if (kind is AnswerKind.BadChunk or AnswerKind.Cut or AnswerKind.ResetInside or AnswerKind.Stall) status = 200;
        BodyForm form = dice.Of(BodyForm.Length, BodyForm.Length, BodyForm.Chunked, BodyForm.Chunked, BodyForm.UntilClose);
        if (kind == AnswerKind.BadChunk) form = BodyForm.Chunked;
        if (kind == AnswerKind.Surplus && form == BodyForm.UntilClose) form = BodyForm.Length;
        bool http10 = form != BodyForm.Chunked && status != 101 && dice.Percent(8);
        int bytes = dice.Size(bodyMax);
        AnswerPlan plan = new()
        {
            Kind = kind,
            Status = status,
            Form = form,
            BodyBytes = bytes,
            ChunkMax = dice.Of(20, 500, 5000, 300_000),
            HasTrailer = dice.Percent(15),
            Interims = exchange.Expects ? dice.Of(0, 1, 1, 1) : dice.Percent(5) ? dice.Of(1, 3, 50) : 0,
            Delay = dice.Percent(60) ? 0 : dice.Milliseconds(0, dice.Of(1, 20, 100)),
            PieceMax = dice.Of(int.MaxValue, int.MaxValue, int.MaxValue, 3000, 100),
            PieceDelay = dice.Percent(70) ? 0 : dice.Milliseconds(0, 0.2),
            CutAt = dice.Between(0, 100 + bytes),
            Closes = dice.Percent(8) || form == BodyForm.UntilClose,
            IdleFor = dice.Percent(20) ? dice.Milliseconds(0, dice.Of(0.01, 1, 100)) : -1,
            Http10 = http10,
        };
        return plan.PieceMax < 1000 && bytes > 20_000 ? plan with { PieceMax = 20_000 } : plan;
    }

    private static AnswerKind DrawKind(Dice dice) =>
        dice.Of(
            AnswerKind.Early, AnswerKind.Early, AnswerKind.EarlyClose, AnswerKind.Never, AnswerKind.Deaf,
            AnswerKind.CloseBefore, AnswerKind.CloseBefore, AnswerKind.ResetBefore, AnswerKind.Cut,
            AnswerKind.ResetInside, AnswerKind.Stall, AnswerKind.Garbage, AnswerKind.BadChunk, AnswerKind.HugeHead,
            AnswerKind.Unasked101, AnswerKind.Surplus);
}
