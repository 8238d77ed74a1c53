using System.Globalization;
using System.IO;
using Engine.Data.Configuration;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary><c>tune.renice.startup</c> and <c>tune.renice.runtime</c> (manual section 3.2): every thread's priority.</summary>
internal static class ProcessPriority
{
    private const int OfProcess = 0; // PRIO_PROCESS, which is a thread on Linux

    /// <summary>While the file is read and what it asks for is set up: the calling thread, and those it starts.</summary>
    public static void Start(Globals globals)
    {
        if (globals.StartingNice is { } nice) _ = ProcessCalls.SetPriority(OfProcess, 0, nice);
    }

    /// <summary>Before the threads that work are started, and while the process may still raise its priority.</summary>
    public static void Settle(Globals globals)
    {
        int? nice = globals.RunningNice ?? (globals.StartingNice is null ? null : 0);
        if (nice is not { } wanted) return;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            if (uint.TryParse(Path.GetFileName(task), CultureInfo.InvariantCulture, out uint thread))
                _ = ProcessCalls.SetPriority(OfProcess, thread, wanted);
        }
    }
}
