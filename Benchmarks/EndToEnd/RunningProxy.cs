using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Benchmarks.Load;

namespace Benchmarks.EndToEnd;

/// <summary>
/// A subject started for a scenario, on its own port with its own copy of the configuration.
/// </summary>
public sealed class RunningProxy : IDisposable
{
    private const int StartMs = 10_000;
    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly ChildProcess process;
    private readonly long startedAt;
    private readonly int clearPort;

    private RunningProxy(Subject subject, ChildProcess process, int port, int clearPort, long startedAt)
    {
        Subject = subject;
        this.process = process;
        this.startedAt = startedAt;
        Port = port;
        this.clearPort = clearPort;
    }

    public Subject Subject { get; }

    public int Port { get; }

    public int Id => process.Id;

    public string OutputTail => process.OutputTail();

    public bool HasExited => process.HasExited;

    /// <summary>
    /// Starts a subject and waits until it answers. Throws <see cref="SubjectException"/> with the end of
    /// its output when it does not.
    /// </summary>
    /// <param name="scenario">Decides the configuration.</param>
    /// <param name="subject">The program.</param>
    /// <param name="stage">The servers that the run shares and its directory.</param>
    /// <param name="environment">Variables added to the program's environment.</param>
    public static RunningProxy Start(
        Scenario scenario,
        Subject subject,
        Stage stage,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        RunningProxy proxy = Launch(scenario, subject, stage, environment ?? NoEnvironment);
        try
        {
            int bodyBytes = scenario.Kind == ScenarioKind.Start ? -1 : scenario.BodyBytes;
            string? fault = proxy.WaitForAnswer(bodyBytes);
            fault ??= BackendInUse.Fault(subject, proxy.Id);
            if (fault is not null) throw new SubjectException($"{fault}\n{proxy.OutputTail}".Trim());
            return proxy;
        }
        catch
        {
            proxy.Dispose();
            throw;
        }
    }

    /// <summary>Starts a subject and returns the milliseconds until its first answer was complete.</summary>
    public static double TimeStart(Scenario scenario, Subject subject, Stage stage)
    {
        using RunningProxy proxy = Launch(scenario, subject, stage, NoEnvironment);
        string? fault = proxy.WaitForAnswer(-1);
        double elapsedMs = Stopwatch.GetElapsedTime(proxy.startedAt).TotalMilliseconds;
        return fault is null ? elapsedMs : throw new SubjectException($"{fault}\n{proxy.OutputTail}".Trim());
    }

    public void Dispose() => process.Dispose();

    private static RunningProxy Launch(
        Scenario scenario, Subject subject, Stage stage, IReadOnlyDictionary<string, string> environment)
    {
        ProxyPorts ports = new(
            Sockets.FreePort(),
            stage.OriginPort,
            stage.SinkPort,
            [Sockets.FreePort(), Sockets.FreePort(), Sockets.FreePort()]);
        string directory = stage.DirectoryFor(scenario, subject);
        string file = Path.Combine(directory, "proxy.cfg");
        if (scenario.Policy) PolicyRules.WriteMap(directory);
        if (scenario.Tls) SiteCertificate.Write(directory, scenario.Rsa);
        File.WriteAllText(file, subject.Kind == SubjectKind.Nginx
            ? NginxFile.Write(scenario, subject, ports, directory)
            : ProxyFile.Write(scenario, subject, ports, directory));
        List<string> words = SubjectCommand.Words(subject, file, directory);
        string output = Path.Combine(directory, "output.txt");
        long startedAt = Stopwatch.GetTimestamp();
        ChildProcess process = ChildProcess.StartProgram(words, Placement.ProxyCpus, output, environment);
        int clearPort = scenario.Tls ? ports.Clear : ports.Listen;
        return new RunningProxy(subject, process, ports.Listen, clearPort, startedAt);
    }

    // Tries without a pause: between attempts nothing else runs on this CPU, and the proxy has its own.
    private string? WaitForAnswer(int bodyBytes)
    {
        string? fault = "no connection";
        while (Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds < StartMs)
        {
            if (process.HasExited) return "it ended at once";
            fault = FirstAnswer.Ask(clearPort, bodyBytes);
            if (fault is null) return null;
            if (fault != FirstAnswer.Refused) Thread.Sleep(1);
        }

        return $"no good answer within {StartMs / 1000} s: {fault}";
    }
}
