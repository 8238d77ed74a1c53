using System.Collections.Generic;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Counts the bytes that sluice puts on the managed heap for a number of requests, nine tenths of them on
/// kept connections and one on connections of their own. The count is the runtime's; a start-up hook in the
/// process under test reads it (<see cref="HeapProbe"/>), so the program itself needs no code for it.
/// </summary>
public sealed class MeasureAllocations(ScenarioRun run, Scenario scenario, ScenarioRecord record)
{
    public void Run(IReadOnlyList<Subject> subjects)
    {
        foreach (Subject subject in subjects)
        {
            SubjectRecord entry = record.Subjects.Find(candidate => candidate.Subject == subject.Name)!;
            run.Progress.Show(scenario.Name, subject.Name, string.Empty);
            try
            {
                entry.Rounds.Add(MeasureOne(subject));
            }
            catch (SubjectException fault)
            {
                entry.Failure = fault.Message;
            }

            run.Progress.Advance(run.Settings.AllocationRequests / 30_000.0);
        }
    }

    private Round MeasureOne(Subject subject)
    {
        string socket = run.Stage.NewPath();
        using RunningProxy proxy = RunningProxy.Start(
            scenario, subject, run.Stage, HeapProbe.Environment(socket));
        run.WarmUp(scenario, proxy, run.Settings.WarmUpSeconds);
        if (!scenario.ForeignLoad)
            run.WarmUp(scenario with { PerRequest = true }, proxy, run.Settings.WarmUpSeconds);

        // The first reading makes what all of them need; the two after it, with nothing between them, tell
        // what a reading itself costs.
        _ = HeapProbe.Read(socket);
        long first = HeapProbe.Read(socket);
        long before = HeapProbe.Read(socket);
        long requests = Load(proxy, run.Settings.AllocationRequests);
        long after = HeapProbe.Read(socket);
        long own = before - first;
        return new Round
        {
            Requests = requests,
            AllocatedPerRequest = (after - before - own) / (double)requests,
        };
    }

    // The programs for HTTP/2 and TLS keep their connections.
    private long Load(RunningProxy proxy, long requests) =>
        scenario.ForeignLoad
            ? Load(proxy, perRequest: false, requests)
            : Load(proxy, perRequest: false, requests * 9 / 10) + Load(proxy, perRequest: true, requests / 10);

    private long Load(RunningProxy proxy, bool perRequest, long requests)
    {
        LoadPlan plan = run.PlanFor(scenario with { PerRequest = perRequest }, proxy);
        plan = plan with { RequestsMax = requests };
        LoadResult result = LoadClient.Run(plan, useWrk: false);
        if (result.Errors.Total > 0) throw new SubjectException($"errors: {result.Errors}");
        return result.Requests;
    }
}
