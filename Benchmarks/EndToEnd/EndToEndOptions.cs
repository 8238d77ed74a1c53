using System;
using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>The command line of <c>e2e</c>, checked.</summary>
public sealed class EndToEndOptions
{
    private static readonly string[] Named =
    [
        "scenario", "rounds", "seconds", "warmup", "requests", "peers", "a", "b", "backend", "client",
        "threads", "proxy-cpus", "load-cpus", "sluice", "sluice-r2r", "sluice-args", "args-io_uring",
        "args-epoll", "out", "markdown", "limit", "relative",
    ];

    private static readonly string[] Flags =
        ["smoke", "check", "only-named-peers", "publish-r2r", "no-sluice"];

    private readonly VerbOptions line;

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="scenarios">Scenarios measured when the arguments name none; empty for all.</param>
    public EndToEndOptions(ReadOnlySpan<string> arguments, params string[] scenarios)
    {
        line = new VerbOptions(arguments, Named, Flags);
        bool smoke = line.Has("smoke");
        Settings = new RunSettings
        {
            Rounds = line.Integer("rounds", smoke ? 1 : 5, smoke ? 1 : 5),
            Seconds = line.Number("seconds", smoke ? 0.2 : 3),
            WarmUpSeconds = line.Number("warmup", smoke ? 0.2 : 3),
            AllocationRequests = line.Integer("requests", smoke ? 5_000 : 1_000_000, 10),
            ConnectionsMax = smoke ? 100 : 0,
            Threads = line.Integer("threads", 1, 1),
            UseWrk = line.Text("client") switch
            {
                null or "own" => false,
                "wrk" => true,
                string other => throw new UsageException($"--client is own or wrk, not '{other}'"),
            },
            ProxyCpus = Cpus("proxy-cpus", 0),
            LoadCpus = Cpus("load-cpus", 1),
            Smoke = smoke,
        };
        Backends = line.Text("backend") switch
        {
            "io_uring" => [KernelBackend.IoUring],
            "epoll" => [KernelBackend.Epoll],
            null or "both" => [KernelBackend.IoUring, KernelBackend.Epoll],
            "auto" => [KernelBackend.Any],
            string other => throw new UsageException(
                $"--backend is io_uring, epoll, both or auto, not '{other}'"),
        };
        Scenarios = ScenarioTable.Select(line.Has("scenario") ? line.List("scenario") : scenarios);
        ReadyToRun = line.Text("sluice-r2r");
    }

    public RunSettings Settings { get; }

    public List<Scenario> Scenarios { get; }

    public KernelBackend[] Backends { get; }

    /// <summary>Words that are no options: what <c>compare</c> compares.</summary>
    public List<string> Words => line.Words;

    public string[] Peers => line.List("peers");

    /// <summary>Programs that are on the path but not named do not take part.</summary>
    public bool OnlyNamedPeers => line.Has("only-named-peers");

    public bool NoSluice => line.Has("no-sluice");

    /// <summary>Executable or assembly of sluice, null to look for a Release build.</summary>
    public string? Sluice => line.Text("sluice");

    /// <summary>Executable of a ReadyToRun publish, null for none.</summary>
    public string? ReadyToRun { get; set; }

    /// <summary>Make that publish first.</summary>
    public bool PublishReadyToRun => line.Has("publish-r2r");

    public string NameOfA => line.Text("a") ?? SubjectChoice.NameOfA;

    public string NameOfB => line.Text("b") ?? SubjectChoice.NameOfB;

    /// <summary>File for the run record, null for none.</summary>
    public string? Out => line.Text("out");

    /// <summary>File for the report as Markdown, null for none.</summary>
    public string? Markdown => line.Text("markdown");

    /// <summary>A missed limit makes the exit status 1.</summary>
    public bool Check => line.Has("check");

    /// <summary>
    /// Subject by whose values <c>compare</c> divides those of both records, null for none.
    /// </summary>
    public string? RelativeTo => line.Text("relative");

    /// <summary>Change for the worse, in percent, that <c>compare</c> lets pass.</summary>
    public double LimitPercent => line.Number("limit", 5);

    /// <summary>
    /// Arguments that make sluice use a back end. A started process is looked at
    /// (<see cref="BackendInUse"/>), so a wrong argument here cannot mislabel a run.
    /// </summary>
    public List<string> ArgumentsFor(KernelBackend backend)
    {
        string? specific = backend switch
        {
            KernelBackend.IoUring => line.Text("args-io_uring") ?? "-dUio_uring",
            KernelBackend.Epoll => line.Text("args-epoll") ?? "-dUepoll",
            _ => null,
        };
        string common = line.Text("sluice-args") ?? string.Empty;
        return SubjectCommand.Split($"{common} {specific}");
    }

    private int[] Cpus(string name, int otherwise)
    {
        string[] words = line.List(name);
        if (words.Length == 0) return [otherwise];
        return Array.ConvertAll(words, word => int.TryParse(word, out int cpu) && cpu >= 0
            ? cpu
            : throw new UsageException($"--{name} takes CPU numbers, not '{word}'"));
    }
}
