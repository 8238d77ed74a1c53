using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Benchmarks.EndToEnd;
using Benchmarks.Load;

namespace Benchmarks.Soak;

/// <summary>
/// Very many requests through one server with <c>maxconn 1</c> while the statistics socket disables, enables and drains
/// it: none may wait near <c>timeout queue</c>, and at the end nothing may be counted any more. It is what shows a
/// request that was forgotten in the queue.
/// </summary>
internal sealed class QueueSoak(string program, int threads, int connections)
{
    /// <summary>Requests of one load run at most (one with many refusals ends sooner), and between two lines of progress.</summary>
    private const int Portion = 50_000;

    private const int QueueSeconds = 20;

    /// <summary>Half of <c>timeout queue</c>: nothing but a forgotten request waits so long.</summary>
    private const long WaitMaxNs = QueueSeconds * 1_000_000_000L / 2;

    private const int SettleMs = 5_000;

    private static readonly string[] Orders =
    [
        "disable server be/s", "enable server be/s", "set server be/s state drain", "set server be/s state ready",
        "set server be/s weight 0", "set server be/s weight 100%", "set maxconn server be/s 1",
        "set server be/s state maint", "set server be/s state ready",
    ];

    private readonly TemporaryDirectory directory = new("sluice-soak-");
    private volatile bool stopping;
    private long orders;

    private string SocketPath => Path.Combine(directory.Path, "cli");

    /// <summary>Returns what went wrong, null when nothing did.</summary>
    public string? Run(long requests)
    {
        using Origin origin = new(0);
        Thread server = new(origin.Run) { IsBackground = true };
        server.Start();
        int port = FreePort();
        string file = Path.Combine(directory.Path, "soak.cfg");
        File.WriteAllText(file, Configuration(port, origin.Port));
        using ChildProcess proxy = ChildProcess.StartProgram(
            [.. SluiceBuild.Command(program), "-f", file], [], Path.Combine(directory.Path, "output"),
            new Dictionary<string, string>());
        try
        {
            WaitForSocket(proxy);
            Thread orderer = new(GiveOrders) { IsBackground = true };
            orderer.Start();
            string? fault = Load(requests, port, proxy);
            stopping = true;
            orderer.Join();
            foreach (string order in (string[])["set server be/s state ready", "set server be/s weight 100%"]) Say(order);
            return fault ?? WaitUntilCountersAreZero();
        }
        finally
        {
            origin.Stop();
            server.Join();
            directory.Dispose();
        }
    }

    private string? Load(long requests, int port, ChildProcess proxy)
    {
        long answered = 0, refused = 0, worstNs = 0;
        long shown = 0;
        double seconds = 0;
        while (answered < requests)
        {
            LoadPlan plan = new()
            {
                Port = port,
                Kind = LoadKind.Closed,
                BodyBytes = 100,
                Connections = connections,
                RequestsMax = Portion,
                TimeoutMs = QueueSeconds * 2_000,
            };
            using LoadLoop loop = new(plan);
            LoadResult result = loop.Run();
            answered += result.Requests;
            refused += result.Errors.Status;
            seconds += result.Seconds;
            worstNs = Math.Max(worstNs, result.MaximumNs);
            if (answered - shown >= Portion || answered >= requests)
            {
                shown = answered;
                Show(answered, refused, seconds, worstNs);
            }
            if (proxy.HasExited) return $"the program ended: {proxy.OutputTail()}";
            // Between its orders there may be no server: 503 at once is right, anything else is not.
            if (result.Errors.Total != result.Errors.Status) return $"errors: {result.Errors}";
            if (worstNs > WaitMaxNs) return "a request waited as long as half of timeout queue";
        }
        return null;
    }

    private void Show(long answered, long refused, double seconds, long worstNs) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{answered} answered, {refused} told that there is no server, {seconds:0.0} s, slowest {worstNs / 1e6:0.0} ms, "
            + $"{Volatile.Read(ref orders)} orders"));

    private void GiveOrders()
    {
        for (int i = 0; !stopping; i = (i + 1) % Orders.Length)
        {
            Say(Orders[i]);
            Interlocked.Increment(ref orders);
            Thread.Sleep(i % 2 == 0 ? 2 : 60); // without a server for a moment, with one for longer
        }
    }

    private string? WaitUntilCountersAreZero()
    {
        string left = "";
        for (int waited = 0; waited < SettleMs; waited += 50)
        {
            left = Left();
            if (left.Length == 0) return null;
            Thread.Sleep(50);
        }
        return $"at the end there are still{left}";
    }

    private string Left()
    {
        StringBuilder left = new();
        string[] lines = Say("show stat").Split('\n');
        string[] names = lines[0].TrimStart('#', ' ').Split(',');
        foreach (string line in lines)
        {
            string[] values = line.Split(',');
            if (values.Length < names.Length || values[0] != "be") continue;
            foreach (string column in (string[])["qcur", "scur"])
            {
                string value = values[Array.IndexOf(names, column)];
                if (value != "0") left.Append($" {column} of {values[1]}: {value}");
            }
            string most = values[Array.IndexOf(names, "smax")];
            if (values[1] == "s" && most != "1") left.Append($" smax of s: {most}");
        }
        return left.ToString();
    }

    private string Say(string command) => new AdminClient(SocketPath).Say(command);

    private void WaitForSocket(ChildProcess proxy)
    {
        for (int waited = 0; !File.Exists(SocketPath); waited += 20)
        {
            if (proxy.HasExited || waited > 10_000) throw new SubjectException(proxy.OutputTail());
            Thread.Sleep(20);
        }
    }

    private string Configuration(int port, int origin) => $"""
        global
          nbthread {threads}
          stats socket {SocketPath} level admin
        defaults
          mode http
          timeout client 60s
          timeout server 60s
          timeout connect 5s
          timeout queue {QueueSeconds}s
        frontend fe
          bind 127.0.0.1:{port}
          default_backend be
        backend be
          http-reuse always
          server s 127.0.0.1:{origin} maxconn 1

        """;

    private static int FreePort()
    {
        using Origin probe = new(0);
        return probe.Port;
    }
}
