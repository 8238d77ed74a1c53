using System;
using System.IO;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// What all subjects of a run share: the origin, the log sink and a temporary directory, gone when the run
/// ends.
/// </summary>
public sealed class Stage : IDisposable
{
    private readonly ChildProcess origin;
    private readonly ChildProcess sink;
    private readonly TemporaryDirectory directory = new("sluice-bench-");

    public Stage()
    {
        origin = ChildProcess.StartVerb(["origin"], Placement.LoadCpus);
        OriginPort = origin.WaitReady();
        sink = ChildProcess.StartVerb(["sink"], Placement.LoadCpus);
        SinkPort = sink.WaitReady();
    }

    public int OriginPort { get; }

    public int OriginProcess => origin.Id;

    public int SinkPort { get; }

    /// <summary>Log lines that the sink received so far.</summary>
    public long LogLines() => LogSink.Ask(SinkPort);

    /// <summary>A path in the run's directory at which nothing is yet.</summary>
    public string NewPath() => Path.Combine(directory.Path, Path.GetRandomFileName());

    /// <summary>An empty directory for one subject in one scenario.</summary>
    public string DirectoryFor(Scenario scenario, Subject subject)
    {
        string path = Path.Combine(directory.Path, $"{scenario.Name}-{subject.Name.Replace('/', '-')}");
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        _ = Directory.CreateDirectory(path);
        return path;
    }

    public void Dispose()
    {
        sink.Dispose();
        origin.Dispose();
        directory.Dispose();
    }
}
