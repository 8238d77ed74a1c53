using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Queue;

/// <summary>
/// Lets every server of a backend take the waiters that it may. When no server is left that may take any, those who wait
/// for any are sent on: choosing again, they are told that there is none, instead of waiting for their time-out.
/// </summary>
public static class ServeWaiters
{
    public static void Run<TSteps>(World world, Proxy backend)
        where TSteps : struct, IQueueSteps
    {
        ref SharedProxy queue = ref world.Shared.Proxy(backend.Number);
        foreach (int server in backend.Servers)
        {
            if (Volatile.Read(ref queue.QueueLength) == 0) return;
            Dequeue.Run<TSteps>(world, server);
        }
        if (Volatile.Read(ref queue.AnyLength) == 0) return;
        foreach (int server in backend.Servers)
            if (ServerSlots.MayTake(world, server, isTied: false)) return;
        SendOn<TSteps>(world, ref queue, ref queue.QueueRoot);
    }

    /// <summary>Takes all out of a tree and has their threads choose for them again.</summary>
    /// <returns>How many they were.</returns>
    public static int SendOn<TSteps>(World world, ref SharedProxy queue, ref uint root)
        where TSteps : struct, IQueueSteps
    {
        SharedWorld shared = world.Shared;
        for (int sent = 0; ; sent++)
        {
            TSteps.Enter(ref queue.QueueLock);
            uint number = WaiterTree.First(shared.Waiters, root);
            if (number == 0)
            {
                ShortLock.Exit(ref queue.QueueLock);
                return sent;
            }
            LeaveQueue.Unlink(shared, ref queue, number);
            ref QueueEntry entry = ref shared.Waiters[number];
            int thread = entry.Thread;
            ThreadMessage message = new()
            {
                Kind = ThreadMessageKind.PickAgain,
                Server = entry.Server,
                Stream = entry.Stream,
                Generation = entry.Generation,
            };
            ShortLock.Exit(ref queue.QueueLock);
            // An inbox holds as many messages as a thread can have waiters (see SharedWorld).
            bool posted = shared.Inboxes[thread].TryPost(message);
            Check.That(posted);
            shared.WakeThread(thread);
        }
    }
}
