using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>Keeps, for logs and rules, that a peer of a stream gave up, and the code it gave.</summary>
internal static class NoteAbort
{
    public static void OfClient(World world, ref StreamLog log, uint connection)
    {
        if (!IsReset(world, connection, out bool hasCode)) return;
        log.Aborts |= StreamAborts.Client;
        if (!hasCode) return;
        log.Aborts |= StreamAborts.ClientCode;
        log.ClientResetCode = world.Http2.Stream[connection].ResetCode;
    }

    public static void OfServer(World world, ref StreamLog log, uint connection)
    {
        if (!IsReset(world, connection, out bool hasCode)) return;
        log.Aborts |= StreamAborts.Server;
        if (!hasCode) return;
        log.Aborts |= StreamAborts.ServerCode;
        log.ServerResetCode = world.Http2.Stream[connection].ResetCode;
    }

    private static bool IsReset(World world, uint connection, out bool hasCode)
    {
        ConnectionFlags flags = world.Connection[connection].Flags;
        hasCode = (flags & ConnectionFlags.Http2Stream) != 0
            && (world.Http2.Stream[connection].Flags & Http2StreamFlags.PeerReset) != 0;
        return hasCode || ((flags & ConnectionFlags.Broken) != 0 && (flags & ConnectionFlags.Http2Stream) == 0);
    }
}
