using System.Runtime.CompilerServices;
using Engine.Data.Shared;

namespace Engine.Systems.Queue;

/// <summary>Nothing happens between the steps but what other threads do by themselves.</summary>
public readonly struct NoSteps : IQueueSteps
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reach(QueueStep step)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter(ref int word) => ShortLock.Enter(ref word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LooksAgain(QueueStep step) => true;
}
