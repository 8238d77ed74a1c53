using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Profiling;
using Engine.Data.Registries;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>set profiling</c> and <c>show profiling</c> (management guide section 9.3), with the reference's columns. A
/// function is a phase of the tick, what it is called from the phase that listed the row.
/// </summary>
internal static class ProfilingCommands
{
    private const string NoMemory = "Memory profiling not compiled in.";

    private readonly record struct Line(WorkKind Kind, WorkKind By, WorkEntry Cost);

    [ModuleInitializer]
    internal static void Register()
    {
        Words.CliCommands.Add(new CliCommand("set profiling", AdminLevel.Admin, "<what> {auto|on|off}", (AdminCommandRun)Set)
        {
            Summary = "enable/disable resource profiling (tasks,memory)",
        });
        Words.CliCommands.Add(new CliCommand(
            "show profiling", AdminLevel.Admin, "[<what>|<#lines>|<opts>]*",
            (AdminCommandRun)Show)
        {
            Summary = "show profiling state (all,status,tasks,memory)",
        });
    }

    private static void Set(AdminRequest request)
    {
        switch (request.Argument(0))
        {
            case "memory":
                request.Refuse(NoMemory);
                break;
            case "tasks":
                SetTasks(request);
                break;
            default:
                request.Refuse("Expects either 'tasks' or 'memory'.");
                break;
        }
    }

    private static void SetTasks(AdminRequest request)
    {
        ReadOnlySpan<string> modes = request.Arguments[1..];
        bool good = modes.Length > 0;
        ProfilingMode? mode = null;
        foreach (string word in modes) good &= ProfilingWords.TryRead(word, ref mode);
        if (!good) request.Refuse($"Expects a combination of either {ProfilingWords.AllButMemory} or 'no-memory'.");
        else if (mode is { } chosen) request.DoOnAll(world => world.Profile.Set(chosen));
    }

    private static void Show(AdminRequest request)
    {
        string what = "all";
        string order = "";
        bool sums = false;
        int most = int.MaxValue;
        foreach (string word in request.Arguments)
        {
            if (word is "all" or "status" or "tasks" or "memory") what = word;
            else if (word is "byaddr" or "bytime" or "byctx") order = word;
            else if (word == "aggr") sums = true;
            else if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most == 0)
            {
                request.Refuse("Expects either 'all', 'status', 'tasks', 'memory', 'byaddr', 'bytime', 'byctx', 'aggr' "
                    + "or a max number of output lines.");
                return;
            }
        }
        if (what is "all" or "status") ShowStatus(request);
        if (what is "all" or "tasks") ShowTasks(request, order, sums, most);
    }

    private static void ShowStatus(AdminRequest request)
    {
        WorkProfile profile = request.Engine.Worlds[0].Profile;
        bool anyOn = false;
        foreach (World world in request.Engine.Worlds) anyOn |= world.Profile.IsOn;
        string mode = profile.Mode switch
        {
            ProfilingMode.On => "on",
            ProfilingMode.Off => "off",
            _ => anyOn ? "auto-on" : "auto-off",
        };
        request.Answer($"Per-task CPU profiling              : {mode,-13} # set profiling tasks {{on|auto|off}}");
        request.Answer($"Memory usage profiling              : {"off",-13} # set profiling memory {{on|off}}");
    }

    private static void ShowTasks(AdminRequest request, string order, bool sums, int most)
    {
        List<Line> lines = [];
        long first = 0;
        long last = 0;
        for (WorkKind kind = WorkKind.DemuxFrames; kind <= WorkKind.EndStreams; kind++)
        {
            for (WorkKind by = WorkKind.Kernel; by <= WorkKind.EndStreams; by++)
            {
                WorkEntry sum = Sum(request.Engine.Worlds, kind, by);
                int at = sums ? lines.FindIndex(line => line.Kind == kind) : -1;
                if (at >= 0) lines[at] = lines[at] with { Cost = Plus(lines[at].Cost, sum) };
                else if (sum.Calls > 0) lines.Add(new Line(kind, by, sum));
            }
        }
        long now = EngineAccess.NowNanoseconds;
        foreach (World world in request.Engine.Worlds)
        {
            WorkProfile profile = world.Profile;
            if (profile.StartedNanoseconds == 0) continue;
            if (first == 0 || profile.StartedNanoseconds < first) first = profile.StartedNanoseconds;
            last = Math.Max(last, profile.StoppedNanoseconds == 0 ? now : profile.StoppedNanoseconds);
        }
        Sort(lines, order);
        request.Answer($"Tasks activity over {Seconds(last - first)} sec till {Seconds(last == 0 ? 0 : now - last)} sec ago:");
        request.Answer("  function                      calls   cpu_tot   cpu_avg   lkw_avg   lkd_avg   mem_avg   lat_avg");
        for (int i = 0; i < lines.Count && i < most; i++) request.Answer(Text(lines[i], sums));
    }

    private static WorkEntry Sum(ReadOnlySpan<World> worlds, WorkKind kind, WorkKind by)
    {
        WorkEntry sum = default;
        foreach (World world in worlds) sum = Plus(sum, world.Profile.Entry(kind, by));
        return sum;
    }

    private static WorkEntry Plus(WorkEntry one, WorkEntry other) => new()
    {
        Calls = one.Calls + other.Calls,
        CpuNanoseconds = one.CpuNanoseconds + other.CpuNanoseconds,
        LatencyNanoseconds = one.LatencyNanoseconds + other.LatencyNanoseconds,
    };

    /// <summary>By usage, unless the name, the time or the caller is asked for.</summary>
    private static void Sort(List<Line> lines, string order) => lines.Sort((a, b) => order switch
    {
        "byaddr" => (a.Kind, a.By).CompareTo((b.Kind, b.By)),
        "byctx" => (a.By, a.Kind).CompareTo((b.By, b.Kind)),
        "bytime" => b.Cost.CpuNanoseconds.CompareTo(a.Cost.CpuNanoseconds),
        _ => b.Cost.Calls.CompareTo(a.Cost.Calls),
    });

    private static string Text(Line line, bool sums)
    {
        WorkEntry cost = line.Cost;
        string caller = sums ? "" : $" <- {line.By}";
        return $"  {line.Kind,-25}{cost.Calls,10}{Time(cost.CpuNanoseconds)}{Time(cost.CpuNanoseconds / cost.Calls)}"
            + $"{Time(0)}{Time(0)}{Time(0)}{Time(cost.LatencyNanoseconds / cost.Calls)}{caller}";
    }

    private static string Seconds(long nanoseconds) =>
        (nanoseconds / 1_000_000 / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>Four digits and a unit in ten characters; nothing measured is a dash.</summary>
    internal static string Time(ulong nanoseconds)
    {
        if (nanoseconds == 0) return "      -   ";
        (double value, string unit) = nanoseconds switch
        {
            < 1_000 => (nanoseconds, "ns"),
            < 1_000_000 => (nanoseconds / 1e3, "us"),
            < 1_000_000_000 => (nanoseconds / 1e6, "ms"),
            _ => (nanoseconds / 1e9, "s "),
        };
        string form = value < 10 ? "F3" : value < 100 ? "F2" : value < 1000 ? "F1" : "F0";
        return (value.ToString(form, CultureInfo.InvariantCulture) + unit).PadLeft(10);
    }
}
