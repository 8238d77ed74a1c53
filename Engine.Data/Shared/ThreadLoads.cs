using System.Threading;

namespace Engine.Data.Shared;

/// <summary>
/// How busy each thread was lately: what it took of its processor in half a second (in more, when it slept longer), in
/// percent. Each thread writes its own, all may read.
/// </summary>
/// <param name="threads">Worker threads.</param>
public sealed class ThreadLoads(int threads)
{
    private readonly int[] busy = new int[threads];

    public int Of(int thread) => Volatile.Read(ref busy[thread]);

    public void Tell(int thread, int percent) => Volatile.Write(ref busy[thread], percent);

    /// <summary>The mean of all threads.</summary>
    public int Mean => MeanOf(0, busy.Length);

    /// <summary>The mean of threads that follow one another.</summary>
    public int MeanOf(int first, int count)
    {
        int sum = 0;
        for (int i = first; i < first + count; i++) sum += Of(i);
        return sum / count;
    }
}
