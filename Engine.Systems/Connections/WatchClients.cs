using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Connections;

/// <summary>
/// A client whose request is complete may leave, and that is to be noticed; but most answers come before it would, and
/// a connection that carries one request alone is then closed without a receive that nothing came of.
/// </summary>
public static class WatchClients
{
    /// <summary>How long an answer may take before its client is watched.</summary>
    private const long DelayNanoseconds = 5_000_000;

    public static void Run(World world)
    {
        while (world.ToWatch.TryTake(world.NowNanoseconds, out uint row, out uint generation))
        {
            if (!world.Connections.IsLive(row, generation)) continue;
            ref Connection connection = ref world.Connection[row];
            connection.Flags &= ~ConnectionFlags.ListedWatch;
            if (IsWaiting(world, connection)) ArmReceive.Small(world, row, ref connection, OperationFlags.None);
        }
    }

    /// <summary>Watches a client whose request is complete, unless the answer is there before that.</summary>
    public static void Later(World world, uint row, ref Connection connection)
    {
        // The end of an HTTP/2 stream is noticed by itself.
        const ConnectionFlags watched =
            ConnectionFlags.ReceiveArmed | ConnectionFlags.ListedWatch | ConnectionFlags.Http2Stream;
        if ((connection.Flags & watched) != 0) return;
        uint generation = world.Connections.Generation(row);
        if (world.ToWatch.TryAdd(row, generation, world.NowNanoseconds + DelayNanoseconds))
            connection.Flags |= ConnectionFlags.ListedWatch;
        else
            ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    private static bool IsWaiting(World world, in Connection connection) =>
        connection.Stream != Table.NoRow && world.Stream[connection.Stream].Request.Done
        && connection.In.Length < world.Configuration.Globals.BufferSize;
}
