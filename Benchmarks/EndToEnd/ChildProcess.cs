using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// A process that a run started. It is pinned from its first instruction, ends with the run whatever ends
/// the run, and is stopped by its number (and its descendants by theirs), never by name.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private const string ParentDeathTool = "/usr/bin/setpriv";
    private const int StopMs = 2_000;
    private const int TailLines = 8;
    private const string Unhandled = "Unhandled exception";
    private static readonly Lock Gate = new();
    private static readonly List<ChildProcess> Running = [];
    private static volatile bool ending;
    private readonly Process process;

    private ChildProcess(Process process, string output)
    {
        this.process = process;
        Output = output;
    }

    /// <summary><see cref="EndAll"/> has been called.</summary>
    public static bool IsEnding => ending;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>File that the process writes its output to; empty when it is piped.</summary>
    public string Output { get; }

    /// <summary>Its standard output, when piped.</summary>
    public StreamReader Reader => process.StandardOutput;

    /// <summary>Its exit status; waits for the end.</summary>
    public int WaitForExit()
    {
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>
    /// Starts a foreign program with its output in a file. The kernel signals it when the run ends without
    /// stopping it, where the tool for that is installed.
    /// </summary>
    public static ChildProcess StartProgram(
        IReadOnlyList<string> command,
        ReadOnlySpan<int> cpus,
        string output,
        IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >\"$BENCH_OUTPUT\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        if (File.Exists(ParentDeathTool))
        {
            foreach (string word in (string[])[ParentDeathTool, "--pdeathsig", "TERM", "--"])
                start.ArgumentList.Add(word);
        }

        foreach (string word in command)
            start.ArgumentList.Add(word);
        start.Environment["BENCH_OUTPUT"] = output;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Launch(start, cpus, output);
    }

    /// <summary>
    /// Starts a verb of this program. Its standard streams are pipes: it ends when its input does.
    /// </summary>
    public static ChildProcess StartVerb(IReadOnlyList<string> arguments, ReadOnlySpan<int> cpus)
    {
        string assembly = typeof(ChildProcess).Assembly.Location;
        string host = Path.ChangeExtension(assembly, null);
        bool hosted = !File.Exists(host);
        ProcessStartInfo start = new(hosted ? "dotnet" : host)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (hosted) start.ArgumentList.Add(assembly);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        // Optimised from the first call, and no second thread: a load program must not change speed while it
        // runs.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return Launch(start, cpus, string.Empty);
    }

    /// <summary>
    /// Reads the line <c>ready N</c> that the serving verbs print; throws when it does not come.
    /// </summary>
    public int WaitReady()
    {
        string line = Reader.ReadLine() ?? string.Empty;
        if (line.StartsWith("ready ", StringComparison.Ordinal) && int.TryParse(line[6..], out int number))
            return number;

        throw new InvalidOperationException($"a load program did not start: '{line}'");
    }

    /// <summary>
    /// What the process wrote to its file: all of it, or the end with the beginning of its last complaint.
    /// </summary>
    public string OutputTail()
    {
        if (Output.Length == 0 || !File.Exists(Output)) return string.Empty;
        string[] lines = File.ReadAllLines(Output);
        if (lines.Length <= TailLines) return string.Join('\n', lines);

        // A stack trace is longer than what is shown and says what happened in its first line.
        int complaint = Array.FindLastIndex(lines, line => line.StartsWith(Unhandled, StringComparison.Ordinal));
        string tail = string.Join('\n', lines[^TailLines..]);
        bool isCut = complaint >= 0 && complaint < lines.Length - TailLines;
        return isCut ? $"{lines[complaint]}\n...\n{tail}" : tail;
    }

    /// <summary>
    /// Ends every process that is still running and refuses to start more: for signals and exit.
    /// </summary>
    public static void EndAll()
    {
        List<ChildProcess> left;
        lock (Gate)
        {
            ending = true;
            left = [.. Running];
        }

        foreach (ChildProcess child in left)
            child.Stop();
    }

    public void Dispose()
    {
        Stop();
        lock (Gate) _ = Running.Remove(this);
        process.Dispose();
    }

    private static ChildProcess Launch(ProcessStartInfo start, ReadOnlySpan<int> cpus, string output)
    {
        lock (Gate)
        {
            if (ending) throw new OperationCanceledException("the run is ending");
            _ = Affinity.Pin(cpus);
            try
            {
                Process process = Process.Start(start)
                    ?? throw new InvalidOperationException($"cannot start {start.FileName}");
                ChildProcess child = new(process, output);
                Running.Add(child);
                return child;
            }
            finally
            {
                _ = Affinity.Pin(Placement.RunnerCpus);
            }
        }
    }

    private void Stop()
    {
        lock (Gate)
        {
            if (!Running.Contains(this) || process.HasExited) return;
        }

        // Descendants are noted while their parent lives: afterwards nothing connects them to us.
        List<int> tree = ProcessTree.Of(process.Id);
        _ = LibC.Kill(process.Id, LibC.SignalTerminate);
        if (!process.WaitForExit(StopMs))
        {
            _ = LibC.Kill(process.Id, LibC.SignalKill);
            _ = process.WaitForExit(StopMs);
        }

        foreach (int member in tree.FindAll(ProcessTree.IsRunning))
        {
            _ = LibC.Kill(member, LibC.SignalKill);
            for (int waitedMs = 0; waitedMs < StopMs && ProcessTree.IsRunning(member); waitedMs++)
                Thread.Sleep(1);
        }
    }
}
