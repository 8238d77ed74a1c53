using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>h2load: HTTP/2 in clear and over TLS, HTTP/1 over TLS. It tells no percentiles.</summary>
public static partial class H2LoadClient
{
    public const string Program = "/usr/bin/h2load";

    public static LoadResult Run(LoadPlan plan) => ForeignLoad.Run(Command(plan), plan, (report, _) => Parse(report));

    public static List<string> Command(LoadPlan plan)
    {
        // Windows of 1 MiB, as the own client's sockets have: no load waits for a window.
        List<string> command = [Program, "-t1", $"-c{plan.Connections}", $"-m{plan.Streams}", "-w20", "-W20"];
        if (plan.RequestsMax > 0) command.Add($"-n{plan.RequestsMax}");
        else command.Add($"-D{Math.Max(plan.WindowMs, 1)}ms");
        if (!plan.Http2) command.Add("--h1");
        command.Add($"{(plan.Tls ? "https" : "http")}://127.0.0.1:{plan.Port}/{plan.BodyBytes}");
        return command;
    }

    /// <summary>Reads h2load's report. Throws <see cref="SubjectException"/> when it holds no result.</summary>
    public static LoadResult Parse(string report)
    {
        Match requests = Requests().Match(report);
        Match statuses = Statuses().Match(report);
        Match finished = Finished().Match(report);
        if (!requests.Success || !statuses.Success || !finished.Success)
            throw new SubjectException($"h2load gave no result: {report.Trim()}");
        LoadErrors errors = new()
        {
            Closed = Count(requests, 2) - Count(requests, 4),
            Timeout = Count(requests, 4),
            Status = Count(statuses, 2) + Count(statuses, 3) + Count(statuses, 4),
        };
        return new LoadResult
        {
            Requests = Count(statuses, 1),
            Seconds = Seconds(finished),
            Errors = errors,
        };
    }

    private static double Seconds(Match finished) =>
        double.Parse(finished.Groups[1].Value, CultureInfo.InvariantCulture) * finished.Groups[2].Value switch
        {
            "us" => 1e-6,
            "ms" => 1e-3,
            "m" => 60,
            _ => 1,
        };

    private static long Count(Match match, int group) =>
        long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // Failed requests (group 2) hold the errored (3) and those out of time (4).
    [GeneratedRegex(@"requests: .*?(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout")]
    private static partial Regex Requests();

    [GeneratedRegex(@"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx")]
    private static partial Regex Statuses();

    [GeneratedRegex(@"finished in ([\d.]+)(us|ms|s|m)")]
    private static partial Regex Finished();
}
