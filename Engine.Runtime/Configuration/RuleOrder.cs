using System;
using System.Numerics;
using Engine.Data.Configuration;
using Engine.Data.Registries;

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
        if (phase < 0)
        {
            if (line[0] is "http-response" or "http-after-response") line.Proxy.Parts.Get<Seen>().HasOthers = true;
            else if (line[0] == "tcp-response" && line[1] == "content") line.Proxy.Parts.Get<Seen>().HasTcpResponse = true;
            return;
        }
        Seen seen = line.Proxy.Parts.Get<Seen>();
        uint later = seen.Phases >> phase >> 1;
        seen.Phases |= 1u << phase;
        if (later == 0) return;
        string other = Phases[phase + 1 + BitOperations.TrailingZeroCount(later)];
        string article = other[0] == 'h' ? "an" : "a";
        line.Warn($"a '{Phases[phase]}' rule placed after {article} '{other}' rule will still be processed before.");
    }

    /// <summary>
    /// Alerts when a section may not take over the rules of a defaults section: rules of one side fit one side only.
    /// </summary>
    public static void CheckInheritance(Directive line, ProxyDraft defaults)
    {
        if (defaults.Parts.Find<Seen>() is not { } seen) return;
        string? fault = FaultOf(line.Section, seen, $"(defaults section at {defaults.File}:{defaults.Line})");
        if (line.Section == SectionKinds.Frontend) seen.ServesFrontend = true;
        if (line.Section == SectionKinds.Backend) seen.ServesBackend = true;
        if (fault is null) return;
        line.Diagnostics.HidesSummary = true;
        line.AlertTight(fault);
    }

    private static string? FaultOf(SectionKinds section, Seen seen, string where)
    {
        const uint beforeContent = 3;
        bool hasAny = seen.Phases != 0 || seen.HasTcpResponse || seen.HasOthers;
        if (!hasAny) return null;
        return section switch
        {
            SectionKinds.Defaults =>
                $"a defaults section cannot inherit from a defaults section defining TCP/HTTP rules {where}.",
            SectionKinds.Listen =>
                "a listen section cannot inherit from a defaults section defining TCP/HTTP rules.",
            SectionKinds.Backend when (seen.Phases & beforeContent) != 0 =>
                "a backend section cannot inherit from a defaults section defining 'tcp-request connection' or "
                + $"'tcp-request session' rules {where}.",
            SectionKinds.Frontend when seen.HasTcpResponse =>
                $"a frontend section cannot inherit from a defaults section defining 'tcp-response content' rules {where}.",
            SectionKinds.Frontend when seen.ServesBackend => BothSides(where),
            SectionKinds.Backend when seen.ServesFrontend => BothSides(where),
            _ => null,
        };
    }

    private static string BothSides(string where) =>
        $"frontends and backends cannot inherit from the same defaults section if it defines TCP/HTTP rules {where}.";

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

    /// <summary>What rules the lines of a section had.</summary>
    private sealed class Seen
    {
        /// <summary>Phases of the request, a bit each.</summary>
        public uint Phases;

        public bool HasTcpResponse;

        /// <summary>Rules of HTTP responses.</summary>
        public bool HasOthers;

        /// <summary>A defaults section that a frontend, or a backend, took its rules from.</summary>
        public bool ServesFrontend;

        public bool ServesBackend;
    }
}
