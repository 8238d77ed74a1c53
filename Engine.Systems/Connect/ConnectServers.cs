using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Profiling;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Http2;
using Engine.Systems.Streams;
using Engine.Systems.Timers;
using Engine.Systems.Tls;

namespace Engine.Systems.Connect;

/// <summary>
/// Gives each stream that has a server a connection to it: an idle one that may be shared, or a new one.
/// </summary>
public static unsafe class ConnectServers
{
    public static void Run(World world)
    {
        RowList list = world.ToConnect;
        for (uint i = 0; i < list.Count; i++)
        {
            uint row = list[i];
            ref Stream stream = ref world.Stream[row];
            stream.Flags &= ~StreamFlags.Listed;
            if (stream.State != StreamState.Connecting) continue;
            world.Profile.BeginStream(WorkKind.ConnectServers, list, row);
            Connect(world, row, ref stream);
            world.Profile.End();
        }
        list.Clear();
    }

    private static void Connect(World world, uint row, ref Stream stream)
    {
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        Server server = world.Configuration.Servers[stream.ServerNumber];
        if (RedirectToServer.Applies(ref stream, server))
        {
            RedirectToServer.Run(world, row, ref stream, server);
            return;
        }
        SourceOfConnection.Read(world, row, ref stream, server.Source);
        ulong name = server.Tls is { ForTraffic: true } tls ? ServerName.Find(world, row, ref stream, tls) : 0;
        if (server.PoolName is { } named && (stream.Flags & StreamFlags.Tcp) == 0)
            name = PoolName.Find(world, row, ref stream, named);
        WireProtocol wanted = WebSocketProtocol.Wanted(in stream, server);
        // A tunnel takes its connection with it: only a stream of HTTP/2 leaves it to others.
        bool mayShare = (stream.Flags & (StreamFlags.Tcp | StreamFlags.FreshConnection)) == 0
            && (wanted == WireProtocol.Unset || (wanted == WireProtocol.Http2 && server.Protocol == WireProtocol.Http2));
        if (wanted != WireProtocol.Unset && !mayShare)
            stream.Flags |= StreamFlags.ServerTainted;
        uint idle = mayShare
            ? FindIdle(world, row, ref stream, backend, server, name)
            : Table.NoRow;
        if (idle != Table.NoRow) Reuse(world, row, ref stream, idle);
        else Open(world, row, ref stream, backend, server, name);
    }

    /// <summary>
    /// <c>http-reuse</c> (manual section 4.2): which requests may go over a connection somebody else made.
    /// </summary>
    private static uint FindIdle(World world, uint row, ref Stream stream, Proxy backend, Server server, ulong name)
    {
        ref ClientFacts client = ref world.Client[stream.Client];
        SocketAddress target = server.MapsTarget ? ServerTargets.Wanted(world, ref stream, server) : default;
        uint reserved = client.ReservedServer;
        if (reserved != Table.NoRow)
        {
            client.ReservedServer = Table.NoRow;
            ref Connection own = ref world.Connection[reserved];
            bool suits = own.Owner == server.Number && own.State == ConnectionState.Open;
            suits &= SocketMarks.AreThoseOf(world, row, stream, reserved);
            suits &= !server.MapsTarget || world.OwnTarget[reserved].Target == target;
            if (server.Source.IsOfClient)
            {
                suits &= world.OwnTarget[reserved].Source
                    == SourceOfConnection.Wanted(world, row, ref stream, server.Source);
            }
            if (suits && (!server.NamesConnections || world.Link[reserved].NameHash == name)) return reserved;
            CloseConnection.Run(world, reserved);
        }
        if (SocketMarks.Any(world, row, stream)) return Table.NoRow;
        bool first = client.Requests <= 1;
        if (backend.HttpReuse != HttpReuse.Never && !(first && backend.HttpReuse == HttpReuse.Safe))
        {
            uint shared = ServerConnections.Find(world, server, name, target);
            if (shared != Table.NoRow) return shared;
        }
        bool proven = backend.HttpReuse == HttpReuse.Aggressive && first;
        if (backend.HttpReuse == HttpReuse.Never || (backend.HttpReuse == HttpReuse.Safe && first)) return Table.NoRow;
        if (!proven && !server.MapsTarget && !server.NamesConnections)
            return ServerPools.Take(world, server.Number);
        return FindSuited(world, server, proven, target, name);
    }

