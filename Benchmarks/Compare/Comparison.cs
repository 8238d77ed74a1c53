using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Benchmarks.EndToEnd;

namespace Benchmarks.Compare;

/// <summary>Holds two runs, or the two commits of one run, against each other.</summary>
public static class Comparison
{
    private static readonly Metric[] Metrics = Enum.GetValues<Metric>();

    /// <summary>
    /// Rows for what both records measured. Their rounds did not run together, so a ratio's spread is that
    /// of the quartiles.
    /// </summary>
    /// <param name="before">The older record.</param>
    /// <param name="after">The newer record.</param>
    /// <param name="relativeTo">
    /// Name of a subject in both by whose rounds every value is divided first, so that records of different
    /// machines compare; null to compare the values themselves.
    /// </param>
    public static List<ComparisonRow> OfRecords(RunRecord before, RunRecord after, string? relativeTo)
    {
        List<ComparisonRow> rows = [];
        foreach (ScenarioRecord newer in after.Scenarios)
        {
            if (before.Find(newer.Scenario) is not { } older) continue;
            foreach (SubjectRecord subject in newer.Subjects)
            {
                SubjectRecord? same = older.Subjects.Find(candidate => candidate.Subject == subject.Subject);
                if (same is null) continue;
                foreach (Metric metric in Metrics)
                {
                    double[] valuesBefore = ValuesOf(older, same, metric, relativeTo);
                    double[] valuesAfter = ValuesOf(newer, subject, metric, relativeTo);
                    if (valuesBefore.Length == 0 || valuesAfter.Length == 0) continue;
                    rows.Add(RowOf(
                        newer.Scenario, subject, subject.Subject, metric, valuesBefore, valuesAfter,
                        Statistics.UnpairedRatio(
                            Shifted(metric, valuesAfter), Shifted(metric, valuesBefore))));
                }
            }
        }

        return rows;
    }

    /// <summary>Rows for a run that measured two commits side by side: rounds are paired.</summary>
    /// <param name="record">The run.</param>
    /// <param name="before">Label of the older commit in <see cref="SubjectRecord.Commit"/>.</param>
    /// <param name="after">Label of the newer one.</param>
    public static List<ComparisonRow> OfCommits(RunRecord record, string before, string after)
    {
        List<ComparisonRow> rows = [];
        foreach (ScenarioRecord scenario in record.Scenarios)
        {
            foreach (SubjectRecord newer in scenario.Subjects)
            {
                if (newer.Commit != after) continue;
                string name = newer.Subject.Split('@')[0];
                SubjectRecord? older = scenario.Subjects.Find(
                    candidate => candidate.Commit == before && candidate.Subject.Split('@')[0] == name);
                if (older is null) continue;
                foreach (Metric metric in Metrics)
                {
                    double[] valuesBefore = older.Values(metric);
                    double[] valuesAfter = newer.Values(metric);
                    if (valuesBefore.Length == 0 || valuesAfter.Length == 0) continue;
                    Spread ratio = metric == Metric.AllocatedPerRequest
                        ? Statistics.PairedRatio(Shifted(metric, valuesAfter), Shifted(metric, valuesBefore))
                        : newer.RatioTo(older, metric);
                    rows.Add(RowOf(scenario.Scenario, newer, name, metric, valuesBefore, valuesAfter, ratio));
                }
            }
        }

        return rows;
    }

    /// <summary>The table, and whether a row is a regression beyond the limit.</summary>
    public static string Write(List<ComparisonRow> rows, double limitPercent, out bool regressed)
    {
        TextTable table = new("scenario", "subject", "measure", "before", "after", "ratio", "spread", "")
        {
            LeftColumns = 3,
        };
        regressed = false;
        foreach (ComparisonRow row in rows)
        {
            bool worse = row.IsRegression(limitPercent);
            regressed |= worse;
            table.Add(
                row.Scenario,
                row.Subject,
                Report.NameOf(row.Metric),
                row.Before.ToString("0.00", CultureInfo.InvariantCulture),
                row.After.ToString("0.00", CultureInfo.InvariantCulture),
                row.Ratio.Median.ToString("0.000", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{row.Ratio.Low:0.000}-{row.Ratio.High:0.000}"),
                worse ? "REGRESSION" : row.IsJudged ? "ok" : "not judged");
        }

        StringBuilder text = new(table.ToString(markdown: false));
        _ = text.Append(CultureInfo.InvariantCulture, $"limit {limitPercent:0.##} %\n");
        return text.ToString();
    }

    private static ComparisonRow RowOf(
        string scenario,
        SubjectRecord subject,
        string name,
        Metric metric,
        double[] before,
        double[] after,
        Spread ratio) =>
        new(
            scenario, name, metric, Statistics.Median(before), Statistics.Median(after), ratio,
            subject.Kind == SubjectKind.Sluice && IsAbout(scenario, metric));

    private static double[] ValuesOf(
        ScenarioRecord scenario, SubjectRecord subject, Metric metric, string? relativeTo)
    {
        if (relativeTo is null || metric == Metric.AllocatedPerRequest) return subject.Values(metric);
        if (scenario.Subjects.Find(candidate => candidate.Subject == relativeTo) is not { } reference)
            return [];

        double[] values = subject.Values(metric);
        double divisor = Statistics.Median(reference.Values(metric));
        return double.IsNaN(divisor) || divisor == 0
            ? []
            : Array.ConvertAll(values, value => value / divisor);
    }

    // None allocated divided by none is no number; with a byte added to both, an object more shows and
    // nothing else.
    private static double[] Shifted(Metric metric, double[] values) =>
        metric == Metric.AllocatedPerRequest ? Array.ConvertAll(values, value => value + 1) : values;

    // The 99th percentile of a closed load follows its rate and the scheduler's mood; only the latency
    // scenario, with its constant rate, is about it.
    private static bool IsAbout(string scenario, Metric metric) => ScenarioTable.Find(scenario)?.Kind switch
    {
        ScenarioKind.Throughput => metric is Metric.CpuPerRequest or Metric.RequestsPerSecond,
        ScenarioKind.Latency => metric is Metric.CpuPerRequest or Metric.P99,
        null => false,
        _ => true,
    };
}
