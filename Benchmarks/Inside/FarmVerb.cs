using System;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Benchmarks.EndToEnd;
using Benchmarks.Load;

namespace Benchmarks.Inside;

/// <summary>
/// <c>farm</c>: one backend of very many servers: how soon the process answers, and what requests on another frontend of
/// its one thread notice while everything that tells of all servers is asked for again and again. Requests are due at a
/// steady rate and counted from when they are due, so a thread that is busy for so long delays so many of them.
/// </summary>
internal static class FarmVerb
{
    private const int Servers = 50_000;

    private const double StartMsMax = 2_000;

    /// <summary>The most that one request of a thousand may wait for a loop over the servers, milliseconds.</summary>
    private const double StallMsMax = 5;

    private const int RequestsPerSecond = 2_000;

    private const int LowestPriority = 19;

    private static readonly string[] Questions =
    [
        "", "show stat", "show stat typed", "show stat json", "show servers state", "show servers conn", "show backend",
        "clear counters all", "GET /stats", "GET /stats;csv", "GET /stats;json", "GET /metrics",
    ];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, ["seconds", "servers", "sluice", "sluice-args", "proxy-cpus", "load-cpus"], []);
        InsideRun.Place(line);
        int port = Sockets.FreePort(), pages = Sockets.FreePort();
        using OwnProxy proxy = new(InsideRun.Command(line), Configuration(line.Integer("servers", Servers, 1), port, pages), port);
        bool passes = proxy.StartedMs <= StartMsMax;
        Say($"start to first answer: {proxy.StartedMs:0} ms (at most {StartMsMax:0})");
        TextTable table = new("asked for again and again", "answers", "p50 ms", "p99.9 ms", "most ms", string.Empty);
        LoadPlan plan = new()
        {
            Port = port,
            Kind = LoadKind.Open,
            Rate = RequestsPerSecond,
            Connections = 50,
            WarmUpMs = 250,
            WindowMs = (int)(line.Number("seconds", 3) * 1_000),
        };
        foreach (string question in Questions)
        {
            using Asker asker = new(proxy, pages, question);
            LoadResult seen = LoadClient.Run(plan, useWrk: false);
            asker.Stop();
            if (seen.Errors.Total > 0) throw new SubjectException($"errors: {seen.Errors}");
            bool good = seen.P999Ns / 1e6 <= StallMsMax;
            passes &= good;
            table.Add(
                question.Length > 0 ? question : "nothing", Text($"{asker.Answers}"), Text($"{seen.P50Ns / 1e6:0.00}"),
                Text($"{seen.P999Ns / 1e6:0.00}"), Text($"{seen.MaximumNs / 1e6:0.00}"), good ? "pass" : "MISS");
        }
        Console.Write(table.ToString(markdown: false));
        Say($"p99.9 is to be at most {StallMsMax:0} ms");
        return passes ? 0 : 1;
    }

    private static string Configuration(int servers, int port, int pages)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
                nbthread 1
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend probe
                bind 127.0.0.1:{port}
                http-request return status 200 content-type text/plain string {new string('x', 100)}
                default_backend farm
            frontend pages
                bind 127.0.0.1:{pages}
                http-request use-service prometheus-exporter if {"{ path /metrics }"}
                stats enable
                stats uri /stats
            backend farm

            """);
        for (int i = 0; i < servers; i++)
            text.Append(CultureInfo.InvariantCulture, $"    server s{i} 10.{i >> 16}.{(i >> 8) & 255}.{i & 255}:80\n");
        return text.ToString();
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static void Say(FormattableString text) => Console.WriteLine(Text(text));

    /// <summary>Asks one question again and again.</summary>
    private sealed class Asker : IDisposable
    {
        private readonly OwnProxy proxy;
        private readonly int pages;
        private readonly string question;
        private readonly Thread? thread;
        private volatile bool stopping;

        public Asker(OwnProxy proxy, int pages, string question)
        {
            this.proxy = proxy;
            this.pages = pages;
            this.question = question;
            if (question.Length == 0) return;
            thread = new Thread(Ask) { IsBackground = true };
            thread.Start();
        }

        /// <summary>Whole answers so far.</summary>
        public int Answers { get; private set; }

        public void Stop()
        {
            stopping = true;
            thread?.Join();
        }

        public void Dispose() => Stop();

        private void Ask()
        {
            // Who asks shares a CPU with the load, which is not to wait for it.
            _ = LibC.SetPriority(which: 0, who: 0, LowestPriority);
            for (; !stopping; Answers++)
            {
                long length = question.StartsWith("GET", StringComparison.Ordinal) ? Fetch() : proxy.Admin.Read(question);
                if (length == 0) throw new SubjectException($"no answer to '{question}'");
            }
        }

        private long Fetch()
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(System.Net.IPAddress.Loopback, pages);
            socket.Send(Encoding.ASCII.GetBytes($"{question} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
            using NetworkStream stream = new(socket, ownsSocket: true);
            return AdminClient.Drain(stream);
        }
    }
}
