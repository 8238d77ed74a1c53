using System.Globalization;
using System.Text;

namespace Benchmarks.Simulation;

/// <summary>How an origin answers one attempt of one exchange.</summary>
internal sealed record AnswerPlan
{
    public AnswerKind Kind { get; init; }

    public int Status { get; init; } = 200;

    public BodyForm Form { get; init; }

    /// <summary>Bytes of the body. A HEAD or 304 answer only announces them.</summary>
    public int BodyBytes { get; init; }

    /// <summary>Bytes of a chunk at most.</summary>
    public int ChunkMax { get; init; } = 1;

    public bool HasTrailer { get; init; }

    /// <summary>Interim answers in front.</summary>
    public int Interims { get; init; }

    /// <summary>Nanoseconds between the request and the answer.</summary>
    public long Delay { get; init; }

    /// <summary>Bytes written at once at most.</summary>
    public int PieceMax { get; init; } = int.MaxValue;

    /// <summary>Nanoseconds between two pieces.</summary>
    public long PieceDelay { get; init; }

    /// <summary>Bytes of the answer before it is cut, reset or falls silent.</summary>
    public int CutAt { get; init; }

    /// <summary>It says that it will close, and does.</summary>
    public bool Closes { get; init; }

    /// <summary>Nanoseconds after which an idle connection is closed without a word; -1: never.</summary>
    public long IdleFor { get; init; } = -1;

    public bool Http10 { get; init; }

    /// <summary>The origin behaves as a server should: whoever asks it must get this answer.</summary>
    public bool IsSound => Kind is AnswerKind.Whole or AnswerKind.Early;

    /// <summary>What no 502 may be given for.</summary>
    public bool MayBe502 => Kind is not (AnswerKind.Whole or AnswerKind.Early or AnswerKind.Never or AnswerKind.Deaf
        or AnswerKind.Stall or AnswerKind.Surplus);

    /// <summary>The answer may break off.</summary>
    public bool MayBreakOff => Kind is AnswerKind.Cut or AnswerKind.ResetInside or AnswerKind.BadChunk
        or AnswerKind.Stall or AnswerKind.EarlyClose;

    /// <summary>The bytes of the answer as they go on the wire.</summary>
    public byte[] Write(Exchange exchange, int server, int attempt)
    {
        WireWriter wire = new();
        for (int i = 0; i < Interims; i++)
            wire.Text(i == 0 && exchange.Expects ? "HTTP/1.1 100 Continue\r\n\r\n" : $"HTTP/1.1 103 Early Hints\r\nx-id: {exchange.Id}\r\n\r\n");
        if (Kind == AnswerKind.Garbage)
        {
            wire.Text("NOT HTTP AT ALL\r\n\r\n");
            return wire.ToArray();
        }
        WriteHead(wire, exchange, server, attempt);
        if (exchange.HasAnswerBody(this)) WriteBody(wire, exchange);
        if (Kind == AnswerKind.Surplus) wire.Text("surplus");
        return wire.ToArray();
    }

    private void WriteHead(WireWriter wire, Exchange exchange, int server, int attempt)
    {
        int status = Kind == AnswerKind.Unasked101 ? 101 : Status;
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.{(Http10 ? 0 : 1)} {status} Said\r\n");
        head.Append(CultureInfo.InvariantCulture, $"X-Id: {exchange.Id}\r\nX-Server: {server}\r\nX-Attempt: {attempt}\r\n");
        if (status == 101) head.Append("Connection: upgrade\r\nUpgrade: sim\r\n");
        else if (Closes) head.Append("Connection: close\r\n");
        else if (Http10 && Form == BodyForm.Length) head.Append("Connection: keep-alive\r\n");
        bool announces = status is not (101 or 204) && !exchange.OpensTunnel(status);
        if (announces && Form == BodyForm.Length) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {BodyBytes}\r\n");
        if (announces && Form == BodyForm.Chunked) head.Append("Transfer-Encoding: chunked\r\n");
        if (Kind == AnswerKind.HugeHead) head.Append("X-Huge: ").Append('h', 300_000).Append("\r\n");
        wire.Text(head.Append("\r\n").ToString());
    }

    private void WriteBody(WireWriter wire, Exchange exchange)
    {
        if (Form != BodyForm.Chunked)
        {
            wire.Bytes(exchange.Id, Pattern.ToClient, 0, BodyBytes);
            return;
        }
        int first = System.Math.Min(ChunkMax, BodyBytes);
        if (Kind == AnswerKind.BadChunk)
        {
            wire.Chunks(exchange.Id, Pattern.ToClient, first, ChunkMax);
            wire.Text("no size\r\n");
            return;
        }
        wire.Chunks(exchange.Id, Pattern.ToClient, BodyBytes, ChunkMax);
        wire.Text(HasTrailer ? $"0\r\nx-sum: {exchange.Id}\r\n\r\n" : "0\r\n\r\n");
    }
}
