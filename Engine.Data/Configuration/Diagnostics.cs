using System;

namespace Engine.Data.Configuration;

/// <summary>
/// Where messages about the configuration go, and their count. Text is given without level and process id; what every
/// message of the configuration begins with is put before it here.
/// </summary>
public sealed class Diagnostics(Action<Diagnostic> sink)
{
    private const string Prefix = "config : ";

    /// <summary>Errors that are reported before reading stops.</summary>
    public const int AlertsMax = 50;

    /// <summary>Errors that make the configuration unusable.</summary>
    public int Alerts;

    public int Warnings;

    /// <summary>Nothing more can be made of the input: reading stops here.</summary>
    public bool Aborted;

    /// <summary><c>-dD</c>: hints are shown.</summary>
    public bool ShowsHints;

    /// <summary>
    /// All files are read and proxies are verified: warnings lose their prefix, as the reference has it, and so do
    /// errors when there were none before.
    /// </summary>
    public bool IsVerifying;

    /// <summary>Reading found errors, so those of verifying are shown beside them.</summary>
    public bool ReadingFailed;

    /// <summary>
    /// An error at which the reference stops reading was among them: the line that sums all errors up is left out, as
    /// there. Reading goes on here.
    /// </summary>
    public bool HidesSummary;

    /// <summary>What was wrong showed when all else was done: the last line says so without the prefix, as in the reference.</summary>
    public bool FailedLate;

    /// <summary>Warnings would only follow from errors reported before.</summary>
    public bool HidesWarnings;

    public bool HasAlerts => Alerts > 0;

    /// <summary>An error: the configuration is refused once all of it was read.</summary>
    public void Alert(string text)
    {
        Alerts++;
        sink(new Diagnostic(DiagnosticLevel.Alert, IsVerifying && !ReadingFailed ? text : Prefix + text));
    }

    /// <summary>Shown as an alert, but the configuration is used all the same.</summary>
    public void Complain(string text) => sink(new Diagnostic(DiagnosticLevel.Alert, Prefix + text));

    /// <summary>An error that is none of the configuration's lines: without the prefix.</summary>
    public void AlertBare(string text)
    {
        Alerts++;
        sink(new Diagnostic(DiagnosticLevel.Alert, text));
    }

    public void Warn(string text)
    {
        if (HidesWarnings) return;
        Warnings++;
        sink(new Diagnostic(DiagnosticLevel.Warning, IsVerifying ? text : Prefix + text));
    }

    /// <summary>A warning without the prefix.</summary>
    public void WarnBare(string text)
    {
        if (HidesWarnings) return;
        Warnings++;
        sink(new Diagnostic(DiagnosticLevel.Warning, text));
    }

    public void Notice(string text) => sink(new Diagnostic(DiagnosticLevel.Notice, Prefix + text));

    /// <summary>A notice without the prefix.</summary>
    public void NoticeBare(string text) => sink(new Diagnostic(DiagnosticLevel.Notice, text));

    /// <summary>Legal but probably not meant: shown with <c>-dD</c> only.</summary>
    public void Hint(string text)
    {
        if (ShowsHints) sink(new Diagnostic(DiagnosticLevel.Diagnostic, Prefix + text));
    }

    /// <summary>The same without the prefix.</summary>
    public void HintBare(string text)
    {
        if (ShowsHints) sink(new Diagnostic(DiagnosticLevel.Diagnostic, text));
    }
}
