using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Streams;

namespace Engine.Systems.Health;

/// <summary>Ends the streams that a server works for (<c>on-marked-down</c>, <c>shutdown sessions server</c>).</summary>
public static class ShutServer
{
    /// <summary>Tells every thread, this one too.</summary>
    public static void OnAllThreads(World world, int server)
    {
        ThreadMessage message = new() { Kind = ThreadMessageKind.ShutServer, Server = server };
        for (int thread = 0; thread < world.Shared.Threads; thread++)
        {
            if (world.Shared.Inboxes[thread].TryPost(message)) world.Shared.WakeThread(thread);
        }
    }

    /// <summary>Ends those of this thread. Each row is looked at once: a few nanoseconds for each that was ever used.</summary>
    public static void Run(World world, int server)
    {
        for (uint row = 0; row < world.Streams.RowsEverUsed; row++)
        {
            if (!world.Streams.IsTaken(row)) continue;
            ref Stream stream = ref world.Stream[row];
            if ((stream.Flags & StreamFlags.HoldsServerSlot) == 0 || stream.ServerNumber != server) continue;
            FailStream.Run(world, row, ref stream, 503, 'D', 'D');
        }
    }
}
