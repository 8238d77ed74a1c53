using System;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>
/// What happens when our own code fails on one stream: that stream ends with 500 and termination state I, the fault
/// is counted and told, and everything else goes on.
/// </summary>
public static unsafe class Quarantine
{
    public static void Stream(World world, uint row, Exception fault)
    {
        world.Counters->Faults++;
        world.LastFault = fault;
        ref Stream stream = ref world.Stream[row];
        try
        {
            stream.Flags &= ~StreamFlags.ClientKeepAlive;
            FailStream.Run(world, row, ref stream, 500, 'I', 'R');
        }
        catch (Exception)
        {
            // It cannot even be answered: closed without a word.
            stream.Flags |= StreamFlags.ClientReset;
            ListStream.ToEnd(world, row, ref stream);
        }
    }

    /// <summary>The fault of a connection is its stream's; one without a stream is closed.</summary>
    public static void Connection(World world, uint row, Exception fault)
    {
        uint stream = world.Connection[row].Stream;
        if (stream != Table.NoRow)
        {
            Stream(world, stream, fault);
            return;
        }
        world.Counters->Faults++;
        world.LastFault = fault;
        Connections.CloseConnection.Run(world, row, reset: true);
    }
}
