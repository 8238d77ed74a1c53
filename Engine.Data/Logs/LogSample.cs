using System.Threading;

namespace Engine.Data.Logs;

/// <summary><c>log ... sample</c>: of so many lines in a row, those whose numbers are in the ranges (manual section 4.2).</summary>
/// <param name="ranges">First and last numbers, from 1, not overlapping.</param>
/// <param name="size">Lines that are counted together.</param>
public sealed class LogSample((int First, int Last)[] ranges, int size)
{
    private int seen = -1;

    /// <summary>Whether the next line is one of them. Threads count together.</summary>
    public bool Takes()
    {
        int number = (int)((uint)Interlocked.Increment(ref seen) % (uint)size) + 1;
        foreach ((int first, int last) in ranges)
        {
            if (number >= first && number <= last) return true;
        }
        return false;
    }
}
