using System;
using System.Diagnostics;
using System.IO;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Finds the repository that this program was built from, and asks git and the SDK about it.
/// </summary>
public static class RepositoryTree
{
    private const string Mark = "Engine.slnx";

    /// <summary>
    /// The directory with the solution, above this program or the current directory; null when neither.
    /// </summary>
    public static string? Root => Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());

    /// <summary>
    /// Short commit of the working tree, with <c>+changes</c> when files differ; empty outside a repository.
    /// </summary>
    public static string Commit()
    {
        if (Root is not { } root) return string.Empty;
        string commit = Output(root, "git", "rev-parse", "--short=10", "HEAD");
        if (commit.Length == 0) return string.Empty;
        return Output(root, "git", "status", "--porcelain", "--untracked-files=no").Length > 0
            ? commit + "+changes"
            : commit;
    }

    /// <summary>What a program prints, trimmed; empty when it fails or is not there.</summary>
    public static string Output(string directory, string program, params string[] arguments)
    {
        try
        {
            (int status, string text) = Execute(directory, program, arguments);
            return status == 0 ? text : string.Empty;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return string.Empty;
        }
    }

    /// <summary>Runs a program to its end; its status and all that it printed.</summary>
    public static (int Status, string Text) Execute(
        string directory, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"cannot start {program}");
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (text + errors.Result).Trim());
    }

    private static string? Above(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Mark))) return at.FullName;
        }

        return null;
    }
}
