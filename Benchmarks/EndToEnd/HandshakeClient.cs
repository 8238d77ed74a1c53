using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>openssl's <c>s_time</c>: TLS connections, one after the other, each with a handshake and one request.</summary>
public static partial class HandshakeClient
{
    public const string Program = "/usr/bin/openssl";

    public static LoadResult Run(LoadPlan plan) =>
        ForeignLoad.Run(Command(plan), plan, (report, seconds) => Parse(report, seconds, plan.Handshakes));

    // Each asks for something: a client that leaves with its handshake is one that some subjects notice before they
    // have written the tickets and others behind it, which is not the same work. Nor would all keep its session.
    private static List<string> Command(LoadPlan plan)
    {
        List<string> command = [Program, "s_time", "-connect", $"127.0.0.1:{plan.Port}"];
        command.Add("-time");
        command.Add($"{Math.Max(1, plan.WindowMs / 1_000)}");
        if (plan.Handshakes == HandshakeKind.Full) command.Add("-new");
        else command.AddRange(["-tls1_2", "-reuse"]);
        command.AddRange(["-www", $"/{plan.BodyBytes}"]);
        return command;
    }

    /// <summary>Reads the report. Throws <see cref="SubjectException"/> when it holds no result or another one.</summary>
    public static LoadResult Parse(string report, double seconds, HandshakeKind kind)
    {
        Match total = Total().Match(report);
        if (!total.Success) throw new SubjectException($"s_time gave no result: {report.Trim()}");
        long connections = long.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture);
        long resumed = Marks().Match(report).Value.AsSpan().Count('r');
        bool asked = kind == HandshakeKind.Full ? resumed == 0 : resumed >= connections - 1;
        return asked
            ? new LoadResult { Requests = connections, Seconds = seconds }
            : throw new SubjectException($"{resumed} of {connections} handshakes were resumptions");
    }

    [GeneratedRegex(@"(\d+) connections in [\d.]+ ?s;")]
    private static partial Regex Total();

    [GeneratedRegex(@"^[r*t3]{3,}$", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
