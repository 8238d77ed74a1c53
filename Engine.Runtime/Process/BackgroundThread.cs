using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>Threads that work beside those that carry traffic.</summary>
internal static class BackgroundThread
{
    /// <summary>
    /// A quarter of a busy CPU: a worker that wakes up runs at once, and whoever asks still gets an answer while all are
    /// busy.
    /// </summary>
    private const int Nice = 6;

    /// <summary>setpriority(2): on Linux 0 is the calling thread alone. A failure is of no account.</summary>
    public static void GiveWay() => _ = ProcessCalls.SetPriority(which: 0, who: 0, Nice);
}
