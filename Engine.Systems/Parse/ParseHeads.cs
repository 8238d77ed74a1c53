using System;
using Engine.Data.Connections;
using Engine.Data.Profiling;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Http2;
using Engine.Systems.Preambles;
using Engine.Systems.Streams;
using Engine.Systems.Tls;

namespace Engine.Systems.Parse;

/// <summary>Looks at what connections received: heads are parsed, bodies listed for forwarding, ends noticed.</summary>
public static class ParseHeads
{
    public static void Run(World world)
    {
        RowList received = world.Received;
        for (uint i = 0; i < received.Count; i++)
        {
            uint row = received[i];
            ref Connection connection = ref world.Connection[row];
            connection.Flags &= ~ConnectionFlags.ListedReceived;
            world.Profile.Begin(WorkKind.ParseHeads, received, row);
            try
            {
                Look(world, row, ref connection);
            }
            catch (Exception fault)
            {
                Quarantine.Connection(world, row, fault);
            }
            world.Profile.End();
        }
        received.Clear();
    }

    private static void Look(World world, uint row, ref Connection connection)
    {
        if (connection.State == ConnectionState.Closing) CloseConnection.TryFree(world, row, ref connection);
        else if (connection.State == ConnectionState.Lingering) LingerClose.Discard(world, row, ref connection);
        else if (connection.State != ConnectionState.Open) return;
        else if ((connection.Flags & ConnectionFlags.AwaitsPreamble) != 0)
        {
            if ((connection.Flags & ConnectionFlags.ServerSide) != 0) AskSocks.Read(world, row, ref connection);
            else ReadPreamble.Run(world, row, ref connection);
        }
        else if ((connection.Flags & ConnectionFlags.Handshaking) != 0) Handshake.Run(world, row, ref connection);
        else if ((connection.Flags & ConnectionFlags.Http2) != 0) DemuxFrames.Read(world, row, ref connection);
        else if ((connection.Flags & ConnectionFlags.ServerSide) != 0) ReadResponse.Run(world, row, ref connection);
        else ReadRequest.Run(world, row, ref connection);
    }
}
