using System;
using System.Globalization;
using Engine.Data.Health;

namespace Engine.Systems.Health;

/// <summary>The words of an agent's line, taken apart.</summary>
public readonly record struct AgentWords
{
    /// <summary><c>75%</c> or <c>weight:75%</c>, in percent; <c>weight:30</c>, an absolute weight.</summary>
    public int? Weight { get; init; }

    public bool WeightIsRelative { get; init; }

    /// <summary><c>maxconn:30</c>.</summary>
    public int? MaxConnections { get; init; }

    /// <summary><c>ready</c>, <c>drain</c> or <c>maint</c>.</summary>
    public string? Wanted { get; init; }

    /// <summary><c>up</c>, <c>down</c>, <c>fail</c> or <c>stopped</c>, as the agent spells it: the log repeats it.</summary>
    public string? Operation { get; init; }

    /// <summary>What stands behind <c>#</c>.</summary>
    public string Description { get; init; }

    /// <summary>The first word that means nothing.</summary>
    public string? Unknown { get; init; }

    public CheckStatus Status =>
        Operation switch
        {
            null => CheckStatus.Checked,
            _ when Is(Operation, "up") => CheckStatus.Layer7Ok,
            _ => CheckStatus.Layer7Status,
        };

    public static AgentWords Read(string line)
    {
        AgentWords words = new() { Description = "" };
        int sign = DescriptionAt(line);
        if (sign >= 0) words = words with { Description = line[(sign + 1)..].Trim() };
        string text = sign >= 0 ? line[..sign] : line;
        foreach (string word in text.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.EndsWith('%') && TryNumber(Behind("weight:", word)[..^1], out int percent))
                words = words with { Weight = percent, WeightIsRelative = true };
            else if (StartsWith(word, "weight:") && TryNumber(word[7..], out int weight))
                words = words with { Weight = weight, WeightIsRelative = false };
            else if (StartsWith(word, "maxconn:") && TryNumber(word[8..], out int limit))
                words = words with { MaxConnections = limit };
            else if (IsOne(word, "ready", "drain", "maint")) words = words with { Wanted = word.ToLowerInvariant() };
            else if (IsOne(word, "up", "down", "fail", "stopped")) words = words with { Operation = word };
            else words = words with { Unknown = words.Unknown ?? word };
        }
        return words;
    }

    /// <summary>A description begins where a word would: in <c>down#x</c> the sign is part of a word.</summary>
    private static int DescriptionAt(string line)
    {
        for (int i = 0; i < line.Length; i++)
            if (line[i] == '#' && (i == 0 || line[i - 1] is ' ' or '\t' or ',')) return i;
        return -1;
    }

    /// <summary>Agents may write words in any case.</summary>
    private static bool Is(string word, string known) => word.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool IsOne(string word, params ReadOnlySpan<string> known)
    {
        foreach (string one in known)
            if (Is(word, one)) return true;
        return false;
    }

    private static bool StartsWith(string word, string prefix) =>
        word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static string Behind(string prefix, string word) => StartsWith(word, prefix) ? word[prefix.Length..] : word;

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