    /// <summary>
    /// A connection made under the same name, to what the client's destination is mapped to and, where that is
    /// asked for, that has served more than one request already: the server keeps it open for real.
    /// </summary>
    private static uint FindSuited(World world, Server server, bool proven, in SocketAddress target, ulong name)
    {
        const int lookMax = 16;
        uint row = world.Pools[(uint)server.Number].Newest;
        for (int looked = 0; row != Table.NoRow && looked < lookMax; looked++)
        {
            bool suits = !server.MapsTarget || world.OwnTarget[row].Target == target;
            suits &= !server.NamesConnections || world.Link[row].NameHash == name;
            if (suits && (!proven || world.Link[row].Uses > 1))
            {
                ServerPools.Remove(world, row);
                return row;
            }
            row = world.Link[row].PoolNext;
        }
        return Table.NoRow;
    }

    private static void Reuse(World world, uint row, ref Stream stream, uint server)
    {
        ref Connection connection = ref world.Connection[server];
        if ((connection.Flags & ConnectionFlags.Http2) != 0)
        {
            ReuseHttp2(world, row, ref stream, server);
            return;
        }
        Check.That(connection.In.IsEmpty);
        Check.That(connection.Out.IsEmpty);
        connection.Stream = row;
        ServerPools.Use(world, connection.Owner);
        connection.Flags |= ConnectionFlags.Reused;
        stream.Server = server;
        stream.Flags |= StreamFlags.ServerReused;
        world.ProxyCounters[stream.Backend].ConnectionsReused++;
        world.ServerCounters[stream.ServerNumber].ConnectionsReused++;
        world.Log[row].ConnectedNanoseconds = world.NowNanoseconds;
        BeginExchange.Run(world, row, ref stream, ref connection);
    }

    /// <summary>One more stream on a connection of HTTP/2.</summary>
    private static void ReuseHttp2(World world, uint row, ref Stream stream, uint server)
    {
        uint own = ServerConnections.Open(world, server, row, ref stream);
        if (own == Table.NoRow)
        {
            FailStream.Run(world, row, ref stream, 503, 'R', 'C');
            return;
        }
        ref Connection connection = ref world.Connection[own];
        ServerPools.Use(world, connection.Owner);
        connection.Flags |= ConnectionFlags.Reused;
        stream.Flags |= StreamFlags.ServerReused;
        world.ProxyCounters[stream.Backend].ConnectionsReused++;
        world.ServerCounters[stream.ServerNumber].ConnectionsReused++;
        world.Log[row].ConnectedNanoseconds = world.NowNanoseconds;
        BeginExchange.Run(world, row, ref stream, ref connection);
    }

    private static void Open(World world, uint row, ref Stream stream, Proxy backend, Server server, ulong name)
    {
        uint number = world.Connections.Take();
        if (number == Table.NoRow)
        {
            FailStream.Run(world, row, ref stream, 503, 'R', 'C');
            return;
        }
        ref Connection connection = ref world.Connection[number];
        connection = default;
        connection.Fd = -1;
        connection.Stream = row;
        connection.Owner = server.Number;
        connection.State = ConnectionState.Connecting;
        connection.Flags = ConnectionFlags.ServerSide;
        if ((stream.Flags & StreamFlags.ServerTainted) != 0) connection.Flags |= ConnectionFlags.Private;
        world.Link[number] = new ServerLink { NameHash = name };
        if (world.Configuration.Globals.ReadsServerSource) world.ServerSource[number] = default;
        stream.Server = number;
        ServerPools.Use(world, server.Number);
        stream.Flags &= ~StreamFlags.ServerReused;
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.Connect;
        operation.Owner = new OperationOwner(OperationKind.Connect, number, world.Connections.Generation(number));
        operation.Fd = -1;
        ServerTargets.Aim(ref operation, world, row, ref stream, server, number);
        operation.Descriptor = &world.Connection.Address(number)->Fd;
        connection.OperationsInFlight = 1;
        world.ServerCounters[server.Number].ConnectsMade++;
        world.ProxyCounters[backend.Number].ConnectsMade++;
        SetTimeout.Stream(world, row, ref stream, StreamTimeouts.Connect(world, ref stream));
    }
}
