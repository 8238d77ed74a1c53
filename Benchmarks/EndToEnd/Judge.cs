using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>Holds what a run measured against the limits of the table.</summary>
public static class Judge
{
    /// <summary>One verdict per limit and subject that it applies to, in the table's order.</summary>
    public static List<Verdict> Run(RunRecord record)
    {
        List<Verdict> verdicts = [];
        foreach (ScenarioRecord measured in record.Scenarios)
        {
            if (ScenarioTable.Find(measured.Scenario) is not { } scenario) continue;
            foreach (Limit limit in scenario.Limits)
            {
                foreach (SubjectRecord subject in measured.Subjects)
                {
                    if (Applies(limit, subject)) verdicts.Add(One(measured, limit, subject));
                }
            }
        }

        return verdicts;
    }

    private static bool Applies(Limit limit, SubjectRecord subject) =>
        subject.Kind == SubjectKind.Sluice
        && limit.ReadyToRun == subject.ReadyToRun
        && (limit.Backend == KernelBackend.Any || limit.Backend == subject.Backend);

    private static Verdict One(ScenarioRecord measured, Limit limit, SubjectRecord subject)
    {
        bool failed = subject is { Failure: not null, Skipped: false };
        if (limit.Reference == Reference.None)
        {
            Spread value = Spread.Of(subject.Values(limit.Metric));
            return new Verdict(measured.Scenario, subject.Subject, string.Empty, limit, value, failed);
        }

        SubjectRecord? reference = measured.Subjects.Find(
            candidate => candidate.Role == limit.Reference && candidate.Spliced == limit.Spliced);
        Spread ratio = reference is null or { Failure: not null }
            ? Spread.Of([])
            : subject.RatioTo(reference, limit.Metric);
        string against = reference?.Subject ?? $"{limit.Reference}";
        return new Verdict(measured.Scenario, subject.Subject, against, limit, ratio, failed);
    }
}
