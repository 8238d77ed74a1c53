using System;
using System.Collections.Generic;
using System.IO;
using Benchmarks.EndToEnd;

namespace Benchmarks.Compare;

/// <summary>
/// The verb <c>compare A B</c>: two run records, or two commits that are built and measured side by side.
/// </summary>
public static class CompareVerb
{
    private const string Before = "before";
    private const string After = "after";

    // What a comparison of commits measures when no scenario is named: each a different path, none longer
    // than needed.
    private static readonly string[] UsualScenarios = ["100b-50", "100b-256", "close", "64k", "1m"];

    /// <summary>
    /// Exit status 1 on a regression or a failed subject, 2 when the two cannot be compared.
    /// </summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        EndToEndOptions options = new(arguments, UsualScenarios);
        if (options.Words.Count != 2)
            throw new UsageException("compare takes two run records or two commits");

        string one = options.Words[0];
        string other = options.Words[1];
        return File.Exists(one) && File.Exists(other)
            ? CompareRecords(options, one, other)
            : CompareCommits(options, one, other);
    }

    private static int CompareRecords(EndToEndOptions options, string one, string other)
    {
        RunRecord before = RunRecord.Load(one);
        RunRecord after = RunRecord.Load(other);
        string? relativeTo = options.RelativeTo;
        if (relativeTo is null && !before.Machine.IsSameAs(after.Machine))
        {
            relativeTo = ReferenceInBoth(before, after)
                ?? throw new UsageException(
                    "the records are of different machines and have no reference in common");
        }

        if (before.Settings.Smoke || after.Settings.Smoke)
            Console.Out.WriteLine("a smoke run: its numbers mean nothing");

        if (relativeTo is not null)
            Console.Out.WriteLine($"values are divided by those of {relativeTo} in the same run");

        return Finish(options, Comparison.OfRecords(before, after, relativeTo));
    }

    private static int CompareCommits(EndToEndOptions options, string one, string other)
    {
        string root = RepositoryTree.Root
            ?? throw new UsageException("comparing commits needs the repository");
        Console.Error.WriteLine($"building {one} and {other}");
        using CommitTree before = new(root, one);
        using CommitTree after = new(root, other);
        List<Subject> subjects =
        [
            .. SubjectChoice.Sluice(options, before.Executable, Before),
            .. SubjectChoice.Sluice(options, after.Executable, After),
        ];
        RunRecord record = EndToEndVerb.Measure(options, subjects);
        Console.Out.WriteLine($"{Before}: {before.Commit}, {After}: {after.Commit}");
        int status = EndToEndVerb.Finish(options, record);
        List<ComparisonRow> rows = Comparison.OfCommits(record, Before, After);
        return rows.Count == 0 && status != 0 ? status : Math.Max(status, Finish(options, rows));
    }

    private static int Finish(EndToEndOptions options, List<ComparisonRow> rows)
    {
        if (rows.Count == 0) throw new UsageException("the two have nothing measured in common");
        Console.Out.Write(Comparison.Write(rows, options.LimitPercent, out bool regressed));
        return regressed ? 1 : 0;
    }

    private static string? ReferenceInBoth(RunRecord before, RunRecord after)
    {
        foreach (ProgramRecord program in after.Programs)
        {
            if (program.Role == Reference.None) continue;
            if (before.Programs.Exists(candidate => candidate.Name == program.Name)) return program.Name;
        }

        return null;
    }
}
