using Engine.Data.Buffers;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Queue;

namespace Engine.Systems.Streams;

/// <summary>Parts a stream from its server side: connection, slot, queue place, kept request.</summary>
public static class ReleaseServer
{
    /// <summary>The connection can serve nobody else: it is closed, and the slot goes to the next waiter.</summary>
    public static void Close(World world, uint row, ref Stream stream)
    {
        DropRetained(world, ref stream);
        CloseKeepingSlot(world, row, ref stream);
        LeaveQueue.Run(world, row, ref stream);
        ServerSlots.Release(world, ref stream);
    }

    /// <summary>
    /// Closes the connection for another attempt. A request kept for its second sending stays: its head stands nowhere
    /// else any more.
    /// </summary>
    public static void CloseKeepingSlot(World world, uint row, ref Stream stream)
    {
        world.Wheel.Remove(TimerWheel.StreamKind, row, ref stream.Timer);
        if (stream.Server == Table.NoRow) return;
        SpliceBody.PartServer(world, row, ref stream);
        uint server = stream.Server;
        KeepAddresses(world, row, in stream);
        stream.Server = Table.NoRow;
        CountHttp1.ExchangeEnded(world, world.Connection[server]);
        world.Connection[server].Stream = Table.NoRow;
        ServerPools.Unuse(world, world.Connection[server].Owner);
        // What was half said must not look whole. Of a tunnel nobody knows: a reset is handed on, or what was never sent.
        bool isHalf = (stream.Flags & StreamFlags.Tunnel) == 0
            ? !stream.Response.Done
            : !world.Connection[server].Out.IsEmpty || (world.Connection[stream.Client].Flags & ConnectionFlags.Broken) != 0;
        CloseConnection.Run(world, server, reset: isHalf || EndsInReset.OfServer(world, stream));
    }

    /// <summary>The line is written when the connection is gone.</summary>
    private static unsafe void KeepAddresses(World world, uint row, in Stream stream)
    {
        ref StreamLog log = ref world.Log[row];
        log.ServerDestination = *ServerTargets.Of(world, world.Configuration.Servers[stream.ServerNumber], stream.Server);
        if (world.Configuration.Globals.ReadsServerSource) log.ServerSource = world.ServerSource[stream.Server];
    }

    private static void DropRetained(World world, ref Stream stream)
    {
        if (stream.Retained.IsNone) return;
        bool stillInOutput = stream.Server != Table.NoRow
            && world.Connection[stream.Server].Out.Head == stream.Retained;
        if (!stillInOutput) world.Buffers.Return(stream.Retained);
        stream.Retained = BufferRef.None;
    }
}
