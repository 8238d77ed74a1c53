using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Benchmarks.EndToEnd;

/// <summary>The verbs <c>e2e</c> and <c>report</c>.</summary>
public static class EndToEndVerb
{
    /// <summary>
    /// Measures and reports. Exit status 0 when every subject did its work, 1 when one failed (or, with
    /// <c>--check</c>, missed a limit), 2 when the command line is wrong.
    /// </summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        EndToEndOptions options = new(arguments);
        using TemporaryDirectory published = new("sluice-r2r-");
        List<Subject> subjects = [];
        if (!options.NoSluice) subjects.AddRange(Sluice(options, published.Path));
        subjects.AddRange(SubjectChoice.Peers(options));
        if (subjects.Count == 0) throw new UsageException("no program to measure; see --sluice and --peers");
        return Finish(options, Measure(options, subjects));
    }

    /// <summary>Prints the report of a run record again.</summary>
    public static int RunReport(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(arguments, [], ["markdown"]);
        if (line.Words.Count != 1) throw new UsageException("report takes one run record");
        Console.Out.Write(Report.Write(RunRecord.Load(line.Words[0]), line.Has("markdown")));
        return 0;
    }

    /// <summary>Measures all scenarios of the options for the subjects given.</summary>
    public static RunRecord Measure(EndToEndOptions options, List<Subject> subjects)
    {
        RunSettings settings = options.Settings;
        RunRecord record = new()
        {
            Date = DateTime.UtcNow,
            Machine = MachineFacts.Read(),
            Commit = RepositoryTree.Commit(),
            Settings = settings,
        };
        foreach (Subject subject in subjects)
        {
            if (subject.Spliced) continue;
            record.Programs.Add(new ProgramRecord(
                subject.Name, subject.Role, string.Join(' ', subject.Command), VersionOf(subject)));
        }

        using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, 130);
        using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, 143);
        using PosixSignalRegistration hangUp = EndOn(PosixSignal.SIGHUP, 129);
        Placement.Set(settings.ProxyCpus, settings.LoadCpus);
        double planned = 0;
        foreach (Scenario scenario in options.Scenarios)
            planned += ScenarioRun.PlannedSeconds(scenario, subjects, settings);
        Progress progress = new(planned);
        using Stage stage = new();
        ScenarioRun run = new(settings, stage, progress);
        foreach (Scenario scenario in options.Scenarios)
        {
            record.Scenarios.Add(run.Run(scenario, subjects));

            // After each scenario, so that an interrupted run leaves what it had.
            if (options.Out is { } path) record.Save(path);
        }

        progress.End();
        return record;
    }

    /// <summary>Prints and saves a record; the exit status it deserves.</summary>
    public static int Finish(EndToEndOptions options, RunRecord record)
    {
        Console.Out.Write(Report.Write(record, markdown: false));
        if (options.Out is { } path) Console.Out.WriteLine($"written to {path}");
        if (options.Markdown is { } markdown)
            File.WriteAllText(markdown, Report.Write(record, markdown: true));

        foreach (ScenarioRecord scenario in record.Scenarios)
        {
            if (scenario.Subjects.Exists(subject => subject is { Failure: not null, Skipped: false }))
                return 1;
        }

        bool judged = options.Check && !record.Settings.Smoke;
        return judged && Judge.Run(record).Exists(verdict => !verdict.Passes) ? 1 : 0;
    }

    private static List<Subject> Sluice(EndToEndOptions options, string publishDirectory)
    {
        if (options.PublishReadyToRun)
        {
            string root = RepositoryTree.Root
                ?? throw new UsageException("--publish-r2r needs the repository");
            options.ReadyToRun = SluiceBuild.PublishReadyToRun(root, publishDirectory);
        }

        return SubjectChoice.Sluice(options, options.Sluice ?? SluiceBuild.Find(RepositoryTree.Root));
    }

    private static string VersionOf(Subject subject)
    {
        // Only the program itself and, for a runtime host, its assembly: other words belong to serving.
        List<string> words = [subject.Command[0]];
        if (subject.Command.Count > 1 && subject.Command[1].EndsWith(".dll", StringComparison.Ordinal))
            words.Add(subject.Command[1]);
        words.Add("-v");
        string text = RepositoryTree.Output(
            Directory.GetCurrentDirectory(), words[0], [.. words[1..]]);
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static PosixSignalRegistration EndOn(PosixSignal signal, int status) =>
        PosixSignalRegistration.Create(signal, received =>
        {
            received.Cancel = true;
            ChildProcess.EndAll();
            Environment.Exit(status);
        });
}
