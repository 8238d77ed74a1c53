using System;
using System.Collections.Generic;
using System.Threading;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Measures what only a fresh process shows: the memory that idle connections add, and the time to the first
/// answer. Each round starts the subject anew.
/// </summary>
public sealed class MeasureFresh(ScenarioRun run, Scenario scenario, ScenarioRecord record)
{
    /// <summary>Memory that changes by less between two looks is settled.</summary>
    private const long SteadyBytes = 16 * 1024;

    /// <summary>One in so many of the idle connections is opened before memory is looked at first.</summary>
    private const int FirstShare = 10;

    /// <summary>Between two looks: a runtime gives back what the load before needed, and pools settle.</summary>
    private const int SettleMs = 1_000;

    public void Run(IReadOnlyList<Subject> subjects)
    {
        for (int round = 0; round < run.Settings.Rounds; round++)
        {
            foreach (int index in RoundOrder.Of(subjects.Count, round))
                MeasureOne(subjects[index], round);
        }
    }

    private void MeasureOne(Subject subject, int number)
    {
        SubjectRecord entry = record.Subjects.Find(candidate => candidate.Subject == subject.Name)!;
        if (entry.Failure is not null) return;
        run.Progress.Show(scenario.Name, subject.Name, $"round {number + 1} of {run.Settings.Rounds}");
        try
        {
            entry.Rounds.Add(scenario.Kind == ScenarioKind.Start
                ? MeasureStart(subject, number)
                : MeasureIdle(subject, number));
        }
        catch (SubjectException fault)
        {
            entry.Failure = fault.Message;
        }

        run.Progress.Advance(scenario.Kind == ScenarioKind.Start ? 0.3 : run.Settings.WarmUpSeconds + 3);
    }

    private Round MeasureStart(Subject subject, int number)
    {
        double elapsedMs = RunningProxy.TimeStart(scenario, subject, run.Stage);
        return new Round { Number = number, StartMs = elapsedMs };
    }

    /// <summary>
    /// The memory of a process that has become quiet: a compiler or collector at work in the background holds, and gives
    /// back, more than thousands of connections do.
    /// </summary>
    private static UserMemory Settled(int process)
    {
        Thread.Sleep(SettleMs);
        UserMemory memory = UserMemory.OfTree(process);
        for (int same = 0, looks = 0; same < 4 && looks < 24; looks++)
        {
            Thread.Sleep(SettleMs);
            UserMemory next = UserMemory.OfTree(process);
            same = Math.Abs(next.ProportionalBytes - memory.ProportionalBytes) < SteadyBytes ? same + 1 : 0;
            memory = next;
        }
        return memory;
    }

    private Round MeasureIdle(Subject subject, int number)
    {
        using RunningProxy proxy = RunningProxy.Start(scenario, subject, run.Stage);
        int connections = run.Connections(scenario);

        // Everything that the idle connections will pass through has run before: what it compiled or pooled
        // for a few connections is not charged to the many.
        Scenario few = scenario with { Connections = 20 };
        run.WarmUp(few, proxy, run.Settings.WarmUpSeconds / 2);
        run.WarmUp(few with { PerRequest = true }, proxy, run.Settings.WarmUpSeconds / 2);

        // The first of them pay for what is there once, and give the process time to hand back what starting took:
        // what counts is what each further connection adds.
        int first = Math.Max(connections / FirstShare, 1);
        using ChildProcess some = Hold(proxy, first);
        UserMemory before = Settled(proxy.Id);
        using ChildProcess rest = Hold(proxy, connections - first);
        UserMemory after = Settled(proxy.Id);
        if (proxy.HasExited)
            throw new SubjectException($"it ended during a round\n{proxy.OutputTail}".Trim());

        return new Round
        {
            Number = number,
            ResidentBytes = after.ResidentBytes,
            MemoryPerConnection = (after.ProportionalBytes - before.ProportionalBytes) / (double)(connections - first),
        };
    }

    /// <summary>Opens keep-alive connections that have had one answer each.</summary>
    private ChildProcess Hold(RunningProxy proxy, int connections)
    {
        ChildProcess hold = ChildProcess.StartVerb(
            [
                "hold", "--port", $"{proxy.Port}", "--connections", $"{connections}",
                "--body", $"{scenario.BodyBytes}",
            ],
            Placement.LoadCpus);
        int answered = hold.WaitReady();
        if (answered == connections) return hold;
        hold.Dispose();
        throw new SubjectException($"{answered} of {connections} connections got an answer");
    }
}
