using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Timers;

namespace Engine.Systems.Connections;

/// <summary>Closes a client connection whose request was answered before it was read to its end.</summary>
public static class LingerClose
{
    /// <summary>How long the client may go on sending, milliseconds.</summary>
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
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
        uint limit = frontend.Timeouts.ClientMs == 0 ? LingerMaxMs : Math.Min(LingerMaxMs, frontend.Timeouts.ClientMs);
        SetTimeout.Connection(world, row, ref connection, limit);
        ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

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
