using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Health;
using Engine.Systems.Queue;

namespace Engine.Systems.Inboxes;

/// <summary>Carries out what other threads told this one.</summary>
public static class ReadInbox
{
    public static void Run(World world)
    {
        Inbox inbox = world.Shared.Inboxes[world.Thread];
        while (inbox.TryTake(out ThreadMessage message))
        {
            switch (message.Kind)
            {
                case ThreadMessageKind.SlotGranted:
                    GrantSlot.Run(world, message);
                    break;
                case ThreadMessageKind.PickAgain:
                    PickAgain.Run(world, message);
                    break;
                case ThreadMessageKind.DequeueMore:
                    Dequeue.Run(world, message.Server);
                    break;
                case ThreadMessageKind.CheckHandedOver:
                    JudgeChecks.TakeOver(world, message.Server);
                    break;
                case ThreadMessageKind.ShutServer:
                    ShutServer.Run(world, message.Server);
                    break;
                case ThreadMessageKind.Order:
                    RunOrders.Run(world);
                    break;
                case ThreadMessageKind.SoftStop:
                    world.Stopping = true;
                    world.StoppingSinceMs = world.NowMs;
                    StopListening.Run(world);
                    break;
                case ThreadMessageKind.HardStop:
                    world.HardStop = true;
                    break;
                case ThreadMessageKind.Pause:
                    world.Paused = true;
                    StopListening.Pause(world);
                    break;
                case ThreadMessageKind.Resume:
                    world.Paused = false;
                    for (uint i = 0; i < world.Configuration.Listeners.Length; i++) ArmAccept.Run(world, i);
                    break;
            }
        }
    }
}
