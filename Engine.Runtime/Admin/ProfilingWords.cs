using Engine.Data.Profiling;

namespace Engine.Runtime.Admin;

/// <summary>The words of <c>set profiling tasks</c> and <c>profiling.tasks</c>.</summary>
internal static class ProfilingWords
{
    public const string AllButMemory = "'on', 'auto', 'off', 'lock', 'no-lock', 'memory'";

    /// <summary>
    /// Takes one of them. Locks and memory have no times of their own here: the data path takes no lock and no memory,
    /// so that there is nothing to tell apart.
    /// </summary>
    public static bool TryRead(string word, ref ProfilingMode? mode)
    {
        switch (word)
        {
            case "on":
                mode = ProfilingMode.On;
                return true;
            case "off":
                mode = ProfilingMode.Off;
                return true;
            case "auto":
                mode = ProfilingMode.Auto;
                return true;
            default:
                return word is "lock" or "no-lock" or "memory" or "no-memory";
        }
    }
}
