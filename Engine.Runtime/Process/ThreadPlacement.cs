namespace Engine.Runtime.Process;

/// <summary>Which CPUs each worker thread runs on.</summary>
public static class ThreadPlacement
{
    /// <summary>
    /// CPUs by thread. What <c>cpu-map</c> says holds. Else each thread has a CPU of its own when there are
    /// as many threads as usable CPUs; when not, threads share all of them: with fewer threads a fixed
    /// choice would put every small process of the machine on the same CPUs, with more it would double up
    /// threads for good.
    /// </summary>
    /// <param name="threads"><c>nbthread</c>; 0: one for each usable CPU.</param>
    /// <param name="cpuMap">
    /// By thread; may be shorter than the number of threads, entries may be null.
    /// </param>
    /// <param name="usable">CPUs of the process, not empty.</param>
    public static int[][] Compute(int threads, int[]?[] cpuMap, int[] usable)
    {
        int count = threads > 0 ? threads : usable.Length;
        int[][] places = new int[count][];
        for (int thread = 0; thread < count; thread++)
        {
            int[]? mapped = thread < cpuMap.Length ? cpuMap[thread] : null;
            places[thread] = mapped is { Length: > 0 } ? mapped
                : count == usable.Length ? [usable[thread]]
                : usable;
        }
        return places;
    }
}
