using System;
using System.Globalization;
using Engine.Data.Health;

namespace Engine.Systems.Health;

/// <summary>The words of an agent's line, taken apart.</summary>
public readonly record struct AgentWords
{
    /// <summary><c>75%</c>, in percent, or an absolute weight.</summary>
    public int? Weight { get; init; }

    public bool WeightIsRelative { get; init; }

    /// <summary><c>maxconn:30</c>.</summary>
    public int? MaxConnections { get; init; }

    /// <summary><c>ready</c>, <c>drain</c> or <c>maint</c>.</summary>
    public string? Wanted { get; init; }

    /// <summary><c>up</c>, <c>down</c>, <c>failed</c> or <c>stopped</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>What stands behind <c>#</c>.</summary>
    public string Description { get; init; }

    /// <summary>The first word that means nothing.</summary>
    public string? Unknown { get; init; }

    public CheckStatus Status =>
        Operation switch
        {
            null => CheckStatus.Checked,
            "up" => CheckStatus.Layer7Ok,
            _ => CheckStatus.Layer7Status,
        };

    public static AgentWords Read(string line)
    {
        AgentWords words = new() { Description = "" };
        int sign = line.IndexOf('#', StringComparison.Ordinal);
        if (sign >= 0) words = words with { Description = line[(sign + 1)..].Trim() };
        string text = sign >= 0 ? line[..sign] : line;
        foreach (string word in text.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.EndsWith('%') && TryNumber(word[..^1], out int percent))
                words = words with { Weight = percent, WeightIsRelative = true };
            else if (word.StartsWith("maxconn:", StringComparison.Ordinal) && TryNumber(word[8..], out int limit))
                words = words with { MaxConnections = limit };
            else if (word is "ready" or "drain" or "maint") words = words with { Wanted = word };
            else if (word is "up" or "down" or "failed" or "stopped") words = words with { Operation = word };
            else words = words with { Unknown = words.Unknown ?? word };
        }
        return words;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
