using System;
using System.Diagnostics;

namespace Benchmarks.EndToEnd;

/// <summary>
/// The line on standard error that tells how far a long run is. On a terminal it rewrites itself; elsewhere
/// it prints one line per scenario and subject, so that a log stays readable.
/// </summary>
public sealed class Progress(double totalSeconds)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly bool terminal = !Console.IsErrorRedirected;
    private double doneSeconds;
    private string last = string.Empty;

    /// <summary>Shows what is being measured now.</summary>
    public void Show(string scenario, string subject, string step)
    {
        double elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double left = doneSeconds > 0 ? (totalSeconds - doneSeconds) * elapsed / doneSeconds : totalSeconds;
        double percent = 100 * Math.Min(doneSeconds / Math.Max(totalSeconds, 1e-9), 1);
        string place = $"{scenario} {subject} {step}";
        if (!terminal && $"{scenario} {step}" == last) return;
        last = $"{scenario} {step}";
        string text = FormattableString.Invariant(
            $"[{percent,3:0} %] {place}, {Math.Max(left, 0):0} s left");
        Console.Error.Write(terminal ? $"\r\u001b[K{text}" : text + "\n");
    }

    /// <summary>Counts planned seconds as done.</summary>
    public void Advance(double seconds) => doneSeconds += seconds;

    /// <summary>Removes the line.</summary>
    public void End()
    {
        if (terminal) Console.Error.Write("\r\u001b[K");
    }
}
