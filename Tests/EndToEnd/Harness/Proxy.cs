using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>One running process of the program under test.</summary>
public sealed class Proxy : IDisposable
{
    private const int StartTimeoutMs = 15_000;
    private const int WaitTimeoutMs = 6_000;
    private const int StopTimeoutMs = 6_000;
    private const int LinesDescribed = 40;
    private const int SpinSampleMs = 60;
    private const int SpinSamples = 40;

    private readonly Process process;
    private readonly Bench bench;
    private readonly LineCapture output = new();
    private readonly LineCapture errors = new();
    private bool ended;

    internal Proxy(Bench bench, string program, string directory, string[] arguments, int descriptorsMax)
    {
        this.bench = bench;
        Directory = directory;
        process = new()
        {
            StartInfo = ProgramUnderTest.StartInfo(
            program, directory, arguments, descriptorsMax)
        };
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    public string Directory { get; }

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Standard output, which tests use as a log target.</summary>
    public LineCapture Output => output;

    public LineCapture Errors => errors;

    /// <summary>Set by tests that stop the process themselves or leave connections behind on
    /// purpose.</summary>
    public bool SkipEndChecks { get; set; }

    /// <summary>Set by tests whose fault is worth an alert on standard error.</summary>
    public bool AlertsAllowed { get; set; }

    /// <summary>Resident memory in KiB.</summary>
    public long ResidentKb => StatusKb("VmRSS:");

    /// <summary>Largest resident memory so far in KiB.</summary>
    public long PeakResidentKb => StatusKb("VmHWM:");

    public int Descriptors => System.IO.Directory.GetFileSystemEntries($"/proc/{Pid}/fd").Length;

    public int Sockets => System.IO.Directory.GetFileSystemEntries($"/proc/{Pid}/fd")
        .Count(fd => LinkOf(fd).StartsWith("socket:", StringComparison.Ordinal));

    /// <summary>User and system time used, in milliseconds.</summary>
    public long CpuMs
    {
        get
        {
            string[] fields = File.ReadAllText($"/proc/{Pid}/stat").Split(") ")[1].Split(' ');
            return 10 * (long.Parse(fields[11], CultureInfo.InvariantCulture)
                + long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
    }

    public Wire Connect(string listener, int receiveBuffer = 0) =>
        bench.Own(Wire.Connect(new IPEndPoint(IPAddress.Loopback, bench.Ports[listener]),
            $"client of {listener}", receiveBuffer));

    public void Signal(int signal)
    {
        if (LibC.Kill(Pid, signal) != 0)
            throw new WireException($"process {Pid} is gone\n{Describe()}");
    }

    public int WaitForExit(int timeoutMs = StopTimeoutMs)
    {
        if (!process.WaitForExit(timeoutMs))
            throw new WireException($"process {Pid} does not end\n{Describe()}");
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Waits until the ports that the configuration names are listened on.</summary>
    public void WaitUntilListening(IEnumerable<string> listeners)
    {
        int[] ports = [.. listeners.Select(name => bench.Ports[name])];
        Stopwatch watch = Stopwatch.StartNew();
        while (!AreListening(ports))
        {
            if (process.HasExited)
            {
                process.WaitForExit();
                throw new WireException(
                    $"the program ended with {process.ExitCode} instead of starting\n{Describe()}");
            }
            if (watch.ElapsedMilliseconds > StartTimeoutMs)
                throw new WireException($"the program does not listen\n{Describe()}");
            Thread.Sleep(3);
        }
    }

    public static bool IsListening(int port) =>
        TcpTable.Rows().Any(row => row.State == TcpTable.Listen && row.LocalPort == port);

    /// <summary>
    /// After all peers are gone: the process lives, holds no connection any more, does not spin, and a soft
    /// stop ends it by itself, which it does only when it thinks that no connection is left.
    /// </summary>
    public void End()
    {
        if (ended || SkipEndChecks)
            return;
        ended = true;
        if (process.HasExited)
            throw new WireException(
                $"the program ended with {process.ExitCode} during the test\n{Describe()}");
        ExpectNoConnections();
        ExpectRest();
        Signal(LibC.SigUsr1);
        int code = WaitForExit();
        if (code != 0)
            throw new WireException($"exit code {code} after a soft stop\n{Describe()}");
        ExpectCleanErrors();
    }

    public string Describe() => string.Join('\n', [
        "--- standard error",
        .. errors.Lines.Where(line => !line.Contains("was started as", StringComparison.Ordinal)),
        "--- standard output",
        .. output.Lines.TakeLast(LinesDescribed)]);

    /// <summary>Waits for a condition that the process brings about in its own time.</summary>
    public void WaitUntil(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.ElapsedMilliseconds > WaitTimeoutMs)
                throw new WireException($"not reached in time: {what}\n{Describe()}");
            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        try
        {
            if (!process.HasExited)
                LibC.Kill(Pid, LibC.SigKill);
            process.WaitForExit(StopTimeoutMs);
        }
        catch (InvalidOperationException)
        {
        }
        process.Dispose();
    }

    private static string LinkOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static bool AreListening(int[] ports)
    {
        HashSet<int> listening = [.. TcpTable.Rows().Where(r => r.State == TcpTable.Listen).Select(
            r => r.LocalPort)];
        return ports.All(listening.Contains);
    }

    // Looked up by port, because the process may hold sockets that /proc/pid/fd does not show (io_uring's
    // own table). A connection whose other end lives too leads to an origin inside the same file and may rest in the pool.
    private void ExpectNoConnections()
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            (int LocalPort, int RemotePort, int State)[] all = [.. TcpTable.Rows()];
            HashSet<(int, int)> living = [.. all.Where(row => row.State == TcpTable.Established).Select(
                row => (row.LocalPort, row.RemotePort))];
            (int LocalPort, int RemotePort, int State)[] open = [.. all.Where(
                row => bench.IsLeftOpen(row) && !living.Contains((row.RemotePort, row.LocalPort)))];
            if (open.Length == 0)
                return;
            if (watch.ElapsedMilliseconds > WaitTimeoutMs)
                throw new WireException($"connections are left open: {string.Join(' ', open)}\n{Describe()}");
            Thread.Sleep(5);
        }
    }

    private void ExpectRest()
    {
        for (int i = 0; i < SpinSamples; i++)
        {
            long before = CpuMs;
            Thread.Sleep(SpinSampleMs);
            if (CpuMs - before <= SpinSampleMs / 3)
                return;
        }
        throw new WireException($"the program spins while nothing is to be done\n{Describe()}");
    }

    private void ExpectCleanErrors()
    {
        string text = errors.Text;
        foreach (string sign in (string[])["Unhandled exception", "CheckFailed", "[ALERT]",
            "Segmentation fault", "BUG"])
        {
            if (sign == "[ALERT]" && AlertsAllowed)
                continue;
            if (text.Contains(sign, StringComparison.Ordinal))
                throw new WireException($"'{sign}' on standard error\n{Describe()}");
        }
    }

    private long StatusKb(string field)
    {
        string line = File.ReadLines($"/proc/{Pid}/status").First(
            l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim().ToString().Split(' ')[0],
            CultureInfo.InvariantCulture);
    }
}
