using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Connect;

/// <summary>What rules say that the packets of a stream's connection to the server carry: <c>set-bc-mark</c>, <c>set-bc-tos</c>.</summary>
internal static unsafe class SocketMarks
{
    public static bool Any(World world, uint row, in Stream stream) =>
        (stream.Flags & StreamFlags.HasOwnTimeouts) != 0 && world.OwnTimeouts[row].SocketFlags != OutgoingFlags.None;

    /// <summary>Whether a connection carries what this stream's must carry, nothing included.</summary>
    public static bool AreThoseOf(World world, uint row, in Stream stream, uint connection)
    {
        ref ConnectAddresses has = ref world.OwnTarget[connection];
        OutgoingFlags flags = has.Flags & (OutgoingFlags.Mark | OutgoingFlags.TypeOfService);
        if (!Any(world, row, stream)) return flags == OutgoingFlags.None;
        ref OwnTimeouts wants = ref world.OwnTimeouts[row];
        return flags == wants.SocketFlags && has.Mark == wants.Mark && has.TypeOfService == wants.TypeOfService;
    }

    public static void Set(World world, uint row, ConnectAddresses* addresses)
    {
        ref OwnTimeouts own = ref world.OwnTimeouts[row];
        addresses->Flags |= own.SocketFlags;
        addresses->Mark = own.Mark;
        addresses->TypeOfService = own.TypeOfService;
    }
}
