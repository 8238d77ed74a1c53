using System;
using System.Threading;
using Benchmarks.Compare;
using Benchmarks.EndToEnd;
using Benchmarks.Inside;
using Benchmarks.Load;
using Benchmarks.Micro;
using Benchmarks.Simulation;
using Benchmarks.Soak;

namespace Benchmarks;

/// <summary>The command line of the benchmarks. docs/BENCHMARKS.md tells what each verb is for.</summary>
public static class Program
{
    private const string Usage = """
        usage: Benchmarks VERB [options]; docs/BENCHMARKS.md tells them all
          micro [--smoke] [BenchmarkDotNet's options]
          e2e [--scenario NAME,...] [--rounds N] [--seconds S] [--peers NAME=COMMAND,...]
              [--backend io_uring|epoll|both|auto] [--out FILE] [--check] [--smoke]
          compare A B [--limit PERCENT]     two run records, or two commits
          report FILE [--markdown]          a run record's report again
          simulate [--seeds N] [--from S] [--seed X]     the engine over a simulated network
          soak [--requests N] [--threads N] [--connections N] [--sluice FILE]     queues under changes
          pair leastconn|stick-table [--rounds N] [--seconds S] [--threads N]     two ways through one process
          farm [--servers N] [--seconds S]  50,000 servers in a backend: start, and what other requests notice
          origin, sink, load, hold          the load programs, each by itself
        """;

    public static int Main(string[] arguments)
    {
        string verb = arguments.Length > 0 ? arguments[0] : string.Empty;
        ReadOnlySpan<string> rest = arguments.AsSpan(Math.Min(1, arguments.Length));
        try
        {
            return verb switch
            {
                "micro" => MicroVerb.Run(rest),
                "e2e" => EndToEndVerb.Run(rest),
                "compare" => CompareVerb.Run(rest),
                "report" => EndToEndVerb.RunReport(rest),
                "simulate" => SimulateVerb.Run(rest),
                "soak" => SoakVerb.Run(rest),
                "pair" => PairVerb.Run(rest),
                "farm" => FarmVerb.Run(rest),
                "origin" => LoadVerbs.RunOrigin(rest),
                "sink" => LoadVerbs.RunSink(rest),
                "load" => LoadVerbs.RunLoad(rest),
                "hold" => LoadVerbs.RunHold(rest),
                _ => throw new UsageException(Usage),
            };
        }
        catch (UsageException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 2;
        }
        catch (Exception) when (ChildProcess.IsEnding)
        {
            // A signal is taking the processes down that this thread was waiting for: it ends us as well.
            Thread.Sleep(Timeout.Infinite);
            return 2;
        }
    }
}
