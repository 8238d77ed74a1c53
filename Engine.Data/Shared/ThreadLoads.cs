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
    public int Mean
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < busy.Length; i++) sum += Of(i);
            return sum / busy.Length;
        }
    }
}
