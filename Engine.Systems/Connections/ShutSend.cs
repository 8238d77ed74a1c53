using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Http2;

namespace Engine.Systems.Connections;

/// <summary>Passes a FIN on: the sending half is shut once everything before it was sent.</summary>
public static class ShutSend
{
    public static void WhenSent(World world, uint row, ref Connection connection)
    {
        connection.Flags |= ConnectionFlags.ShutWhenSent;
        ListConnection.ToSend(world, row, ref connection);
    }

    public static void Run(World world, uint row, ref Connection connection)
    {
        connection.Flags &= ~ConnectionFlags.ShutWhenSent;
        if ((connection.Flags & (ConnectionFlags.SendShut | ConnectionFlags.Broken)) != 0) return;
        connection.Flags |= ConnectionFlags.SendShut;
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0)
        {
            CloseStream.EndHalf(world, row);
            return;
        }
        ref Operation shut = ref world.Operations.Add();
        shut.Kind = OperationKind.ShutdownSend;
        shut.Owner = new OperationOwner(OperationKind.ShutdownSend, row, world.Connections.Generation(row));
        shut.Fd = connection.Fd;
    }
}
