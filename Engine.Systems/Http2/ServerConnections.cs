using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Forward;

namespace Engine.Systems.Http2;

/// <summary>
/// HTTP/2 connections to servers: which have room for another stream, and when they are idle, worn or done. One that
/// is idle stands in its server's pool like any other.
/// </summary>
public static class ServerConnections
{
    /// <summary>A connection was made for a stream: that stream's request is the first on it.</summary>
    internal static void Begin(World world, uint row, ref Connection connection)
    {
        uint number = connection.Stream;
        Check.That(number != Table.NoRow);
        ref Stream stream = ref world.Stream[number];
        connection.Stream = Table.NoRow;
        connection.Timer.Due = 0;
        ArmReceive.Small(world, row, ref connection, OperationFlags.Repeat);
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        uint own = OpenStream.ToServer(world, row, ref connection, ref http2);
        if (own == Table.NoRow)
        {
            stream.Server = Table.NoRow;
            ServerPools.Unuse(world, connection.Owner);
            CloseConnection.Run(world, row);
            Streams.FailStream.Run(world, number, ref stream, 503, 'R', 'C');
            return;
        }
        world.Link[row].Uses++;
        Attach(world, number, ref stream, own);
        Enlist(world, row, ref connection, ref http2);
        BeginExchange.Run(world, number, ref stream, ref world.Connection[own]);
    }

    /// <summary>A connection of the server with room for one more stream, or none.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="server">The server.</param>
    /// <param name="name">Where connections have names: its hash; a connection serves that name alone.</param>
    /// <param name="target">Where it is to lead to, for a server that has no address or port of its own.</param>
    public static uint Find(World world, Server server, ulong name, in SocketAddress target)
    {
        const int lookMax = 16;
        uint first = world.Http2.Servers[(uint)server.Number];
        bool isNamed = server.NamesConnections;
        if (first == 0 || (!isNamed && !server.MapsTarget)) return first == 0 ? Table.NoRow : first - 1;
        uint row = first - 1;
        for (int looked = 0; row != Table.NoRow && looked < lookMax; looked++)
        {
            bool suits = !isNamed || world.Link[row].NameHash == name;
            if (suits && (!server.MapsTarget || world.OwnTarget[row].Target == target)) return row;
            row = world.Http2.Connection[row].ServerNext;
        }
        return Table.NoRow;
    }

    /// <summary>
    /// Opens a stream for a request on a connection that has room. None when there is no row for it.
    /// </summary>
    public static uint Open(World world, uint row, uint number, ref Stream stream)
    {
        ref Connection connection = ref world.Connection[row];
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        uint own = OpenStream.ToServer(world, row, ref connection, ref http2);
        if (own == Table.NoRow) return own;
        if ((connection.Flags & ConnectionFlags.Pooled) != 0) ServerPools.Remove(world, row);
        world.Link[row].Uses++;
        Attach(world, number, ref stream, own);
        Enlist(world, row, ref connection, ref http2);
        return own;
    }

    private static void Attach(World world, uint number, ref Stream stream, uint own)
    {
        world.Connection[own].Stream = number;
        stream.Server = own;
        stream.Flags |= StreamFlags.NoSplice;
        const ConnectionFlags isStream = ConnectionFlags.Http2Stream;
        // A request of HTTP/1 tells no scheme: it is asked for the safe one, as by the reference.
        bool isHttps = (world.Connection[stream.Client].Flags & isStream) == 0
            || (world.Http2.Stream[stream.Client].Flags & Http2StreamFlags.Https) != 0;
        uint carrier = world.Http2.Stream[own].Connection;
        isHttps |= (world.Connection[carrier].Flags & ConnectionFlags.Encrypted) != 0;
        if (isHttps) world.Http2.Stream[own].Flags |= Http2StreamFlags.Https;
    }

    /// <summary>Keeps a connection listed exactly while it has room.</summary>
    internal static void Enlist(World world, uint row, ref Connection connection, ref Http2Connection http2)
    {
        bool listed = (http2.Flags & Http2Flags.ListedServer) != 0;
        if (HasRoom(world, row, ref connection, ref http2) == listed) return;
        if (listed)
        {
            Delist(world, row, ref connection);
            return;
        }
        ref uint first = ref world.Http2.Servers[(uint)connection.Owner];
        http2.Flags |= Http2Flags.ListedServer;
        http2.ServerPrevious = Table.NoRow;
        http2.ServerNext = first == 0 ? Table.NoRow : first - 1;
        if (first != 0) world.Http2.Connection[first - 1].ServerPrevious = row;
        first = row + 1;
    }

    internal static void Delist(World world, uint row, ref Connection connection)
    {
        ref Http2Connection http2 = ref world.Http2.Connection[row];
        if ((http2.Flags & Http2Flags.ListedServer) == 0) return;
        http2.Flags &= ~Http2Flags.ListedServer;
        ref uint first = ref world.Http2.Servers[(uint)connection.Owner];
        if (http2.ServerPrevious == Table.NoRow) first = http2.ServerNext == Table.NoRow ? 0 : http2.ServerNext + 1;
        else world.Http2.Connection[http2.ServerPrevious].ServerNext = http2.ServerNext;
        if (http2.ServerNext != Table.NoRow)
            world.Http2.Connection[http2.ServerNext].ServerPrevious = http2.ServerPrevious;
    }

    private static bool HasRoom(World world, uint row, ref Connection connection, ref Http2Connection http2)
    {
        const Http2Flags gone = Http2Flags.Draining | Http2Flags.Failed | Http2Flags.GoAwaySent;
        const ConnectionFlags ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken | ConnectionFlags.Private;
        if ((http2.Flags & gone) != 0 || (connection.Flags & ended) != 0) return false;
        Server server = world.Configuration.Servers[connection.Owner];
        if (server.MapsTarget || IsWorn(world, row, server)) return false;
        if (world.Configuration.Proxies[server.Backend].HttpReuse == HttpReuse.Never) return false;
        Http2Settings settings = world.Configuration.Globals.Http2;
        uint most = System.Math.Min(http2.PeerStreamsMax, (uint)settings.StreamsMaxOf(settings.Backend));
        return (uint)http2.OpenStreams < most && http2.HighestStream < FrameHeader.Bits31 - 2;
    }

    private static bool IsWorn(World world, uint row, Server server) =>
        server.MaxReuse >= 0 && world.Link[row].Uses > server.MaxReuse;

    /// <summary>A stream was released: there may be room again, or nothing left to do.</summary>
    internal static void Released(World world, uint row, ref Connection connection, ref Http2Connection http2)
    {
        if ((connection.Flags & ConnectionFlags.Check) != 0)
        {
            CloseConnection.Run(world, row);
            return;
        }
        Enlist(world, row, ref connection, ref http2);
        if (http2.Streams > 0) return;
        Server server = world.Configuration.Servers[connection.Owner];
        bool keeps = (http2.Flags & Http2Flags.ListedServer) != 0 && !world.Stopping && ServerPools.Wants(world, server);
        if (keeps) ServerPools.Add(world, row, ref connection, server);
        else CloseConnection.Run(world, row);
    }
}
