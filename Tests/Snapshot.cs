using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit.Sdk;

namespace Tests;

/// <summary>
/// Compares a text with <c>Class.Method.verified.txt</c> beside the test. Where it differs,
/// <c>.received.txt</c> is left there to
/// be looked at; with UPDATE_SNAPSHOTS=1 the verified file is written instead, and a review sees the change
/// as a diff.
/// </summary>
public static class Snapshot
{
    private const string UpdateVariable = "UPDATE_SNAPSHOTS";

    /// <summary>Fails when <paramref name="actual"/> is not what the verified file holds. A case tells
    /// theory rows apart.</summary>
    public static void Verify(
        string actual,
        string? @case = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string member = "")
    {
        string stem = Path.Combine(
            Path.GetDirectoryName(file)!,
            $"{Path.GetFileNameWithoutExtension(file)}.{member}{(@case is null ? "" : "_" + FileName(@case))}");
        Compare(actual, stem + ".verified.txt", stem + ".received.txt");
    }

    /// <summary>The same for a file of the repository that is made from the code, by its path from the root.</summary>
    public static void VerifyFile(string actual, string path, [CallerFilePath] string file = "")
    {
        string root = Path.GetDirectoryName(Path.GetDirectoryName(Here()))!;
        string received = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(path) + ".received.txt");
        Compare(actual, Path.Combine(root, path), received);
    }

    private static string Here([CallerFilePath] string file = "") => file;

    private static void Compare(string actual, string verified, string received)
    {
        string text = Normal(actual);
        string? expected = File.Exists(verified) ? Normal(File.ReadAllText(verified)) : null;
        if (text == expected)
        {
            File.Delete(received);
            return;
        }
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        throw new XunitException(expected is null
            ? $"There is no {Path.GetFileName(verified)} yet; run with {UpdateVariable}=1 to make it from:\n{text}"
            : $"{Path.GetFileName(verified)} differs (run with {UpdateVariable}=1 if the change is wanted)\n{Difference(expected, text)}");
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string FileName(string @case)
    {
        StringBuilder name = new();
        foreach (char c in @case)
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_');
        return name.ToString();
    }

    // The first line that differs, with what leads to it: enough to see what happened, the files hold the
    // rest.
    private static string Difference(string expected, string actual)
    {
        string[] old = expected.Split('\n');
        string[] now = actual.Split('\n');
        int at = 0;
        while (at < old.Length && at < now.Length && old[at] == now[at])
            at++;
        StringBuilder text = new();
        for (int i = Math.Max(0, at - 3); i < at; i++)
            text.Append("  ").Append(old[i]).Append('\n');
        for (int i = at; i < Math.Min(old.Length, at + 5); i++)
            text.Append("- ").Append(old[i]).Append('\n');
        for (int i = at; i < Math.Min(now.Length, at + 5); i++)
            text.Append("+ ").Append(now[i]).Append('\n');
        return text.ToString();
    }
}
