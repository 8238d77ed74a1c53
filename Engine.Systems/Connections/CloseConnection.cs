using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Connect;
using Engine.Systems.Http2;
using Engine.Systems.Preambles;
using Engine.Systems.Sticky;
using Engine.Systems.Tls;

namespace Engine.Systems.Connections;

/// <summary>Gives a connection up: buffers back, operations cancelled, descriptor closed, limits released.</summary>
public static unsafe class CloseConnection
{
    private const ConnectionFlags Listed =
        ConnectionFlags.ListedReceived | ConnectionFlags.ListedSend | ConnectionFlags.ListedStarved;

    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the connection; closing it twice is harmless.</param>
    /// <param name="reset">Send a reset rather than a FIN.</param>
    public static void Run(World world, uint row, bool reset = false)
    {
        ref Connection connection = ref world.Connection[row];
        if (connection.State is ConnectionState.Closing or ConnectionState.Free) return;
        if ((connection.Flags & ConnectionFlags.Pooled) != 0) ServerPools.Remove(world, row);
        const ConnectionFlags either = ConnectionFlags.Http2 | ConnectionFlags.Http2Stream;
        if ((connection.Flags & either) != 0) CloseHttp2.Run(world, row, ref connection, reset);
        CountHttp1.Ended(world, ref connection);
        world.Wheel.Remove(TimerWheel.ConnectionKind, row, ref connection.Timer);
        connection.In.Clear(world.Buffers);
        if ((connection.Flags & ConnectionFlags.SendInFlight) == 0) connection.Out.Clear(world.Buffers);
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0) EndTls.Run(world, row, ref connection);
        bool wasWaiting = connection.State == ConnectionState.Held;
        connection.State = ConnectionState.Closing;
        CloseDescriptor(world, row, ref connection, reset);
        if ((connection.Flags & ConnectionFlags.ServerSide) == 0)
        {
            ReleaseReserved(world, row);
            if (wasWaiting) HeldClients.Remove(world, row);
            else if ((connection.Flags & ConnectionFlags.Http2Stream) == 0) Uncount(world, ref connection);
        }
        else
        {
            ForgetReservation(world, row);
        }
        TryFree(world, row, ref connection);
    }

    /// <summary>Frees the row of a closing connection once the kernel and the work lists have let go of it.</summary>
    public static void TryFree(World world, uint row, ref Connection connection)
    {
        if (connection.State != ConnectionState.Closing) return;
        if (connection.OperationsInFlight > 0 || (connection.Flags & Listed) != 0) return;
        connection.Out.Clear(world.Buffers);
        if ((connection.Flags & ConnectionFlags.HadPreamble) != 0) ReadPreamble.Drop(world, row);
        if ((connection.Flags & ConnectionFlags.Encrypted) != 0) SealRecords.Drop(world, row);
        connection.State = ConnectionState.Free;
        world.SessionVariables.Clear(row);
        TrackEntry.EndSession(world, row);
        world.Connections.Free(row);
    }

    /// <summary>Cancels what is armed and closes the descriptor, if there is one.</summary>
    public static void CloseDescriptor(World world, uint row, ref Connection connection, bool reset)
    {
        if (connection.Fd < 0) return;
        uint generation = world.Connections.Generation(row);
        if (connection.OperationsInFlight > 0)
        {
            ref Operation cancel = ref world.Operations.Add();
            cancel.Kind = OperationKind.CancelAll;
            cancel.Owner = new OperationOwner(OperationKind.CancelAll, row, generation);
            cancel.Fd = connection.Fd;
        }
        ref Operation close = ref world.Operations.Add();
        close.Kind = OperationKind.Close;
        close.Flags = reset ? OperationFlags.Reset : OperationFlags.None;
        close.Owner = new OperationOwner(OperationKind.Close, row, generation);
        close.Fd = connection.Fd;
        connection.Fd = -1;
    }

    /// <summary>A server connection kept for this client alone has no use any more.</summary>
    private static void ReleaseReserved(World world, uint row)
    {
        uint server = world.Client[row].ReservedServer;
        if (server == Table.NoRow) return;
        world.Client[row].ReservedServer = Table.NoRow;
        Run(world, server);
    }

    /// <summary>The client that this connection was kept for must not look for it: its row will be another's.</summary>
    private static void ForgetReservation(World world, uint row)
    {
        ref uint reserved = ref world.Client[world.Link[row].ReservedFor].ReservedServer;
        if (reserved == row) reserved = Table.NoRow;
    }

    private static void Uncount(World world, ref Connection connection)
    {
        Listener listener = world.Configuration.Listeners[connection.Owner];
        world.Listeners[(uint)connection.Owner].Connections--;
        if (world.Configuration.Globals.CountsListeners)
            Interlocked.Decrement(ref world.Shared.ListenerConnections[connection.Owner]);
        Interlocked.Decrement(ref world.Shared.Proxy(listener.Frontend).FrontendConnections);
        Interlocked.Decrement(ref world.Shared.Process.Connections);
        if (listener.Tls != null) Interlocked.Decrement(ref world.Shared.Process.TlsConnections);
        HeldClients.RoomAppeared(world);
    }
}
