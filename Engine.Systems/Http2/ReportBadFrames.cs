using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Worlds;
using Engine.Systems.Logs;

namespace Engine.Systems.Http2;

/// <summary>
/// Frames of a client that nobody could make a request of: a line in the log of its frontend, as
/// <c>tune.h2.log-errors</c> allows (manual section 3.2).
/// </summary>
internal static class ReportBadFrames
{
    /// <summary>A stream is reset for it.</summary>
    public static void Stream(World world, uint row, ref Connection connection)
    {
        if (world.Configuration.Globals.Http2.LogErrors == Http2LogErrors.Stream) Tell(world, row, ref connection);
    }

    /// <summary>The connection is over for it.</summary>
    public static void Connection(World world, uint row, ref Connection connection)
    {
        if (world.Configuration.Globals.Http2.LogErrors != Http2LogErrors.None) Tell(world, row, ref connection);
    }

    private static void Tell(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ServerSide) == 0) LogStream.OfSessionError(world, row, ref connection);
    }
}
