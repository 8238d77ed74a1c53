using System.Collections.Generic;
using Benchmarks.Simulation;

namespace Tests.Simulation.Http2;

/// <summary>One request and its answer, as the seed drew them, and how far they came.</summary>
internal sealed class StreamPlan
{
    public required int Id { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Authority { get; init; }

    /// <summary>Fields that the origin must see as they are, in order.</summary>
    public required List<string> Fields { get; init; }

    /// <summary>Crumbs of a cookie, which the origin sees as one field.</summary>
    public required List<string> Crumbs { get; init; }

    /// <summary>Bytes of the request's body; -1: none.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>The request tells the length of its body.</summary>
    public required bool TellsLength { get; init; }

    /// <summary>A trailer field behind the body.</summary>
    public required string? Trailer { get; init; }

    public required int AnswerBytes { get; init; }

    /// <summary>The answer tells the length of its body.</summary>
    public required bool AnswerTellsLength { get; init; }

    public required long AnswerDelay { get; init; }

    /// <summary>The client resets the stream when so many bytes of its body were sent; -1: it does not.</summary>
    public required int ClientResetsAt { get; init; }

    /// <summary>The origin resets the stream, or closes, when so many bytes of its answer were sent; -1: it does not.</summary>
    public required int OriginResetsAt { get; init; }

    /// <summary>Whether nothing but a whole and right exchange will do.</summary>
    public bool IsSound => ClientResetsAt < 0 && OriginResetsAt < 0;

    /// <summary>An origin has all of the request.</summary>
    public bool Arrived { get; set; }

    public bool Answered { get; set; }

    /// <summary>The client has given it up, or was told that it failed.</summary>
    public bool GaveUp { get; set; }

    public bool IsOver => Answered || GaveUp;

    public static StreamPlan Draw(int id, Dice dice, int bodyMax, bool mayFail)
    {
        List<string> fields = [];
        for (int left = dice.Of(0, 1, 3, 12); left > 0; left--)
            fields.Add($"x-{(char)('a' + dice.Between(0, 25))}{left}: {new string((char)dice.Between(33, 126), dice.Of(0, 1, 9, 130, 700))}");
        List<string> crumbs = [];
        for (int left = dice.Of(0, 0, 1, 3); left > 0; left--) crumbs.Add($"c{left}={dice.Between(0, 99_999)}");
        bool hasBody = dice.Percent(45);
        bool tells = dice.Percent(50);
        int body = hasBody ? dice.Size(bodyMax) : -1;
        int answer = dice.Size(bodyMax);
        return new StreamPlan
        {
            Id = id,
            Method = hasBody ? "POST" : "GET",
            Path = $"/{id}/{new string('p', dice.Of(0, 1, 40, 900))}?q={dice.Between(0, 9)}",
            Authority = dice.Of("h.example", "h.example:8080", "[::1]:8443"),
            Fields = fields,
            Crumbs = crumbs,
            BodyBytes = body,
            TellsLength = tells,
            Trailer = hasBody && !tells && dice.Percent(30) ? $"x-trailer: {id}" : null,
            AnswerBytes = answer,
            AnswerTellsLength = dice.Percent(60),
            AnswerDelay = dice.Percent(60) ? 0 : dice.Milliseconds(0.01, 30),
            ClientResetsAt = mayFail && dice.Percent(15) ? dice.Between(0, System.Math.Max(body, 0)) : -1,
            OriginResetsAt = mayFail && dice.Percent(10) ? dice.Between(0, answer) : -1,
        };
    }
}
