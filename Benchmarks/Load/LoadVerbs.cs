using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;

namespace Benchmarks.Load;

/// <summary>
/// The verbs that run one load program in a process of its own: <c>origin</c>, <c>sink</c>, <c>load</c> and
/// <c>hold</c>. The end-to-end runner starts them; they can be used by hand as well. The servers print
/// <c>ready PORT</c> and end when standard input does or when their parent ends.
/// </summary>
public static class LoadVerbs
{
    private static readonly string[] LoadOptions =
    [
        "port", "kind", "body", "upload", "connections", "rate", "warmup-ms", "window-ms", "requests",
        "timeout-ms", "watch", "watch-origin", "watch-cpu",
    ];

    public static int RunOrigin(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, ["port"], []);
        using Origin origin = new(line.Integer("port", 0));
        return Serve(origin.Port, origin.Run, origin.Stop);
    }

    public static int RunSink(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, ["port"], []);
        using LogSink sink = new(line.Integer("port", 0));
        return Serve(sink.Port, sink.Run, sink.Stop);
    }

    /// <summary>
    /// One load run; prints its result as one line of JSON. Exit status 1 when a request failed.
    /// </summary>
    public static int RunLoad(ReadOnlySpan<string> arguments)
    {
        LoadPlan plan = PlanOf(new VerbOptions(arguments, LoadOptions, []));
        DieWithParent();

        // An open load sleeps until the next request is due: the default slack of 50 us would be its
        // latency.
        _ = LibC.Control(LibC.SetTimerSlack, 1, 0, 0, 0);
        using LoadLoop loop = new(plan);
        LoadResult result = loop.Run();
        Console.Out.WriteLine(JsonSerializer.Serialize(result));
        return result.Errors.Total == 0 ? 0 : 1;
    }

    /// <summary>
    /// Opens connections, sends one request on each and keeps them open until standard input ends. Prints
    /// <c>ready COUNT</c> with the number that got their answer.
    /// </summary>
    public static int RunHold(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, ["port", "connections", "body"], []);
        using IdleConnections connections = new(
            line.Integer("port", 0, 1), line.Integer("connections", 1, 1), line.Integer("body", 100));
        return Serve(connections.Open(), static () => { }, static () => { });
    }

    /// <summary>The options of <c>load</c> that make <see cref="RunLoad"/> run a plan.</summary>
    public static List<string> ArgumentsOf(LoadPlan plan) =>
    [
        "load",
        "--port", Text(plan.Port),
        "--kind", plan.Kind.ToString(),
        "--body", Text(plan.BodyBytes),
        "--upload", Text(plan.UploadBytes),
        "--connections", Text(plan.Connections),
        "--rate", FormattableString.Invariant($"{plan.Rate:R}"),
        "--warmup-ms", Text(plan.WarmUpMs),
        "--window-ms", Text(plan.WindowMs),
        "--requests", Text(plan.RequestsMax),
        "--timeout-ms", Text(plan.TimeoutMs),
        "--watch", Text(plan.WatchProcess),
        "--watch-origin", Text(plan.WatchOrigin),
        .. plan.WatchCpu >= 0 ? (string[])["--watch-cpu", Text(plan.WatchCpu)] : [],
    ];

    /// <summary>Reads what <see cref="ArgumentsOf"/> wrote, without the verb.</summary>
    public static LoadPlan PlanOf(ReadOnlySpan<string> arguments) =>
        PlanOf(new VerbOptions(arguments, LoadOptions, []));

    private static LoadPlan PlanOf(VerbOptions line)
    {
        if (!Enum.TryParse(line.Text("kind")
            ?? nameof(LoadKind.Closed), ignoreCase: true, out LoadKind kind))
            throw new UsageException("--kind is closed, perrequest or open");
        return new LoadPlan
        {
            Port = line.Integer("port", 0, 1),
            Kind = kind,
            BodyBytes = line.Integer("body", 100),
            UploadBytes = line.Integer("upload", 0),
            Connections = line.Integer("connections", 1, 1),
            Rate = line.Number("rate", 0),
            WarmUpMs = line.Integer("warmup-ms", 0),
            WindowMs = line.Integer("window-ms", 1_000),
            RequestsMax = line.Integer("requests", 0),
            TimeoutMs = line.Integer("timeout-ms", 10_000),
            WatchProcess = line.Integer("watch", 0),
            WatchOrigin = line.Integer("watch-origin", 0),
            WatchCpu = line.Integer("watch-cpu", -1),
        };
    }

    private static string Text(long number) => FormattableString.Invariant($"{number}");

    private static int Serve(int announced, Action run, Action stop)
    {
        DieWithParent();
        Console.Out.WriteLine(FormattableString.Invariant($"ready {announced}"));
        Thread server = new(() => run()) { IsBackground = true };
        server.Start();
        while (Console.In.Read() >= 0)
        {
            // What arrives has no meaning; only the end of it does.
        }

        stop();
        server.Join();
        return 0;
    }

    private static void DieWithParent() =>
        _ = LibC.Control(LibC.SetParentDeathSignal, LibC.SignalKill, 0, 0, 0);
}
