using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Timers;

namespace Engine.Systems.Connections;

/// <summary>Closes a connection whose peer may still send: our last words are not to be lost by a reset.</summary>
public static class LingerClose
{
    /// <summary>How long the peer may go on sending, milliseconds.</summary>
    private const uint LingerMaxMs = 2000;

    public static void Run(World world, uint row, ref Connection connection)
    {
        if ((connection.Flags & (ConnectionFlags.PeerClosed | ConnectionFlags.Broken)) != 0)
        {
            CloseConnection.Run(world, row);
            return;
        }
        connection.State = ConnectionState.Lingering;
        connection.In.Clear(world.Buffers);
        ShutSend.Run(world, row, ref connection);
        uint patience = PatienceMs(world.Configuration, connection);
        uint limit = patience == 0 ? LingerMaxMs : Math.Min(LingerMaxMs, patience);
        SetTimeout.Connection(world, row, ref connection, limit);
        ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>The timeout of the side that it is on; 0 for none.</summary>
    public static uint PatienceMs(CompiledConfiguration configuration, in Connection connection) =>
        (connection.Flags & ConnectionFlags.ServerSide) != 0
            ? configuration.Proxies[configuration.Servers[connection.Owner].Backend].Timeouts.ServerMs
            : configuration.Proxies[configuration.Listeners[connection.Owner].Frontend].Timeouts.ClientMs;

    /// <summary>Throws away what still comes; the timer, not the amount, bounds it.</summary>
    public static void Discard(World world, uint row, ref Connection connection)
    {
        connection.In.Clear(world.Buffers);
        if ((connection.Flags & (ConnectionFlags.PeerClosed | ConnectionFlags.Broken)) != 0)
            CloseConnection.Run(world, row);
        else
            ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }
}
