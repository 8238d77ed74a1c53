using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Http2;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;
using Engine.Systems.Timers;
using Engine.Systems.Tls;

namespace Engine.Systems.Accept;

/// <summary>A client can be listened to: it was accepted and its handshakes, if it has any, are over.</summary>
public static unsafe class ServeClient
{
    public static void Run(World world, uint row, ref Connection connection, Listener listener)
    {
        Proxy frontend = world.Configuration.Proxies[listener.Frontend];
        PreambleKind none = PreambleKind.None;
        if (world.Configuration.Globals.SetsSessionAddresses)
        {
            ref ClientFacts facts = ref world.Client[row];
            world.ConnectionAddresses[row] = new KeptAddresses { Source = facts.Source, Destination = facts.Destination };
        }
        if (frontend.TcpSessionRules is { } rules
            && !ConnectionRules.Allow(world, row, listener, rules, ref none, isSession: true))
        {
            world.ProxyCounters[frontend.Number].DeniedSessions++;
            CloseConnection.Run(world, row);
            return;
        }
        CountTracked.Session(world, row);
        RateLimits.CountSession(world, frontend);
        if (SpeaksHttp2(world, row, connection, listener, frontend))
        {
            StartHttp2.Run(world, row);
        }
        else if (frontend.Mode == ProxyMode.Http)
        {
            CountHttp1.Opened(world, ref connection);
            // Repeating receives are for clients that stay: a connection for one request alone needs no other.
            ArmReceive.Small(world, row, ref connection, OperationFlags.None);
            SetTimeout.Connection(world, row, ref connection, frontend.Timeouts.HttpRequestMs);
        }
        else
        {
            StartStream.Tcp(world, row, ref connection, frontend);
        }
    }

    /// <summary><c>proto h2</c>, or what both sides agreed on by ALPN.</summary>
    private static bool SpeaksHttp2(
        World world, uint row, in Connection connection, Listener listener, Proxy frontend)
    {
        if (listener.Protocol == WireProtocol.Http2) return true;
        return (connection.Flags & ConnectionFlags.Encrypted) != 0 && frontend.Mode == ProxyMode.Http
            && AgreedProtocol.IsHttp2(ref world.Tls!.States[row]);
    }
}
