using System;
using System.Collections.Generic;
using System.Threading;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>Measures scenarios: what they have in common, whichever way each is measured.</summary>
public sealed class ScenarioRun(RunSettings settings, Stage stage, Progress progress)
{
    // Room for opening the connections at the start of each round, before its window.
    private const int SettleMs = 250;

    public RunSettings Settings => settings;

    public Stage Stage => stage;

    public Progress Progress => progress;

    /// <summary>Measures one scenario for the subjects that can do it.</summary>
    public ScenarioRecord Run(Scenario scenario, IReadOnlyList<Subject> subjects)
    {
        ScenarioRecord record = new() { Scenario = scenario.Name };
        List<Subject> measured = [];
        foreach (Subject subject in subjects)
        {
            if (!TakesPart(scenario, subject)) continue;
            SubjectRecord entry = SubjectRecord.Of(subject);
            record.Subjects.Add(entry);
            if (Refusal(scenario, subject) is { } refusal)
            {
                entry.Failure = refusal;
                entry.Skipped = true;
                continue;
            }

            measured.Add(subject);
        }

        switch (scenario.Kind)
        {
            case ScenarioKind.Throughput or ScenarioKind.Latency:
                new MeasureLoad(this, scenario, record).Run(measured);
                break;
            case ScenarioKind.IdleMemory or ScenarioKind.Start:
                new MeasureFresh(this, scenario, record).Run(measured);
                break;
            default:
                new MeasureAllocations(this, scenario, record).Run(measured);
                break;
        }

        return record;
    }

    /// <summary>Seconds that a scenario is planned to take, for the progress line.</summary>
    public static double PlannedSeconds(
        Scenario scenario, IReadOnlyList<Subject> subjects, RunSettings settings)
    {
        int count = 0;
        foreach (Subject subject in subjects)
        {
            if (TakesPart(scenario, subject)) count++;
        }

        double round = settings.Seconds + 0.7;
        return count * scenario.Kind switch
        {
            ScenarioKind.Start => settings.Rounds * 0.3,
            ScenarioKind.IdleMemory => settings.Rounds * (settings.WarmUpSeconds + 3),
            ScenarioKind.Allocations => settings.AllocationRequests / 30_000.0,
            _ => settings.WarmUpSeconds + (settings.Rounds * round),
        };
    }

    /// <summary>Whether a scenario measures a subject at all.</summary>
    public static bool TakesPart(Scenario scenario, Subject subject)
    {
        if (subject.Spliced && !scenario.SplicedReferences) return false;
        if (subject.ReadyToRun && scenario.Kind != ScenarioKind.Start) return false;
        return scenario.Kind != ScenarioKind.Allocations || subject.Kind == SubjectKind.Sluice;
    }

    // What a subject cannot do here at all, which is no failure of it.
    private static string? Refusal(Scenario scenario, Subject subject) => subject switch
    {
        _ when ForeignLoad.Refusal(scenario) is { } missing => missing,
        { Kind: SubjectKind.Nginx } => NginxFile.Refusal(scenario),
        { Backend: KernelBackend.IoUring } when !BackendInUse.IsIoUringAllowed() =>
            "the kernel does not allow io_uring here",
        _ => null,
    };

    /// <summary>The load that a scenario puts on a port.</summary>
    public LoadPlan PlanFor(Scenario scenario, RunningProxy proxy) => new()
    {
        Port = proxy.Port,
        Kind = scenario.PerRequest ? LoadKind.PerRequest : LoadKind.Closed,
        BodyBytes = scenario.BodyBytes,
        UploadBytes = scenario.UploadBytes,
        Connections = Connections(scenario),
        Tls = scenario.Tls,
        Http2 = scenario.Http2,
        Streams = scenario.Streams,
        Handshakes = scenario.Handshakes,
        WarmUpMs = SettleMs,
        WindowMs = (int)(settings.Seconds * 1_000),
        WatchProcess = proxy.Id,
        WatchOrigin = stage.OriginProcess,
        WatchCpu = Placement.ProxyCpus.Length == 1 ? Placement.ProxyCpus[0] : -1,
    };

    public int Connections(Scenario scenario) =>
        settings.ConnectionsMax > 0
            ? Math.Min(settings.ConnectionsMax, scenario.Connections)
            : scenario.Connections;

    /// <summary>Load that is not measured, so that pools are filled and a JIT has tiered up.</summary>
    public void WarmUp(Scenario scenario, RunningProxy proxy, double seconds)
    {
        LoadPlan plan = PlanFor(scenario, proxy) with { WindowMs = Math.Max(1, (int)(seconds * 1_000)) };
        LoadResult result = LoadClient.Run(plan, useWrk: false);
        if (result.Errors.Total > 0) throw new SubjectException($"errors while warming up: {result.Errors}");
    }

    /// <summary>Starts a subject, or notes in its record why it does not start and returns null.</summary>
    public RunningProxy? TryStart(Scenario scenario, Subject subject, SubjectRecord record)
    {
        try
        {
            return RunningProxy.Start(scenario, subject, stage);
        }
        catch (SubjectException fault)
        {
            record.Failure = fault.Message;
            return null;
        }
    }

    /// <summary>Runs one measured load and makes a round of it.</summary>
    public Round Measure(Scenario scenario, RunningProxy proxy, LoadPlan plan, int number)
    {
        long linesBefore = scenario.HttpLog ? stage.LogLines() : 0;
        LoadResult result = LoadClient.Run(plan, settings.UseWrk);
        if (proxy.HasExited)
            throw new SubjectException($"it ended during a round\n{proxy.OutputTail}".Trim());

        if (result.Requests == 0) throw new SubjectException($"no request was answered: {result.Errors}");
        long residentBytes = UserMemory.OfTree(proxy.Id).ResidentBytes;
        Round round = RoundOf(result, number) with { ResidentBytes = residentBytes };
        if (!scenario.HttpLog) return round;

        // Lines still on their way: a proxy may write them after its answers.
        Thread.Sleep(50);
        return round with { LogLinesPerRequest = (stage.LogLines() - linesBefore) / (double)result.Requests };
    }

    private static Round RoundOf(LoadResult result, int number)
    {
        double requests = result.Requests;
        double windowNs = result.Seconds * 1e9;
        bool watched = result.CpuBusyNs > 0;
        return new Round
        {
            Number = number,
            Requests = result.Requests,
            RequestsPerSecond = result.RequestsPerSecond,
            CpuUs = result.ProxyCpu.RunNs / requests / 1e3,
            UserUs = result.ProxyCpu.UserNs / requests / 1e3,
            SystemUs = result.ProxyCpu.SystemNs / requests / 1e3,
            P50Us = Latency(result.P50Ns),
            P99Us = Latency(result.P99Ns),
            P999Us = Latency(result.P999Ns),
            MaximumUs = Latency(result.MaximumNs),
            OriginUs = result.OriginCpu.RunNs / requests / 1e3,
            ClientUs = result.ClientCpu.RunNs / requests / 1e3,
            BusyPercent = watched ? 100 * result.CpuBusyNs / windowNs : null,
            ForeignPercent = watched
                ? 100 * Math.Max(result.CpuBusyNs - result.ProxyCpu.RunNs, 0) / windowNs
                : null,
            Reconnects = result.Reconnects > 0 ? result.Reconnects : null,
            BacklogMax = result.BacklogMax > 0 ? result.BacklogMax : null,
            Errors = result.Errors.Total > 0 ? result.Errors : null,
        };
    }

    // A program that tells no percentiles leaves them at 0.
    private static double? Latency(long nanoseconds) => nanoseconds > 0 ? nanoseconds / 1e3 : null;
}
