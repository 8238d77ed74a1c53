using System;
using System.Collections.Generic;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// The scenarios, in the order of the performance table, with its limits. A scenario is one row here and
/// nothing elsewhere.
/// </summary>
public static class ScenarioTable
{
    private const int Kilobyte = 1 << 10;
    private const int Megabyte = 1 << 20;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new() { Name = "100b-1", Title = "100 B, 1 connection", Connections = 1, Limits = Cpu(0.80, 0.85) },
        new()
        {
            Name = "100b-50",
            Title = "100 B, 50 connections",
            Limits =
            [
                .. Cpu(0.72, 0.85, KernelBackend.IoUring),
                .. Cpu(0.78, 0.92, KernelBackend.Epoll),
                new Limit(Metric.RequestsPerSecond, Reference.A, 1.2),
            ],
        },
        new()
        {
            Name = "100b-256",
            Title = "100 B, 256 connections",
            Connections = 256,
            Limits = [.. Cpu(0.65, 0.72, KernelBackend.IoUring), .. Cpu(0.70, 0.78, KernelBackend.Epoll)],
        },
        new()
        {
            Name = "100b-2000",
            Title = "100 B, 2,000 connections, references tuned",
            Connections = 2_000,
            TunedReferences = true,
            Limits = Cpu(0.60, 0.60),
        },
        new()
        {
            Name = "httplog",
            Title = "50 connections, httplog to UDP",
            HttpLog = true,
            Limits = Cpu(0.75, 0.85),
        },
        new()
        {
            Name = "rules",
            Title = "50 connections, 5 rules and 5 ACLs",
            Rules = true,
            Limits = Cpu(0.75, 0.85),
        },
        new()
        {
            Name = "policy",
            Title = "50 connections, 20 rules and 10 ACLs, a map of 100,000",
            Policy = true,
            Limits = [new Limit(Metric.CpuPerRequest, Reference.A, 0.85)],
        },
        new()
        {
            Name = "close",
            Title = "connection per request, 50",
            PerRequest = true,
            Limits = Cpu(0.75, 0.80),
        },
        new()
        {
            Name = "64k",
            Title = "64 KB bodies, 20 connections",
            Connections = 20,
            BodyBytes = 64 * Kilobyte,
            Limits = Cpu(0.60, 0.75),
        },
        new()
        {
            Name = "1m",
            Title = "1 MB bodies, 20 connections",
            Connections = 20,
            BodyBytes = Megabyte,
            SplicedReferences = true,
            Limits = LargeBodies(),
        },
        new()
        {
            Name = "1m-tcp",
            Title = "1 MB bodies, 20 connections, TCP mode",
            Connections = 20,
            BodyBytes = Megabyte,
            Tcp = true,
            SplicedReferences = true,
            Limits = LargeBodies(),
        },
        new()
        {
            Name = "upload",
            Title = "1 MB uploads, 20 connections",
            Connections = 20,
            UploadBytes = Megabyte,
            Limits = Cpu(0.60, 0.80),
        },
        new()
        {
            Name = "h2c",
            Title = "HTTP/2 in clear, 10 connections x 100 streams, 100 B",
            Connections = 10,
            Http2 = true,
            Streams = 100,
            Limits = Cpu(0.50, 0.80),
        },
        new()
        {
            Name = "h2-tls",
            Title = "HTTP/2 over TLS, 10 connections x 100 streams, 100 B",
            Connections = 10,
            Tls = true,
            Http2 = true,
            Streams = 100,
            Limits = [new Limit(Metric.CpuPerRequest, Reference.B, 0.85)],
        },
        new()
        {
            Name = "h1-tls",
            Title = "HTTP/1 over TLS, 50 connections, 100 B",
            Tls = true,
            Limits = [new Limit(Metric.CpuPerRequest, Reference.B, 0.90)],
        },
        new()
        {
            Name = "h2c-1m",
            Title = "1 MB bodies, HTTP/2 in clear, 40 connections",
            Connections = 40,
            BodyBytes = Megabyte,
            Http2 = true,
            Limits = Cpu(0.95, 0.95),
        },
        new()
        {
            Name = "h1-tls-1m",
            Title = "1 MB bodies, HTTP/1 over TLS, 20 connections",
            Connections = 20,
            BodyBytes = Megabyte,
            Tls = true,
            Limits = Cpu(0.95, 0.95),
        },
        new()
        {
            Name = "tls-full",
            Title = "TLS handshakes, ECDSA P-256, a request each",
            Tls = true,
            Handshakes = HandshakeKind.Full,
            Limits = Cpu(1.0, 1.0),
        },
        new()
        {
            Name = "tls-full-rsa",
            Title = "TLS handshakes, RSA 2048, a request each",
            Tls = true,
            Rsa = true,
            Handshakes = HandshakeKind.Full,
            Limits = Cpu(1.0, 1.0),
        },
        new()
        {
            Name = "tls-tickets",
            Title = "TLS resumptions by ticket, a request each",
            Tls = true,
            Handshakes = HandshakeKind.Tickets,
            Limits = Cpu(1.0, 1.0),
        },
        new()
        {
            Name = "tls-ids",
            Title = "TLS resumptions by session id, a request each",
            Tls = true,
            Handshakes = HandshakeKind.SessionIds,
            Limits = Cpu(1.0, 1.0),
        },
        new()
        {
            Name = "queue",
            Title = "200 connections through one server with maxconn 1",
            Connections = 200,
            ServerLimit = 1,
            Limits =
            [
                new Limit(Metric.RequestsPerSecond, Reference.A, 0.97),
                new Limit(Metric.P99, Reference.A, 1.0),
            ],
        },
        new()
        {
            Name = "latency",
            Title = "p99 at half of A's peak rate, 50 connections",
            Kind = ScenarioKind.Latency,
            Limits = [new Limit(Metric.P99, Reference.A, 1.0), new Limit(Metric.P99, Reference.B, 1.0)],
        },
        new()
        {
            Name = "idle",
            Title = "user memory per idle connection, 5,000",
            Kind = ScenarioKind.IdleMemory,
            Connections = 5_000,
            Limits =
            [
                new Limit(Metric.MemoryPerConnection, Reference.A, 0.6),
                new Limit(Metric.MemoryPerConnection, Reference.B, 0.8),
            ],
        },
        new()
        {
            Name = "start",
            Title = "start to first response, sample file",
            Kind = ScenarioKind.Start,
            Limits =
            [
                new Limit(Metric.StartTime, Reference.A, 1.5),
                new Limit(Metric.StartTime, Reference.A, 1.0, ReadyToRun: true),
            ],
        },
        new()
        {
            Name = "allocations",
            Title = "heap bytes per request, log and rules on",
            Kind = ScenarioKind.Allocations,
            HttpLog = true,
            Rules = true,
            Limits = [new Limit(Metric.AllocatedPerRequest, Reference.None, AllocatedBound)],
        },
        new()
        {
            Name = "allocations-policy",
            Title = "heap bytes per request, 20 rules and a line of one's own",
            Kind = ScenarioKind.Allocations,
            HttpLog = true,
            Policy = true,
            Limits = [new Limit(Metric.AllocatedPerRequest, Reference.None, AllocatedBound)],
        },
        new()
        {
            Name = "allocations-h2",
            Title = "heap bytes per request, HTTP/2 over TLS",
            Kind = ScenarioKind.Allocations,
            Connections = 10,
            Tls = true,
            Http2 = true,
            Streams = 100,
            HttpLog = true,
            Rules = true,
            Limits = [new Limit(Metric.AllocatedPerRequest, Reference.None, AllocatedBound)],
        },
        new()
        {
            Name = "allocations-tls",
            Title = "heap bytes per request, HTTP/1 over TLS",
            Kind = ScenarioKind.Allocations,
            Tls = true,
            HttpLog = true,
            Rules = true,
            Limits = [new Limit(Metric.AllocatedPerRequest, Reference.None, AllocatedBound)],
        },
    ];

    /// <summary>
    /// Bytes per request that pass as none: over a million requests 10 KB, which the runtime's own threads
    /// (tiered compilation, the probe) may use. One object per request would be at least 24.
    /// </summary>
    public const double AllocatedBound = 0.01;

    /// <summary>The scenarios named, in the table's order; all when no name is given.</summary>
    public static List<Scenario> Select(IReadOnlyCollection<string> names)
    {
        foreach (string name in names)
        {
            if (Find(name) is null) throw new UsageException($"no scenario '{name}'; there are: {Names()}");
        }

        List<Scenario> selected = [];
        foreach (Scenario scenario in All)
        {
            if (names.Count == 0 || Contains(names, scenario.Name)) selected.Add(scenario);
        }

        return selected;
    }

    public static Scenario? Find(string name)
    {
        foreach (Scenario scenario in All)
        {
            if (scenario.Name == name) return scenario;
        }

        return null;
    }

    public static string Names()
    {
        List<string> names = [];
        foreach (Scenario scenario in All)
            names.Add(scenario.Name);
        return string.Join(", ", names);
    }

    private static bool Contains(IReadOnlyCollection<string> names, string name)
    {
        foreach (string one in names)
        {
            if (string.Equals(one, name, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static Limit[] Cpu(double ofA, double ofB, KernelBackend backend = KernelBackend.Any) =>
    [
        new(Metric.CpuPerRequest, Reference.A, ofA, backend),
        new(Metric.CpuPerRequest, Reference.B, ofB, backend),
    ];

    private static Limit[] LargeBodies() =>
    [
        .. Cpu(0.40, 0.60),
        new(Metric.CpuPerRequest, Reference.A, 0.80, Spliced: true),
        new(Metric.CpuPerRequest, Reference.B, 0.80, Spliced: true),
    ];
}
