using System.Threading;
using Engine.Systems.Queue;

namespace Tests.Systems.Queue;

/// <summary>Between two steps any other thread may act.</summary>
public readonly struct ExploredSteps : IQueueSteps
{
    public static void Reach(QueueStep step) => Schedules.Pause();

    public static unsafe void Enter(ref int word)
    {
        fixed (int* own = &word)
        {
            int* locked = own; // native memory: it does not move
            Schedules.Pause();
            while (Interlocked.CompareExchange(ref *locked, 1, 0) != 0)
                Schedules.PauseUntil(() => Volatile.Read(ref *locked) == 0);
        }
    }

    public static bool LooksAgain(QueueStep step) => step != Schedules.Omitted;
}
