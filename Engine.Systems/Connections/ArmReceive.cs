using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Http2;

namespace Engine.Systems.Connections;

/// <summary>Asks the kernel for bytes of a connection, into buffers that it takes when the bytes are there.</summary>
public static unsafe class ArmReceive
{
    private const ConnectionFlags NotNow =
        ConnectionFlags.ReceiveArmed | ConnectionFlags.PeerClosed | ConnectionFlags.Broken;

    /// <summary>
    /// Arms a receive into small buffers unless one is armed. <see cref="OperationFlags.Repeat"/> suits connections
    /// that receive little at a time; <see cref="OperationFlags.Later"/> says that nothing can be there yet.
    /// </summary>
    public static void Small(World world, uint row, ref Connection connection, OperationFlags flags, int most = 0)
    {
        if ((connection.Flags & (NotNow | ConnectionFlags.Http2Stream)) != 0)
        {
            if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) GrantWindow.Run(world, row, ref connection);
            return;
        }
        if (connection.State is not (ConnectionState.Open or ConnectionState.Lingering)) return;
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.Receive;
        operation.Flags = flags;
        operation.Owner = new OperationOwner(OperationKind.Receive, row, world.Connections.Generation(row));
        operation.Fd = connection.Fd;
        operation.Length = (uint)most;
        connection.OperationsInFlight++;
        connection.Flags |= ConnectionFlags.ReceiveArmed;
        if ((flags & OperationFlags.Repeat) != 0) connection.Flags |= ConnectionFlags.ReceiveRepeats;
    }

    /// <summary>
    /// Arms one receive into a large buffer, for bodies; a small one when the slab has no large buffer left. Bytes at
    /// most: 0 is as many as fit.
    /// </summary>
    public static void Large(World world, uint row, ref Connection connection, OperationFlags flags, int most = 0)
    {
        if ((connection.Flags & ConnectionFlags.ReceiveRepeats) != 0)
        {
            Cancel(world, row, ref connection); // armed again when its end has come
            return;
        }
        if ((connection.Flags & NotNow) != 0 || connection.State != ConnectionState.Open) return;
        if (!world.Buffers.IsExhausted(BufferClass.Large)) flags |= OperationFlags.Large;
        Small(world, row, ref connection, flags, most);
    }

    /// <summary>
    /// Arms the receive of a server's answer, or of its end, which cannot be there yet: into a buffer that suits the
    /// answer before it.
    /// </summary>
    public static void Answer(World world, uint row, ref Connection connection)
    {
        const ConnectionFlags size = ConnectionFlags.Bulky | ConnectionFlags.Torrent;
        if ((connection.Flags & size) == ConnectionFlags.Bulky) Large(world, row, ref connection, OperationFlags.Later);
        else Small(world, row, ref connection, OperationFlags.Later);
    }

    /// <summary>Ends an armed receive; bytes that were on their way still arrive.</summary>
    public static void Cancel(World world, uint row, ref Connection connection)
    {
        const ConnectionFlags both = ConnectionFlags.ReceiveArmed | ConnectionFlags.ReceiveCancelled;
        if ((connection.Flags & both) != ConnectionFlags.ReceiveArmed) return;
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.CancelReceive;
        operation.Owner = new OperationOwner(OperationKind.CancelReceive, row, world.Connections.Generation(row));
        operation.Fd = connection.Fd;
        connection.Flags |= ConnectionFlags.ReceiveCancelled;
    }
}
