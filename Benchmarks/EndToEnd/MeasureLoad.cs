using System;
using System.Collections.Generic;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Measures a scenario whose subjects run side by side, one under load at a time: throughput and latency.
/// </summary>
public sealed class MeasureLoad(ScenarioRun run, Scenario scenario, ScenarioRecord record)
{
    // Fewer log lines than this per request and the subject did not do the work that is compared.
    private const double LogLinesMin = 0.9;
    private const int PeakRuns = 3;

    public void Run(IReadOnlyList<Subject> subjects)
    {
        List<RunningProxy> proxies = [];
        try
        {
            foreach (Subject subject in subjects)
            {
                RunningProxy? proxy = run.TryStart(scenario, subject, EntryOf(subject));
                if (proxy is not null) proxies.Add(proxy);
            }

            WarmUp(proxies);
            if (proxies.Count == 0) return;
            if (scenario.Kind == ScenarioKind.Latency) record.OfferedRate = HalfOfPeak(proxies);
            for (int round = 0; round < run.Settings.Rounds; round++)
            {
                foreach (int index in RoundOrder.Of(proxies.Count, round))
                    MeasureOne(proxies[index], round);
            }
        }
        finally
        {
            foreach (RunningProxy proxy in proxies)
                proxy.Dispose();
        }
    }

    private void WarmUp(List<RunningProxy> proxies)
    {
        for (int i = proxies.Count - 1; i >= 0; i--)
        {
            run.Progress.Show(scenario.Name, proxies[i].Subject.Name, "warm-up");
            try
            {
                run.WarmUp(scenario, proxies[i], run.Settings.WarmUpSeconds);
            }
            catch (SubjectException fault)
            {
                EntryOf(proxies[i].Subject).Failure = fault.Message;
                proxies[i].Dispose();
                proxies.RemoveAt(i);
            }

            run.Progress.Advance(run.Settings.WarmUpSeconds);
        }
    }

    private double HalfOfPeak(List<RunningProxy> proxies)
    {
        RunningProxy reference = proxies.Find(proxy => proxy.Subject.Role == Reference.A)
            ?? proxies.Find(proxy => proxy.Subject.Role == Reference.B)
            ?? proxies[0];
        int runs = run.Settings.Smoke ? 1 : PeakRuns;
        double[] rates = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            run.Progress.Show(scenario.Name, reference.Subject.Name, "peak rate");
            rates[i] = LoadClient.Run(run.PlanFor(scenario, reference), useWrk: false).RequestsPerSecond;
        }

        return Statistics.Median(rates) / 2;
    }

    private void MeasureOne(RunningProxy proxy, int number)
    {
        SubjectRecord entry = EntryOf(proxy.Subject);
        if (proxy.HasExited) return;
        run.Progress.Show(scenario.Name, proxy.Subject.Name, $"round {number + 1} of {run.Settings.Rounds}");
        LoadPlan plan = run.PlanFor(scenario, proxy);
        if (record.OfferedRate is double rate) plan = plan with { Kind = LoadKind.Open, Rate = rate };
        try
        {
            Round round = run.Measure(scenario, proxy, plan, number);
            entry.Rounds.Add(round);
            if (round.Errors is not null) entry.Failure = $"errors: {round.Errors}";
            else if (round.LogLinesPerRequest < LogLinesMin)
                entry.Failure = FormattableString.Invariant(
                    $"{round.LogLinesPerRequest:0.00} log lines per request");
        }
        catch (SubjectException fault)
        {
            entry.Failure = fault.Message;
        }

        run.Progress.Advance(run.Settings.Seconds + 0.7);
    }

    private SubjectRecord EntryOf(Subject subject) =>
        record.Subjects.Find(entry => entry.Subject == subject.Name)!;
}
