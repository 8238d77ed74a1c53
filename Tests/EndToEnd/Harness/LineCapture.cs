using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;

namespace Tests.EndToEnd.Harness;

/// <summary>Lines or datagrams in the order they came, with waits that wake when one comes.</summary>
public sealed class LineCapture
{
    private const int DefaultTimeoutMs = 5_000;
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public string Text => string.Join('\n', Lines);

    public int Count
    {
        get
        {
            lock (lines)
                return lines.Count;
        }
    }

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (lines)
        {
            lines.Add(line);
            Monitor.PulseAll(lines);
        }
    }

    public void Clear()
    {
        lock (lines)
            lines.Clear();
    }

    /// <summary>The first line that matches the pattern, waiting for it.</summary>
    public string WaitFor(string pattern, int timeoutMs = DefaultTimeoutMs)
    {
        Regex regex = new(pattern);
        string? found = null;
        if (!Wait(all => (found = all.FirstOrDefault(regex.IsMatch)) is not null, timeoutMs))
            throw new WireException($"no line matches {pattern}; there are:\n{Text}");
        return found!;
    }

    public IReadOnlyList<string> WaitForCount(int count, int timeoutMs = DefaultTimeoutMs)
    {
        if (!Wait(all => all.Count >= count, timeoutMs))
            throw new WireException($"{Count} of {count} lines came:\n{Text}");
        return Lines;
    }

    private bool Wait(Func<List<string>, bool> condition, int timeoutMs)
    {
        Stopwatch watch = Stopwatch.StartNew();
        lock (lines)
        {
            while (!condition(lines))
            {
                int left = timeoutMs - (int)watch.ElapsedMilliseconds;
                if (left <= 0)
                    return false;
                Monitor.Wait(lines, left);
            }
            return true;
        }
    }
}
