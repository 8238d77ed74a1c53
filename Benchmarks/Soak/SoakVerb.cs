using System;
using Benchmarks.EndToEnd;

namespace Benchmarks.Soak;

/// <summary><c>soak</c>: a million requests through one server with <c>maxconn 1</c> that comes and goes.</summary>
internal static class SoakVerb
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, ["requests", "threads", "connections", "sluice"], []);
        string program = line.Text("sluice")
            ?? SluiceBuild.Find(RepositoryTree.Root)
            ?? throw new UsageException("no Release build of sluice; build one, or name it with --sluice");
        QueueSoak soak = new(
            program, line.Integer("threads", Math.Max(2, Environment.ProcessorCount), 1), line.Integer("connections", 200, 1));
        string? fault = soak.Run(line.Integer("requests", 1_000_000, 1));
        Console.WriteLine(fault ?? "nobody was forgotten, and every counter is back to zero");
        return fault is null ? 0 : 1;
    }
}
