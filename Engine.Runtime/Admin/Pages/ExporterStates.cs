using System;
using System.Collections.Generic;
using Engine.Data.Health;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>States and outcomes of checks: a sample for each that there can be, 1 for the one that is.</summary>
internal static class ExporterStates
{
    private static readonly string[] OfProxies = ["DOWN", "UP"];
    private static readonly string[] OfListeners = ["WAITING", "OPEN", "FULL"];
    private static readonly int Status = StatColumns.Of("status");
    public static readonly int CheckColumn = StatColumns.Of("check_status");

    public static readonly string[] OfServers = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"];

    /// <summary>What a check can have found.</summary>
    public static readonly string[] Outcomes = ReadOutcomes();

    public static string[] Of(StatKind kind) => kind switch
    {
        StatKind.Server => OfServers,
        StatKind.Listener => OfListeners,
        _ => OfProxies,
    };

    /// <summary>A check that runs again shows what it found before, behind a star.</summary>
    public static ReadOnlySpan<char> OutcomeOf(StatLine line, int place) => line.Value(place).TrimStart("* ");

    public static ReadOnlySpan<char> StateOf(StatLine line)
    {
        ReadOnlySpan<char> status = line.Value(Status);
        switch (line.Kind)
        {
            case StatKind.Frontend:
                return status is "STOP" ? "DOWN" : "UP";
            case StatKind.Listener:
                return status;
            default:
                if (line.IsInMaintenance) return "MAINT";
                int blank = status.IndexOf(' ');
                return status is "no check" ? "UP" : blank < 0 ? status : status[..blank];
        }
    }

    private static string[] ReadOutcomes()
    {
        List<string> words = [];
        for (CheckStatus status = CheckStatus.Observed; status <= CheckStatus.ProcessOk; status++)
        {
            if (CheckStatuses.Word(status) is { Length: > 0 } word) words.Add(word);
        }
        return [.. words];
    }
}
