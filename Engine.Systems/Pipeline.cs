using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Evaluate;
using Engine.Systems.Forward;
using Engine.Systems.Health;
using Engine.Systems.Http2;
using Engine.Systems.Inboxes;
using Engine.Systems.Logs;
using Engine.Systems.Parse;
using Engine.Systems.Pick;
using Engine.Systems.Receive;
using Engine.Systems.Send;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems;

/// <summary>
/// The order of work: one tick of one thread. The kernel's completions stand in <see cref="World.Completions"/> when it
/// begins, the operations for the kernel stand in <see cref="World.Operations"/> when it ends. Each phase drains the
/// lists that those before it filled; what a phase lists for an earlier one is done in the next tick, which begins
/// without sleeping. A request that arrived whole goes from ReceiveBytes to SendBytes in one tick.
/// </summary>
public static class Pipeline
{
    public static void Run(World world)
    {
        // What the kernel did.
        FinishSends.Run(world);
        FinishSplices.Run(world);
        EndStreams.Run(world);
        AcceptClients.Run(world);
        ReceiveBytes.Run(world);
        FinishConnects.Run(world); // behind the receives, which join pieces and so give buffers back
        world.Completions.Clear();

        // What other threads said, and what time says.
        ReadInbox.Run(world);
        ExpireTimers.Run(world);
        WatchClients.Run(world);
        WarmUp.Run(world);
        SweepTables.Run(world);
        JudgeChecks.Run(world);

        // From bytes to decisions.
        DemuxFrames.Run(world); // what it makes ready is the first that ParseHeads looks at
        ParseHeads.Run(world);
        EvaluateRules.Run(world);
        PickServers.Run(world);
        ConnectServers.Run(world);
        EvaluateResponseRules.Run(world);

        // From decisions to bytes.
        ForwardBodies.Run(world);
        ConnectGranted.Run(world); // who was handed the slot of an answer that is whole
        SendBytes.Run(world);
        EndStreams.Run(world);
        HeldClients.Run(world);
        FeedStarved.Run(world);
        WriteLogLines.Run(world);
    }

    /// <summary>
    /// The end of a tick whose operations completed as they were handed over: sends that were whole, most often. What
    /// they end is ended at once, so that a thread with little to do runs one tick for an event, not two. What has
    /// completed beside sends waits for the next tick, and all with it: completions are taken in their order.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    public static bool TryFinish(World world)
    {
        if (world.Completions.Count == 0) return false;
        foreach (ref readonly Completion completion in world.Completions.Items)
        {
            if (completion.Owner.Kind is not (OperationKind.Send or OperationKind.SendVector or OperationKind.SendDatagrams))
                return false;
        }
        FinishSends.Run(world);
        EndStreams.Run(world);
        world.Completions.Clear();
        SendBytes.Run(world);
        HeldClients.Run(world);
        FeedStarved.Run(world);
        WriteLogLines.Run(world);
        return true;
    }
}
