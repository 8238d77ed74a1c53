using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tests.EndToEnd.Harness;

/// <summary>One HTTP/1 message as it stood on the wire, parsed strictly: what a proxy emits must need no
/// leniency.</summary>
public sealed class HttpMessage
{
    private readonly List<KeyValuePair<string, string>> fields;

    public HttpMessage(string head)
    {
        Head = head;
        string[] lines = head[..^4].Split("\r\n");
        StartLine = lines[0];
        fields = ParseFields(lines[1..], head);
        if (head.Replace("\r\n", "").AsSpan().IndexOfAny("\r\n\0") >= 0)
            throw new FormatException($"control characters in the head: {head}");
    }

    /// <summary>Start line and fields with the empty line, as received.</summary>
    public string Head { get; }

    public string StartLine { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    /// <summary>The content without its transfer coding.</summary>
    public byte[] Body { get; set; } = [];

    public string Text => Wire.Encoding.GetString(Body);

    /// <summary>The sizes of the chunks it came in, empty when it was not chunked.</summary>
    public List<long> Chunks { get; } = [];

    public List<KeyValuePair<string, string>> Trailers { get; private set; } = [];

    /// <summary>True when the body ended with the connection.</summary>
    public bool EndedByClose { get; set; }

    public int Status => int.Parse(StartLine.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    public string Method => StartLine[..StartLine.IndexOf(' ')];

    public string Target => StartLine.Split(' ')[1];

    public string Version => Head.StartsWith("HTTP/", StringComparison.Ordinal)
        ? StartLine[..8]
        : StartLine[(StartLine.LastIndexOf(' ') + 1)..];

    /// <summary>All values of a field joined by ", ", or null when it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            string[] values = All(name);
            return values.Length == 0 ? null : string.Join(", ", values);
        }
    }

    public string[] All(string name) => fields
        .Where(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(f => f.Value)
        .ToArray();

    public void SetTrailers(string[] lines) => Trailers = ParseFields(lines, Head);

    private static List<KeyValuePair<string, string>> ParseFields(string[] lines, string head)
    {
        List<KeyValuePair<string, string>> parsed = [];
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':');
            if (colon <= 0 || line.AsSpan(0, colon).IndexOfAny(" \t\"(),/;<=>?@[\\]{}") >= 0)
                throw new FormatException($"bad field line '{line}' in: {head}");
            parsed.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }
        return parsed;
    }
}
