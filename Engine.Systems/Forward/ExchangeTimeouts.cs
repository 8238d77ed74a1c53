using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Timers;

namespace Engine.Systems.Forward;

/// <summary>
/// Sets the inactivity timeouts of both sides after something moved (manual section 4.2): a side is timed while it
/// owes us bytes or an acknowledgement, and only then. A side that is not read from, because the other takes nothing,
/// owes nothing, nor does a server that has not got all of its request.
/// </summary>
public static class ExchangeTimeouts
{
    public static void Set(World world, uint row, ref Stream stream, ref Connection client, ref Connection server)
    {
        ref ProxyTimeouts front = ref world.Configuration.Proxies[stream.Frontend].Timeouts;
        ref ProxyTimeouts back = ref world.Configuration.Proxies[stream.Backend].Timeouts;
        uint clientMs = StreamTimeouts.Client(world, ref stream);
        uint serverMs = StreamTimeouts.Server(world, ref stream);
        if ((stream.Flags & StreamFlags.Tunnel) != 0)
        {
            uint tunnelMs = StreamTimeouts.Tunnel(world, ref stream);
            if (tunnelMs != 0) clientMs = serverMs = tunnelMs;
            const ConnectionFlags shut = ConnectionFlags.SendShut | ConnectionFlags.ShutWhenSent;
            if ((client.Flags & shut) != 0 && front.ClientFinMs != 0) clientMs = front.ClientFinMs;
            if ((server.Flags & shut) != 0 && back.ServerFinMs != 0) serverMs = back.ServerFinMs;
        }
        bool clientIsRead = !stream.Request.Done && OutputRoom.TakesMore(world, stream.Server, server);
        bool serverIsRead = !stream.Response.Done && OutputRoom.TakesMore(world, stream.Client, client)
            && (stream.Request.Done || (stream.Flags & StreamFlags.Tunnel) != 0)
            && HoldRules.TakesMore(world, row, in stream, in server);
        bool clientOwes = HasOutput(client) || clientIsRead;
        bool serverOwes = HasOutput(server) || serverIsRead;
        Keep(world, stream.Client, ref client, clientOwes, clientMs);
        Keep(world, stream.Server, ref server, serverOwes, serverMs);
    }

    /// <summary>Only the client owes anything: that it takes what it was sent.</summary>
    public static void OfClient(World world, ref Stream stream, ref Connection client) =>
        Keep(world, stream.Client, ref client, HasOutput(client), StreamTimeouts.Client(world, ref stream));

    /// <summary>Forgets a running time: bytes came from this side, or it took some. The next Set starts it anew.</summary>
    public static void Progressed(ref Connection connection) => connection.Timer.Due = 0;

    private static bool HasOutput(in Connection connection) =>
        !connection.Out.IsEmpty || (connection.Flags & ConnectionFlags.SendsFromPipe) != 0;

    /// <summary>A time that runs goes on: only progress of its own side starts it anew, whatever else happens.</summary>
    private static void Keep(World world, uint row, ref Connection connection, bool owes, uint timeoutMs)
    {
        if (!owes) connection.Timer.Due = 0;
        else if (connection.Timer.Due == 0) SetTimeout.Connection(world, row, ref connection, timeoutMs);
    }
}
