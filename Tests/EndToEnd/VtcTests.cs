using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Tests.EndToEnd.Harness;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>
/// Our own .vtc files under varnishtest, the runner of HAProxy's regression tests: it starts the program its
/// own way, with
/// inherited listeners (<c>fd@</c>), <c>-d</c> and a statistics socket (CONVENTIONS 3.9).
/// </summary>
[Trait("Category", "Vtc")]
public sealed class VtcTests
{
    private const int TimeoutSeconds = 30;

    private static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "vtc");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.vtc").Select(file => Path.GetFileName(file)).Order()];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Passes(string file)
    {
        string? runner = ProgramUnderTest.Find("varnishtest");
        Skip.If(runner is null && !ProgramUnderTest.Required,
            "varnishtest (Debian package varnish) is not installed");
        ProcessStartInfo start = new(
            runner ?? "varnishtest", ["-v", "-t", $"{TimeoutSeconds}", Path.Combine(Folder, file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["HAPROXY_PROGRAM"] = ProgramUnderTest.Path;
        start.Environment["HAPROXY_ARGS"] = string.Join(' ', ProgramUnderTest.Serving.Where(a => a != "-db"));
        using Process process = Process.Start(start)!;
        LineCapture output = new();
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Join('\n', output.Lines.TakeLast(120)));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
