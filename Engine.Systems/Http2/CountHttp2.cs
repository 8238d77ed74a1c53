using Engine.Data.Connections;
using Engine.Data.Counters;
using Engine.Data.Http2;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Http2;

/// <summary>Counts HTTP/2 connections, their streams and frames for the proxy on whose side they are.</summary>
internal static unsafe class CountHttp2
{
    public static ref Http2Counters Of(World world, in Connection connection)
    {
        if ((connection.Flags & ConnectionFlags.ServerSide) == 0)
            return ref world.ProxyCounters[world.Configuration.Listeners[connection.Owner].Frontend].ClientHttp2;
        return ref world.ProxyCounters[ServerSide.Backend(world, connection)].ServerHttp2;
    }

    public static void Received(World world, in Connection connection, FrameType type)
    {
        ref Http2Counters counters = ref Of(world, connection);
        switch (type)
        {
            case FrameType.Headers:
                counters.Headers++;
                break;
            case FrameType.Data:
                counters.Data++;
                break;
            case FrameType.Settings:
                counters.Settings++;
                break;
            case FrameType.ResetStream:
                counters.Resets++;
                break;
            case FrameType.GoAway:
                counters.GoAways++;
                break;
        }
    }
}
