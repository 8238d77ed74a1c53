using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Pick;

namespace Engine.Systems.Queue;

/// <summary>A waiter of this thread was given a slot: it goes to that server, or the slot goes back if it is gone.</summary>
public static class GrantSlot
{
    public static void Run(World world, in ThreadMessage message)
    {
        bool live = world.Streams.IsLive(message.Stream, message.Generation);
        if (!live || world.Stream[message.Stream].State != StreamState.Queued)
        {
            ServerSlots.GiveBack(world, message.Server);
            return;
        }
        ref Stream stream = ref world.Stream[message.Stream];
        LeaveQueue.Finish(world, message.Stream, ref stream);
        world.Wheel.Remove(TimerWheel.StreamKind, message.Stream, ref stream.Timer);
        AssignServer.Run(world, message.Stream, ref stream, message.Server);
    }
}
