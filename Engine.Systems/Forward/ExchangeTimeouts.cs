using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Timers;

namespace Engine.Systems.Forward;

/// <summary>
/// Sets the inactivity timeouts of both sides after something moved (manual section 4.2): a side is timed while it
/// owes us bytes or an acknowledgement, and only then.
/// </summary>
public static class ExchangeTimeouts
{
    public static void Set(World world, ref Stream stream, ref Connection client, ref Connection server)
    {
        ref ProxyTimeouts front = ref world.Configuration.Proxies[stream.Frontend].Timeouts;
        ref ProxyTimeouts back = ref world.Configuration.Proxies[stream.Backend].Timeouts;
        uint clientMs = front.ClientMs;
        uint serverMs = back.ServerMs;
        if ((stream.Flags & StreamFlags.Tunnel) != 0)
        {
            if (back.TunnelMs != 0) clientMs = serverMs = back.TunnelMs;
            const ConnectionFlags shut = ConnectionFlags.SendShut | ConnectionFlags.ShutWhenSent;
            if ((client.Flags & shut) != 0 && front.ClientFinMs != 0) clientMs = front.ClientFinMs;
            if ((server.Flags & shut) != 0 && back.ServerFinMs != 0) serverMs = back.ServerFinMs;
        }
        bool clientOwes = !client.Out.IsEmpty || !stream.Request.Done;
        bool serverOwes = !server.Out.IsEmpty || (!stream.Response.Done && stream.Request.Done)
            || stream.State == StreamState.Relaying && !stream.Response.Done;
        SetTimeout.Connection(world, stream.Client, ref client, clientOwes ? clientMs : 0);
        SetTimeout.Connection(world, stream.Server, ref server, serverOwes ? serverMs : 0);
    }
}
