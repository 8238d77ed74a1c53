using System;
using System.Diagnostics;
using System.IO;

namespace Tests.EndToEnd.Harness;

/// <summary>Which program the end-to-end tests drive, and how its kernel back end is forced: the one place
/// that knows.</summary>
public static class ProgramUnderTest
{
    /// <summary>SLUICE_PROGRAM, else the executable that was built beside the tests.</summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("SLUICE_PROGRAM") is { Length: > 0 } chosen
            ? chosen
            : System.IO.Path.Combine(AppContext.BaseDirectory, "sluice");

    /// <summary>True when the suite runs against HAProxy to learn what the reference does.</summary>
    public static bool IsReference { get; } =
        System.IO.Path.GetFileName(Path).StartsWith("haproxy", StringComparison.Ordinal);

    /// <summary>SLUICE_TEST_KERNEL: <c>epoll</c>, <c>io_uring</c>, or empty for the automatic
    /// choice.</summary>
    public static string Kernel { get; } = Environment.GetEnvironmentVariable("SLUICE_TEST_KERNEL") ?? "";

    /// <summary>What the command line of a serving process begins with.</summary>
    public static string[] Serving { get; } =
        Kernel.Length > 0 && !IsReference ? ["-db", "-dU" + Kernel] : ["-db"];

    /// <summary>SLUICE_REQUIRED=1: what would be skipped for want of a program fails instead.</summary>
    public static bool Required { get; } = Environment.GetEnvironmentVariable("SLUICE_REQUIRED") == "1";

    public static ProcessStartInfo StartInfo(
        string program, string workingDirectory, string[] arguments, int descriptorsMax)
    {
        ProcessStartInfo start = new()
        {
            FileName = program,
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (descriptorsMax > 0)
        {
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("ulimit -n $0 && exec \"$@\"");
            start.ArgumentList.Add(descriptorsMax.ToString(
                System.Globalization.CultureInfo.InvariantCulture));
            start.ArgumentList.Add(program);
        }
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>A program the suite needs, or null: looked up in PATH and the system's directories.</summary>
    public static string? Find(string program)
    {
        string[] places = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin",
            "/sbin"];
        foreach (string place in places)
        {
            string full = System.IO.Path.Combine(place, program);
            if (File.Exists(full))
                return full;
        }
        return null;
    }
}
