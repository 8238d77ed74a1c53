using System;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;

namespace Engine.Runtime.CommandLine;

/// <summary>
/// Writes messages of the start-up in the reference's shape: <c>[ALERT]    (pid) : text</c>. The first warning or
/// alert is preceded by two lines that name the program.
/// </summary>
public sealed class MessageWriter(Action<string> output)
{
    /// <summary>Characters of messages that are kept.</summary>
    private const int KeptMax = 64 * 1024;

    private readonly StringBuilder kept = new();
    private bool started;
    private bool introduced;
    private int warnings;

    /// <summary>Warnings so far, those too that were not written.</summary>
    public int Warnings => Volatile.Read(ref warnings);

    /// <summary>Nothing is written (<c>-q</c>, <c>quiet</c>).</summary>
    public bool IsQuiet;

    /// <summary>The messages of the start-up, those too that were not written (<c>show startup-logs</c>).</summary>
    public string Kept
    {
        get
        {
            lock (kept) return kept.ToString();
        }
    }

    /// <summary>The start-up is over: what is written from now on is not kept.</summary>
    public void EndStart()
    {
        lock (kept) started = true;
    }

    public void Write(Diagnostic message)
    {
        if (message.Level is DiagnosticLevel.Warning or DiagnosticLevel.Alert) Introduce();
        if (message.Level is DiagnosticLevel.Warning) Interlocked.Increment(ref warnings);
        Line(message.Level, message.Text);
    }

    public void Alert(string text) => Write(new Diagnostic(DiagnosticLevel.Alert, text));

    public void Warning(string text) => Write(new Diagnostic(DiagnosticLevel.Warning, text));

    public void Notice(string text) => Write(new Diagnostic(DiagnosticLevel.Notice, text));

    private void Introduce()
    {
        if (introduced) return;
        introduced = true;
        Line(DiagnosticLevel.Notice, $"sluice version is {ProductVersion.Own} (HAProxy {ProductVersion.Compatible})");
        Line(DiagnosticLevel.Notice, $"path to executable is {Environment.ProcessPath}");
    }

    private void Line(DiagnosticLevel level, string text)
    {
        string label = level switch
        {
            DiagnosticLevel.Alert => "[ALERT]    ",
            DiagnosticLevel.Warning => "[WARNING]  ",
            DiagnosticLevel.Notice => "[NOTICE]   ",
            _ => "[DIAG]     ",
        };
        string line = $"{label}({Environment.ProcessId}) : {text}\n";
        if (!IsQuiet) output(line);
        lock (kept)
        {
            if (!started && kept.Length + line.Length <= KeptMax) kept.Append(line);
        }
    }
}
