using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// wrk in the place of the own client, to check one against the other. It has no warm-up and no window: its
/// CPU figures hold the opening of the connections, and it reads no p99.9.
/// </summary>
public static partial class WrkClient
{
    private const string Program = "/usr/bin/wrk";

    /// <summary>wrk offers closed loads without request bodies.</summary>
    public static bool CanRun(LoadPlan plan) =>
        plan.Kind != LoadKind.Open && plan.UploadBytes == 0 && plan.RequestsMax == 0 && File.Exists(Program);

    public static LoadResult Run(LoadPlan plan)
    {
        int seconds = Math.Max(1, plan.WindowMs / 1_000);
        List<string> command =
            [Program, "-t1", $"-c{plan.Connections}", $"-d{seconds}s", "--latency", "--timeout", "10s"];
        if (plan.Kind == LoadKind.PerRequest) command.AddRange(["-H", "Connection: close"]);
        command.Add($"http://127.0.0.1:{plan.Port}/{plan.BodyBytes}");
        return ForeignLoad.Run(command, plan, (report, _) => Parse(report));
    }

    /// <summary>Reads wrk's report. Throws <see cref="SubjectException"/> when it holds no result.</summary>
    public static LoadResult Parse(string report)
    {
        Match requests = Requests().Match(report);
        if (!requests.Success) throw new SubjectException($"wrk gave no result: {report.Trim()}");
        double count = Number(requests.Groups[1].Value);
        LoadErrors errors = new();
        if (StatusErrors().Match(report) is { Success: true } status)
            errors.Status = (long)Number(status.Groups[1].Value);

        if (SocketErrors().Match(report) is { Success: true } sockets)
        {
            errors.Connect = (long)Number(sockets.Groups[1].Value);
            errors.Closed = (long)(Number(sockets.Groups[2].Value) + Number(sockets.Groups[3].Value));
            errors.Timeout = (long)Number(sockets.Groups[4].Value);
        }

        return new LoadResult
        {
            Requests = (long)count,
            Seconds = count / Number(Rate().Match(report).Groups[1].Value),
            P50Ns = Duration(Median().Match(report)),
            P99Ns = Duration(Ninetynine().Match(report)),
            Errors = errors,
        };
    }

    private static long Duration(Match match) =>
        (long)(Number(match.Groups[1].Value) * (match.Groups[2].Value switch
        {
            "us" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            _ => 60e9,
        }));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"\s50%\s+([\d.]+)(us|ms|s|m)")]
    private static partial Regex Median();

    [GeneratedRegex(@"\s99%\s+([\d.]+)(us|ms|s|m)")]
    private static partial Regex Ninetynine();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex StatusErrors();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();
}
