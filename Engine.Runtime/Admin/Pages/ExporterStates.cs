using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Health;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>States and outcomes of checks: a sample for each that there can be, 1 for the one that is.</summary>
internal static class ExporterStates
{
    private static readonly string[] OfProxies = ["DOWN", "UP"];
    private static readonly string[] OfListeners = ["WAITING", "OPEN", "FULL"];
    private static readonly string[] OfServers = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"];
    private static readonly string[] Outcomes = ReadOutcomes();

    public static void Add(string metric, StatLine line, StringBuilder text)
    {
        string[] states = line.Kind switch
        {
            StatKind.Server => OfServers,
            StatKind.Listener => OfListeners,
            _ => OfProxies,
        };
        AddEach(metric, ExporterText.LabelsOf(line), states, StateOf(line), text);
    }

    public static void AddOutcome(string metric, StatLine line, StringBuilder text) =>
        AddEach(metric, ExporterText.LabelsOf(line), Outcomes, OutcomeOf(line), text);

    /// <summary>How many servers of each backend are in each state, or had each outcome.</summary>
    public static void Sums(string metric, List<StatLine> backends, List<StatLine> lines, bool ofStates, StringBuilder text)
    {
        foreach (StatLine backend in backends)
        {
            List<StatLine> servers = lines.FindAll(line => line.Kind == StatKind.Server && line.Proxy == backend.Proxy);
            foreach (string state in ofStates ? OfServers : Outcomes)
            {
                int count = servers.FindAll(line => (ofStates ? StateOf(line) : OutcomeOf(line)) == state).Count;
                text.Append($"{metric}{{{ExporterText.LabelsOf(backend)},state=\"{state}\"}} {count}\n");
            }
        }
    }

    private static void AddEach(string metric, string labels, string[] states, string state, StringBuilder text)
    {
        foreach (string known in states) text.Append($"{metric}{{{labels},state=\"{known}\"}} {(known == state ? 1 : 0)}\n");
    }

    /// <summary>A check that runs again shows what it found before, behind a star.</summary>
    private static string OutcomeOf(StatLine line) => line["check_status"].TrimStart('*', ' ');

    private static string StateOf(StatLine line)
    {
        string status = line["status"];
        switch (line.Kind)
        {
            case StatKind.Frontend:
                return status == "STOP" ? "DOWN" : "UP";
            case StatKind.Listener:
                return status;
            default:
                if (line.IsInMaintenance) return "MAINT";
                return status == "no check" ? "UP" : status.Split(' ')[0];
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
