using System.Threading;

namespace Engine.Data.Shared;

/// <summary>A lock for sections of a few dozen instructions; spins, then yields.</summary>
public struct ShortLock
{
    private int taken;

    public void Enter() => Enter(ref taken);

    public void Exit() => Exit(ref taken);

    /// <summary>Enters a lock that is a word in native memory.</summary>
    public static void Enter(ref int word)
    {
        for (int spins = 0; Interlocked.CompareExchange(ref word, 1, 0) != 0; spins++)
        {
            if (spins < 100) Thread.SpinWait(1);
            else Thread.Yield();
        }
    }

    public static void Exit(ref int word) => Volatile.Write(ref word, 0);
}
