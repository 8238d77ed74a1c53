using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Benchmarks.Simulation;

/// <summary>One request that a client will send, how origins answer it, and what became of it.</summary>
internal sealed class Exchange
{
    // The plan.

    /// <summary>From 1; every message carries it.</summary>
    public required int Id { get; init; }

    public required string Method { get; init; }

    public required FrontendModel Frontend { get; init; }

    public required BackendModel Backend { get; init; }

    public bool Http10 { get; init; }

    public BodyForm Form { get; init; }

    public int BodyBytes { get; init; }

    public int ChunkMax { get; init; } = 1;

    public bool HasTrailer { get; init; }

    public bool Expects { get; init; }

    public bool Closes { get; init; }

    /// <summary>Bytes of a field that does nothing.</summary>
    public int Padding { get; init; }

    public bool Upgrades { get; init; }

    public TunnelPlan? Tunnel { get; init; }

    public RequestDefect Defect { get; init; }

    /// <summary>By attempt; the last stands for all that follow.</summary>
    public required AnswerPlan[] Answers { get; init; }

    // What became of it.
    public List<Attempt> Attempts { get; } = [];

    /// <summary>Nanoseconds; 0: not yet.</summary>
    public long StartedAt { get; set; }

    public long HeadSentAt { get; set; }

    public long SentAt { get; set; }

    public bool IsAnswered { get; set; }

    /// <summary>How it ended, in a word, for the digest of the run.</summary>
    public string Outcome { get; set; } = "";

    public bool IsConnect => Method == "CONNECT";

    /// <summary>RFC 9110 section 9.2.2, and nothing in it that a proxy would have to keep.</summary>
    public bool IsRepeatable =>
        BodyBytes == 0 && Form != BodyForm.Chunked && !IsConnect && Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";

    /// <summary>Sent twice it may do something twice.</summary>
    public bool IsIdempotent => Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";

    public Attempt? LastAttempt => Attempts.Count == 0 ? null : Attempts[^1];

    public AnswerPlan PlanOf(int attempt) => Answers[attempt < Answers.Length ? attempt : Answers.Length - 1];

    /// <summary>A body where HTTP/1.0 knows of none: a way to smuggle a request.</summary>
    public bool HasOddPayload =>
        Http10 && Method is "GET" or "HEAD" or "DELETE"
        && (Form == BodyForm.Chunked || (Form == BodyForm.Length && BodyBytes > 0));

    public AnswerPlan? LastPlan => LastAttempt is { } last ? PlanOf(last.Number) : null;

    public bool OpensTunnel(int status) =>
        Tunnel is not null && (Upgrades ? status == 101 : IsConnect && status is >= 200 and < 300);

    public bool HasAnswerBody(AnswerPlan plan) =>
        Method != "HEAD" && plan.Status is not (204 or 304) && !OpensTunnel(plan.Status)
        && plan.Kind != AnswerKind.Unasked101;

    /// <summary>The head as it goes on the wire.</summary>
    public byte[] WriteHead(string host)
    {
        StringBuilder head = new();
        string target = IsConnect ? host : $"/{Id}";
        if (Defect == RequestDefect.BadLine) head.Append("  ");
        head.Append(CultureInfo.InvariantCulture, $"{Method} {target} HTTP/1.{(Http10 ? 0 : 1)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Host: {host}\r\nX-Id: {Id}\r\n");
        if (Upgrades) head.Append("Connection: Upgrade\r\nUpgrade: sim\r\n");
        else if (Closes && !Http10) head.Append("Connection: close\r\n");
        else if (!Closes && Http10) head.Append("Connection: keep-alive\r\n");
        if (Expects) head.Append("Expect: 100-continue\r\n");
        if (Form == BodyForm.Length) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {BodyBytes}\r\n");
        if (Form == BodyForm.Chunked) head.Append("Transfer-Encoding: chunked\r\n");
        if (Padding > 0) head.Append("X-Padding: ").Append('p', Padding).Append("\r\n");
        AppendDefect(head);
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    /// <summary>The body as it goes on the wire.</summary>
    public byte[] WriteBody()
    {
        WireWriter wire = new();
        if (Form == BodyForm.Length) wire.Bytes(Id, Pattern.ToServer, 0, BodyBytes);
        if (Form == BodyForm.Chunked)
        {
            wire.Chunks(Id, Pattern.ToServer, BodyBytes, ChunkMax);
            if (Defect == RequestDefect.BadChunk) wire.Text("-1\r\n");
            else wire.Text(HasTrailer ? $"0\r\nX-Sum: {Id}\r\n\r\n" : "0\r\n\r\n");
        }
        return wire.ToArray();
    }

    private void AppendDefect(StringBuilder head)
    {
        switch (Defect)
        {
            case RequestDefect.BadField:
                head.Append("X-Bad : field\r\n");
                break;
            case RequestDefect.TwoLengths:
                head.Append("Content-Length: 5\r\nContent-Length: 6\r\n");
                break;
            case RequestDefect.HugeHead:
                head.Append("X-Huge: ").Append('h', 300_000).Append("\r\n");
                break;
            case RequestDefect.UnknownCoding:
                head.Append("Transfer-Encoding: gzip, chunked\r\n");
                break;
            default:
                break;
        }
    }
}
