using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Persist;
using Engine.Systems.Streams;

namespace Engine.Systems.Queue;

/// <summary>A waiter of this thread was taken out of the queue without a slot: a server is chosen for it again.</summary>
public static unsafe class PickAgain
{
    public static void Run(World world, in ThreadMessage message)
    {
        if (!world.Streams.IsLive(message.Stream, message.Generation)) return;
        ref Stream stream = ref world.Stream[message.Stream];
        if (stream.State != StreamState.Queued) return;
        LeaveQueue.Finish(world, message.Stream, ref stream);
        world.Wheel.Remove(TimerWheel.StreamKind, message.Stream, ref stream.Timer);
        int server = message.Server;
        if (server >= 0 && !ServerSlots.IsRunning(world.Shared.Server(server)))
        {
            PickPersistent.Forget(world, message.Stream, ref stream);
            CountRedispatch(world, ref stream, server);
        }
        ListStream.To(world.ToPick, StreamState.Picking, message.Stream, ref stream);
    }

    /// <summary>The stream leaves the server that it was meant for.</summary>
    public static void CountRedispatch(World world, ref Stream stream, int server)
    {
        stream.Flags |= StreamFlags.Redispatched;
        world.ProxyCounters[stream.Backend].Redispatches++;
        world.ServerCounters[server].Redispatches++;
    }
}
