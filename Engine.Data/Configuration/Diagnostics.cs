using System;

namespace Engine.Data.Configuration;

/// <summary>
/// Where messages about the configuration go, and their count. Text is given without the level, and by the methods
/// here without the <c>config : </c> that every message of the configuration begins with.
/// </summary>
public sealed class Diagnostics(Action<Diagnostic> sink)
{
    /// <summary>Errors that make the configuration unusable.</summary>
    public int Alerts { get; private set; }

    public int Warnings { get; private set; }

    /// <summary>Nothing more can be made of the input: reading stops here (also set by the caller).</summary>
    public bool Aborted { get; set; }

    /// <summary><c>-dD</c>: diagnostic messages are shown.</summary>
    public bool ShowsDiagnostics { get; set; }

    public bool HasAlerts => Alerts > 0;

    /// <summary>An error: the configuration is refused once all of it was read.</summary>
    public void Alert(string text)
    {
        Alerts++;
        sink(new Diagnostic(DiagnosticLevel.Alert, "config : " + text));
    }

    /// <summary>An error that is none of the configuration's lines: without the leading <c>config : </c>.</summary>
    public void Say(string text)
    {
        Alerts++;
        sink(new Diagnostic(DiagnosticLevel.Alert, text));
    }

    public void Warn(string text)
    {
        Warnings++;
        sink(new Diagnostic(DiagnosticLevel.Warning, "config : " + text));
    }

    public void Notice(string text) => sink(new Diagnostic(DiagnosticLevel.Notice, "config : " + text));

    /// <summary>Shown and counted as a warning with <c>-dD</c>, else dropped.</summary>
    public void Hint(string text)
    {
        if (!ShowsDiagnostics) return;
        Warnings++;
        sink(new Diagnostic(DiagnosticLevel.Diagnostic, "config : " + text));
    }
}
