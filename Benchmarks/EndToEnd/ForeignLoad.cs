using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// A load program that is not ours, run to its end. It has no window: CPU figures hold the opening of its connections.
/// </summary>
public static class ForeignLoad
{
    /// <summary>Why a scenario's load cannot be made here, null when it can.</summary>
    public static string? Refusal(Scenario scenario)
    {
        if (!scenario.ForeignLoad) return null;
        string program = scenario.Handshakes == HandshakeKind.None ? H2LoadClient.Program : HandshakeClient.Program;
        return File.Exists(program) ? null : $"{program} is not installed";
    }

    /// <param name="command">Program and arguments.</param>
    /// <param name="plan">Whose CPU is watched.</param>
    /// <param name="parse">Makes a result of its report and the seconds it ran.</param>
    public static LoadResult Run(
        IReadOnlyList<string> command, LoadPlan plan, Func<string, double, LoadResult> parse)
    {
        string output = Path.GetTempFileName();
        try
        {
            CpuTimes proxy = Times(plan.WatchProcess);
            CpuTimes origin = Times(plan.WatchOrigin);
            long busy = plan.WatchCpu >= 0 ? CpuTimes.BusyOfCpu(plan.WatchCpu) : 0;
            long startedAt = Stopwatch.GetTimestamp();
            using ChildProcess load = ChildProcess.StartProgram(
                command, Placement.LoadCpus, output, new Dictionary<string, string>());
            _ = load.WaitForExit();
            double seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            return parse(File.ReadAllText(output), seconds) with
            {
                ProxyCpu = Times(plan.WatchProcess) - proxy,
                OriginCpu = Times(plan.WatchOrigin) - origin,
                CpuBusyNs = plan.WatchCpu >= 0 ? CpuTimes.BusyOfCpu(plan.WatchCpu) - busy : 0,
            };
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static CpuTimes Times(int process) => process > 0 ? CpuTimes.OfTree(process) : default;
}
