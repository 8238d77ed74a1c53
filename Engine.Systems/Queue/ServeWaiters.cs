using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Pick;

namespace Engine.Systems.Queue;

/// <summary>
/// Lets the servers of a backend that have free slots take the waiters that any may take. When no server is left that may
/// take any, they are sent on: choosing again, they are told that there is none, instead of waiting for their time-out.
/// </summary>
public static class ServeWaiters
{
    public static void Run<TSteps>(World world, Proxy backend)
        where TSteps : struct, IQueueSteps
    {
        ref SharedProxy queue = ref world.Shared.Proxy(backend.Number);
        for (int place = 0; Volatile.Read(ref queue.AnyLength) > 0; place++)
        {
            int server = FreeServers.Next(world, backend, ref place);
            if (server < 0) break;
            Dequeue.Run<TSteps>(world, server);
        }
        if (Volatile.Read(ref queue.AnyLength) == 0 || BackupServers.AnyEligible(world, backend)) return;
        SendOn<TSteps>(world, ref queue, ref queue.QueueRoot);
    }

    /// <summary>Lets those who wait for one server have it: for when all limits of a backend have changed.</summary>
    public static void OfEach(World world, Proxy backend)
    {
        ref SharedProxy queue = ref world.Shared.Proxy(backend.Number);
        foreach (int server in backend.Servers)
        {
            if (Volatile.Read(ref queue.QueueLength) == Volatile.Read(ref queue.AnyLength)) return;
            if (Volatile.Read(ref world.Shared.Server(server).Waiting) > 0) Dequeue.Run(world, server);
        }
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
