using System;
using Engine.Data.Configuration;

namespace Engine.Runtime.CommandLine;

/// <summary>
/// Writes messages of the start-up in the reference's shape: <c>[ALERT]    (pid) : text</c>. The first warning or
/// alert is preceded by two lines that name the program.
/// </summary>
public sealed class MessageWriter(Action<string> output)
{
    private bool introduced;

    /// <summary>Nothing is written (<c>-q</c>, <c>quiet</c>).</summary>
    public bool IsQuiet;

    public void Write(Diagnostic message)
    {
        if (IsQuiet) return;
        if (message.Level is DiagnosticLevel.Warning or DiagnosticLevel.Alert) Introduce();
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
        output($"{label}({Environment.ProcessId}) : {text}\n");
    }
}
