using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Benchmarks.EndToEnd;

/// <summary>Puts a run record into words: what each subject did, and how each limit came out.</summary>
public static class Report
{
    // Another process used the proxy's CPU for more than this share of a round, percent.
    private const double DisturbedPercent = 3;

    public static string Write(RunRecord record, bool markdown)
    {
        StringBuilder text = new();
        Head(text, record);
        foreach (ScenarioRecord scenario in record.Scenarios)
            Section(text, scenario, markdown);
        if (!record.Settings.Smoke) Verdicts(text, Judge.Run(record), markdown);
        return text.ToString();
    }

    private static void Head(StringBuilder text, RunRecord record)
    {
        MachineFacts machine = record.Machine;
        RunSettings settings = record.Settings;
        Line(text, $"{record.Date:yyyy-MM-dd HH:mm} UTC, commit {record.Commit}");
        Line(text, $"{machine.Cpu}, {machine.Cores} CPUs, Linux {machine.Kernel}, {machine.Runtime}");
        string proxyCpus = string.Join(',', settings.ProxyCpus);
        string loadCpus = string.Join(',', settings.LoadCpus);
        string client = settings.UseWrk ? "wrk" : "own";
        Line(text, $"{settings.Rounds} rounds of {settings.Seconds:0.##} s, client {client}");
        Line(text, $"{settings.Threads} thread(s) on CPU {proxyCpus}, load on CPU {loadCpus}");
        foreach (ProgramRecord program in record.Programs)
        {
            string role = program.Role == Reference.None ? string.Empty : $" (reference {program.Role})";
            Line(text, $"  {program.Name}{role}: {program.Version}");
        }

        if (settings.Smoke)
            Line(text, $"SMOKE RUN: it shows that everything works, its numbers mean nothing");

        if (machine.LoadBefore > 0.5)
            Line(text, $"the machine was busy before the run: load {machine.LoadBefore:0.0}");
    }

    private static void Section(StringBuilder text, ScenarioRecord scenario, bool markdown)
    {
        if (scenario.Subjects.Count == 0) return;
        string title = ScenarioTable.Find(scenario.Scenario)?.Title ?? scenario.Scenario;
        string rate = scenario.OfferedRate is double offered
            ? FormattableString.Invariant($", {offered:0} requests/s offered")
            : string.Empty;
        Line(text, $"\n{(markdown ? "### " : string.Empty)}{scenario.Scenario}: {title}{rate}\n");
        TextTable table = new(
            "", "req/s", "CPU us", "user", "sys", "p50 us", "p99", "p99.9", "RSS MB", "other", "disturbed");
        List<string> notes = [];
        foreach (SubjectRecord subject in scenario.Subjects)
        {
            if (subject.Rounds.Count > 0) Row(table, subject);
            if (subject.Failure is not null)
            {
                string word = subject.Skipped ? "not measured" : "FAILED";
                notes.Add($"{subject.Subject}: {word}: {subject.Failure}");
            }

        }

        if (table.Count > 0) _ = text.Append(table.ToString(markdown));
        foreach (string note in notes)
            Line(text, $"{(markdown ? "- " : "  ")}{note}");
    }

    private static void Row(TextTable table, SubjectRecord subject)
    {
        int disturbed = subject.Rounds.FindAll(round => round.ForeignPercent > DisturbedPercent).Count;
        table.Add(
            subject.Subject,
            Middle(subject, round => round.RequestsPerSecond, "0"),
            Middle(subject, round => round.CpuUs, "0.00"),
            Middle(subject, round => round.UserUs, "0.0"),
            Middle(subject, round => round.SystemUs, "0.0"),
            Middle(subject, round => round.P50Us, "0"),
            Middle(subject, round => round.P99Us, "0"),
            Middle(subject, round => round.P999Us, "0"),
            Middle(subject, round => round.ResidentBytes / 1048576.0, "0.0"),
            Other(subject),
            disturbed > 0
                ? FormattableString.Invariant($"{disturbed} of {subject.Rounds.Count}")
                : string.Empty);
    }

    private static string Other(SubjectRecord subject)
    {
        string memory = Middle(subject, round => round.MemoryPerConnection, "0 B/connection");
        string start = Middle(subject, round => round.StartMs, "0.0 ms");
        string heap = Middle(subject, round => round.AllocatedPerRequest, "0.0000 B/request");
        return $"{memory}{start}{heap}";
    }

    private static string Middle(SubjectRecord subject, Func<Round, double?> value, string form)
    {
        List<double> values = [];
        foreach (Round round in subject.Rounds)
        {
            if (value(round) is double one) values.Add(one);
        }

        if (values.Count == 0) return string.Empty;

        // A unit in the form is text to the formatter only when quoted.
        string[] parts = form.Split(' ', 2);
        string unit = parts.Length > 1 ? " " + parts[1] : string.Empty;
        return Statistics.Median([.. values]).ToString(parts[0], CultureInfo.InvariantCulture) + unit;
    }

    private static void Verdicts(StringBuilder text, List<Verdict> verdicts, bool markdown)
    {
        if (verdicts.Count == 0) return;
        Line(text, $"\n{(markdown ? "### " : string.Empty)}limits\n");
        TextTable table = new("scenario", "subject", "measure", "against", "ratio", "range", "limit", "")
        {
            LeftColumns = 4,
        };
        foreach (Verdict verdict in verdicts)
        {
            Spread spread = verdict.Measured;
            string bound = verdict.Limit.Bound.ToString("0.00", CultureInfo.InvariantCulture);
            table.Add(
                verdict.Scenario,
                verdict.Subject,
                NameOf(verdict.Limit.Metric),
                verdict.Against,
                verdict.IsMeasured ? FormattableString.Invariant($"{spread.Median:0.000}") : "-",
                verdict.IsMeasured
                    ? FormattableString.Invariant($"{spread.Low:0.000}-{spread.High:0.000}")
                    : "-",
                (verdict.Limit.IsMinimum ? ">= " : "<= ") + bound,
                verdict.Word);
        }

        _ = text.Append(table.ToString(markdown));
        foreach (IGrouping<string, Verdict> group in verdicts.GroupBy(verdict => verdict.Word))
            Line(text, $"  {group.Count()} {group.Key}");
    }

    /// <summary>What reports call a metric.</summary>
    public static string NameOf(Metric metric) => metric switch
    {
        Metric.CpuPerRequest => "CPU/request",
        Metric.RequestsPerSecond => "requests/s",
        Metric.P99 => "p99",
        Metric.MemoryPerConnection => "memory/connection",
        Metric.StartTime => "start",
        _ => "heap bytes/request",
    };

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
