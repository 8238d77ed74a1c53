using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Connections;

/// <summary>
/// Counts the connections that speak HTTP/1, their exchanges and bytes, for the proxy on whose side they are; those of
/// checks for their backend. All but <see cref="Opened"/> and <see cref="BecameHttp2"/> do nothing for other connections.
/// </summary>
internal static unsafe class CountHttp1
{
    public static void Opened(World world, ref Connection connection)
    {
        connection.Flags |= ConnectionFlags.Http1;
        ref Http1Counters counters = ref Of(world, connection);
        counters.OpenConnections++;
        counters.Connections++;
    }

    /// <summary>What it began with was no exchange.</summary>
    public static void BecameHttp2(World world, ref Connection connection)
    {
        Of(world, connection).Streams--;
        Ended(world, ref connection);
    }

    public static void Ended(World world, ref Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.Http1) == 0) return;
        bool exchanges = connection.Stream != Table.NoRow || (connection.Flags & ConnectionFlags.Check) != 0;
        if (exchanges) ExchangeEnded(world, connection);
        Of(world, connection).OpenConnections--;
        connection.Flags &= ~ConnectionFlags.Http1;
    }

    public static void ExchangeBegun(World world, in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.Http1) == 0) return;
        ref Http1Counters counters = ref Of(world, connection);
        counters.OpenStreams++;
        counters.Streams++;
    }

    public static void ExchangeEnded(World world, in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.Http1) != 0) Of(world, connection).OpenStreams--;
    }

    public static void Received(World world, in Connection connection, int count)
    {
        if ((connection.Flags & ConnectionFlags.Http1) != 0) Of(world, connection).BytesIn += (ulong)count;
    }

    public static void Sent(World world, in Connection connection, int count)
    {
        if ((connection.Flags & ConnectionFlags.Http1) != 0) Of(world, connection).BytesOut += (ulong)count;
    }

    /// <summary>From a connection into a pipe.</summary>
    public static void SplicedIn(World world, in Connection connection, int count)
    {
        if ((connection.Flags & ConnectionFlags.Http1) == 0) return;
        ref Http1Counters counters = ref Of(world, connection);
        counters.BytesIn += (ulong)count;
        counters.SplicedIn += (ulong)count;
    }

    /// <summary>From a pipe into a connection.</summary>
    public static void SplicedOut(World world, in Connection connection, int count)
    {
        if ((connection.Flags & ConnectionFlags.Http1) == 0) return;
        ref Http1Counters counters = ref Of(world, connection);
        counters.BytesOut += (ulong)count;
        counters.SplicedOut += (ulong)count;
    }

    private static ref Http1Counters Of(World world, in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ServerSide) == 0)
            return ref world.ProxyCounters[world.Configuration.Listeners[connection.Owner].Frontend].ClientHttp1;
        return ref world.ProxyCounters[ServerSide.Backend(world, connection)].ServerHttp1;
    }
}
