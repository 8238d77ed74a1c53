using System;
using System.Numerics;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Warns of a rule that stands behind rules of a later phase: it is evaluated before them all the same.
/// </summary>
internal static class RuleOrder
{
    // In the order of evaluation.
    private static readonly string[] Phases =
    [
        "tcp-request connection", "tcp-request session", "tcp-request content", "monitor fail", "http-request",
        "redirect", "use_backend", "use-server",
    ];

    /// <summary>Notes a line that was taken; warns when rules of later phases stand before it.</summary>
    public static void Note(Directive line)
    {
        int phase = PhaseOf(line);
        if (phase < 0) return;
        Seen seen = line.Proxy.Parts.Get<Seen>();
        uint later = seen.Phases >> phase >> 1;
        seen.Phases |= 1u << phase;
        if (later == 0) return;
        string other = Phases[phase + 1 + BitOperations.TrailingZeroCount(later)];
        string article = other[0] == 'h' ? "an" : "a";
        line.Warn($"a '{Phases[phase]}' rule placed after {article} '{other}' rule will still be processed before.");
    }

    private static int PhaseOf(Directive line)
    {
        string word = line[0];
        // Most lines are none of these.
        if (word.Length < 7 || word[0] is not ('t' or 'm' or 'h' or 'r' or 'u')) return -1;
        bool hasTwo = word is "tcp-request" or "monitor";
        for (int i = 0; i < Phases.Length; i++)
        {
            ReadOnlySpan<char> name = Phases[i];
            if (!name.StartsWith(word)) continue;
            if (!hasTwo && name.Length == word.Length) return i;
            if (hasTwo && name.Length == word.Length + 1 + line[1].Length && name.EndsWith(line[1])) return i;
        }
        return -1;
    }

    /// <summary>Phases that lines of the section had rules for, a bit each.</summary>
    private sealed class Seen
    {
        public uint Phases;
    }
}
