using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Timers;

namespace Engine.Systems.Streams;

/// <summary>
/// Parts a stream from its server: a connection that did all of one exchange goes to the pool, any other is closed; then
/// the slot goes to the next waiter.
/// </summary>
public static unsafe class PartServer
{
    public static void Run(World world, uint row, ref Stream stream)
    {
        uint number = stream.Server;
        if (number != Table.NoRow && MayKeep(world, ref stream, ref world.Connection[number]))
        {
            ReleaseRetained.Run(world, ref stream, ref world.Connection[number]);
            stream.Server = Table.NoRow;
            Keep(world, number, ref stream);
        }
        ReleaseServer.Close(world, row, ref stream);
    }

    private static bool MayKeep(World world, ref Stream stream, ref Connection server)
    {
        const ConnectionFlags spoilt = ConnectionFlags.PeerClosed | ConnectionFlags.Broken | ConnectionFlags.SendShut
            | ConnectionFlags.SendInFlight;
        if ((stream.Flags & StreamFlags.ServerKeepAlive) == 0 || world.Stopping) return false;
        if (!stream.Request.Done || !stream.Response.Done || (server.Flags & spoilt) != 0) return false;
        // Surplus bytes would become the answer to somebody else's request (THREATS.md A31).
        return server.In.IsEmpty && server.Out.IsEmpty;
    }

    private static void Keep(World world, uint row, ref Stream stream)
    {
        ref Connection connection = ref world.Connection[row];
        Server server = world.Configuration.Servers[connection.Owner];
        ref ServerLink link = ref world.Link[row];
        CountHttp1.ExchangeEnded(world, connection);
        connection.Stream = Table.NoRow;
        ServerPools.Unuse(world, server.Number);
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0)
        {
            CloseConnection.Run(world, row); // the connection it is on stays
            return;
        }
        bool worn = (server.MaxReuse >= 0 && link.Uses > server.MaxReuse) || server.ProxyHeader.IsOfOneRequest;
        bool reserved = world.Configuration.Proxies[stream.Backend].HttpReuse == HttpReuse.Never
            || (connection.Flags & ConnectionFlags.Private) != 0;
        if (reserved && (stream.Flags & StreamFlags.ClientKeepAlive) != 0 && !worn)
        {
            world.Client[stream.Client].ReservedServer = row;
            link.ReservedFor = stream.Client;
            SetTimeout.Connection(world, row, ref connection, 0);
        }
        else if (reserved || worn || !ServerPools.Wants(world, server))
        {
            CloseConnection.Run(world, row);
            return;
        }
        else
        {
            ServerPools.Add(world, row, ref connection, server);
        }
        ArmReceive.Answer(world, row, ref connection);
    }
}
