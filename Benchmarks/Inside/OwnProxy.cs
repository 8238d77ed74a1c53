using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Benchmarks.EndToEnd;

namespace Benchmarks.Inside;

/// <summary>Sluice with a file of the benchmark's own and a statistics socket.</summary>
internal sealed class OwnProxy : IDisposable
{
    private const int StartMs = 30_000;
    private readonly TemporaryDirectory directory = new("sluice-inside-");
    private readonly ChildProcess process;

    /// <summary>Starts it and waits until a port answers. Throws <see cref="SubjectException"/> when none does.</summary>
    /// <param name="command">Program and arguments before the file.</param>
    /// <param name="configuration">The file, but for the statistics socket.</param>
    /// <param name="port">A port of it that answers any request.</param>
    public OwnProxy(IReadOnlyList<string> command, string configuration, int port)
    {
        string socket = Path.Combine(directory.Path, "cli");
        string file = Path.Combine(directory.Path, "proxy.cfg");
        File.WriteAllText(file, $"global\n    stats socket {socket} level admin\n{configuration}");
        Admin = new AdminClient(socket);
        long began = Stopwatch.GetTimestamp();
        process = ChildProcess.StartProgram(
            [.. command, "-f", file], Placement.ProxyCpus, Path.Combine(directory.Path, "output"),
            new Dictionary<string, string>());
        try
        {
            while (FirstAnswer.Ask(port, -1) is { } fault)
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began).TotalMilliseconds > StartMs)
                    throw new SubjectException($"{fault}\n{process.OutputTail()}".Trim());
                Thread.Sleep(1);
            }
            StartedMs = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AdminClient Admin { get; }

    public int Id => process.Id;

    /// <summary>From starting the process to the end of its first answer, milliseconds.</summary>
    public double StartedMs { get; }

    public void Dispose()
    {
        process.Dispose();
        directory.Dispose();
    }
}
