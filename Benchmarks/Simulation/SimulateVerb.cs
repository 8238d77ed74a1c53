using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Benchmarks.Simulation;

/// <summary>
/// <c>simulate</c>: runs many seeds, two at a time on two processors, and tells of each that failed. Exit status 1 when
/// one did.
/// </summary>
public static class SimulateVerb
{
    private const int FailuresMax = 10;
    private const int TraceLines = 400;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, ["seeds", "from", "seed", "threads", "trace"], ["quiet"]);
        if (line.Text("seed") is { } one) return RunOne(Number(one), line.Integer("trace", TraceLines));
        ulong from = line.Text("from") is { } first ? Number(first) : (ulong)Stopwatch.GetTimestamp() % 1_000_000_000;
        int seeds = line.Integer("seeds", 1000, 1);
        int threads = line.Integer("threads", Math.Max(1, Environment.ProcessorCount), 1);
        return new SeedRange(from, seeds, line.Has("quiet")).Run(threads);
    }

    private static int RunOne(ulong seed, int traceLines)
    {
        SimulationResult result = Simulation.Run(seed, traceLines);
        Console.Out.WriteLine(
            $"seed {seed}: {result.Relayed} relayed, {result.Own} own, {result.Unanswered} unanswered, {result.Tunnels} tunnel sides, "
            + $"{result.Ticks} ticks, {result.VirtualSeconds:0.000} s, digest {result.Digest:x16}");
        return Report(result) ? 1 : 0;
    }

    private static bool Report(SimulationResult result)
    {
        if (result.Failure == null) return false;
        foreach (string line in result.Report) Console.Out.WriteLine(line);
        Console.Out.WriteLine($"seed {result.Seed} failed: {result.Failure}");
        return true;
    }

    private static ulong Number(string text) =>
        ulong.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new UsageException($"a seed is a whole number, not '{text}'");

    /// <summary>Seeds that several threads work through.</summary>
    private sealed class SeedRange(ulong from, int seeds, bool isQuiet)
    {
        private readonly Lock door = new();
        private readonly long began = Stopwatch.GetTimestamp();
        private readonly List<(ulong Seed, string Failure)> failures = [];
        private readonly bool terminal = !Console.IsErrorRedirected;
        private int next;
        private int done;
        private long relayed;
        private long shownAt;

        public int Run(int threads)
        {
            Thread[] workers = new Thread[threads];
            for (int i = 0; i < threads; i++)
            {
                workers[i] = new Thread(Work);
                workers[i].Start();
            }
            foreach (Thread worker in workers) worker.Join();
            if (terminal) Console.Error.Write("\r\u001b[K");
            Console.Out.WriteLine(
                $"{done} seeds from {from}, {relayed} answers relayed, {failures.Count} failed, "
                + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
            foreach ((ulong seed, string failure) in failures) Console.Out.WriteLine($"  --seed {seed}: {FirstLine(failure)}");
            return failures.Count == 0 ? 0 : 1;
        }

        private void Work()
        {
            while (true)
            {
                ulong seed;
                lock (door)
                {
                    if (next == seeds || failures.Count >= FailuresMax) return;
                    seed = from + (ulong)next++;
                }
                SimulationResult result = Simulation.Run(seed);
                lock (door) Count(result);
            }
        }

        private void Count(SimulationResult result)
        {
            done++;
            relayed += result.Relayed;
            if (result.Failure != null)
            {
                failures.Add((result.Seed, result.Failure));
                if (!isQuiet) Report(result);
            }
            long now = Stopwatch.GetTimestamp();
            if (now - shownAt < Stopwatch.Frequency * (terminal ? 1 : 10)) return;
            shownAt = now;
            string text = $"[{100.0 * done / seeds,3:0} %] {done} of {seeds} seeds, {failures.Count} failed";
            Console.Error.Write(terminal ? $"\r\u001b[K{text}" : text + "\n");
        }

        private static string FirstLine(string text)
        {
            int end = text.IndexOf('\n', StringComparison.Ordinal);
            return end < 0 ? text : text[..end];
        }
    }
}
