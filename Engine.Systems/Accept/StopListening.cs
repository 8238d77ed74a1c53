using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Http2;

namespace Engine.Systems.Accept;

/// <summary>Ends accepting: for good, with the idle connections closed, or for a pause.</summary>
public static class StopListening
{
    public static void Run(World world)
    {
        for (uint i = 0; i < world.Configuration.Listeners.Length; i++) Close(world, i);
        for (uint row = 0; row < world.Connections.RowsEverUsed; row++)
        {
            if (!world.Connections.IsTaken(row)) continue;
            ref Connection connection = ref world.Connection[row];
            if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) continue;
            bool spreads = !SpreadStop.EndsAll(world) && (connection.Flags & ConnectionFlags.ServerSide) == 0;
            if ((connection.Flags & ConnectionFlags.Http2) != 0)
            {
                if (!spreads) DrainHttp2.Run(world, row, ref connection);
                else if (world.Http2.Connection[row].Streams == 0) SpreadStop.CloseLater(world, row, ref connection);
                continue;
            }
            bool idle = connection.Stream == Table.NoRow && connection.State == ConnectionState.Open
                && connection.In.IsEmpty && connection.Out.IsEmpty;
            if (!idle || TellsLater(world, row, in connection)) continue;
            if (spreads) SpreadStop.CloseLater(world, row, ref connection);
            else CloseConnection.Run(world, row);
        }
    }

    /// <summary>No listener is armed any more: nothing that was accepted is still on its way.</summary>
    public static bool HasEnded(World world)
    {
        for (uint i = 0; i < world.Configuration.Listeners.Length; i++)
        {
            if (world.Listeners[i].Armed) return false;
        }
        return true;
    }

    /// <summary>
    /// A client whose first request is still to come is served, for it may have sent it; with <c>option
    /// idle-close-on-response</c> every client learns it with its next answer.
    /// </summary>
    private static bool TellsLater(World world, uint row, in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0) return false;
        if (world.Client[row].Requests == 0) return true;
        int frontend = world.Configuration.Listeners[connection.Owner].Frontend;
        return (world.Configuration.Proxies[frontend].Options & ProxyOptions.IdleCloseOnResponse) != 0;
    }

    /// <summary>Closes the sockets of one frontend.</summary>
    public static void Close(World world, Proxy frontend)
    {
        foreach (int listener in frontend.Listeners) Close(world, (uint)listener);
    }

    private static void Close(World world, uint listener)
    {
        ref ListenerState state = ref world.Listeners[listener];
        if (state.Fd < 0) return;
        ArmAccept.Cancel(world, listener);
        ref Operation close = ref world.Operations.Add();
        close.Kind = OperationKind.Close;
        close.Owner = new OperationOwner(OperationKind.Close, Table.NoRow, 0);
        close.Fd = state.Fd;
        state.Fd = -1;
    }

    /// <summary>Accepts nothing for one frontend, until it is armed again.</summary>
    public static void Pause(World world, Proxy frontend)
    {
        foreach (int listener in frontend.Listeners) ArmAccept.Cancel(world, (uint)listener);
    }

    public static void Pause(World world)
    {
        for (uint i = 0; i < world.Configuration.Listeners.Length; i++) ArmAccept.Cancel(world, i);
    }
}
