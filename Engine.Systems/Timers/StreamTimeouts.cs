using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Timers;

/// <summary>The timeouts of a stream: its own where rules gave some (<c>set-timeout</c>), else its proxies'.</summary>
public static class StreamTimeouts
{
    public static uint Client(World world, ref Stream stream)
    {
        uint own = HasOwn(ref stream) ? Own(world, ref stream).ClientMs : 0;
        return own != 0 ? own : world.Configuration.Proxies[stream.Frontend].Timeouts.ClientMs;
    }

    public static uint Server(World world, ref Stream stream)
    {
        uint own = HasOwn(ref stream) ? Own(world, ref stream).ServerMs : 0;
        return own != 0 ? own : Backend(world, ref stream).Timeouts.ServerMs;
    }

    public static uint Connect(World world, ref Stream stream)
    {
        uint own = HasOwn(ref stream) ? Own(world, ref stream).ConnectMs : 0;
        return own != 0 ? own : Backend(world, ref stream).Timeouts.ConnectMs;
    }

    public static uint Queue(World world, ref Stream stream)
    {
        uint own = HasOwn(ref stream) ? Own(world, ref stream).QueueMs : 0;
        return own != 0 ? own : Backend(world, ref stream).Timeouts.QueueMs;
    }

    public static uint Tunnel(World world, ref Stream stream)
    {
        uint own = HasOwn(ref stream) ? Own(world, ref stream).TunnelMs : 0;
        return own != 0 ? own : Backend(world, ref stream).Timeouts.TunnelMs;
    }

    public static int Retries(World world, ref Stream stream)
    {
        int own = HasOwn(ref stream) ? Own(world, ref stream).RetriesAndOne : 0;
        return own != 0 ? own - 1 : Backend(world, ref stream).Retries;
    }

    /// <summary>Another backend has its own: what rules gave for the side of the servers before is over.</summary>
    public static void EnterBackend(ref OwnTimeouts own) =>
        own = own with { ServerMs = 0, ConnectMs = 0, QueueMs = 0, TunnelMs = 0, RetriesAndOne = 0 };

    private static bool HasOwn(ref Stream stream) => (stream.Flags & StreamFlags.HasOwnTimeouts) != 0;

    private static Proxy Backend(World world, ref Stream stream) => world.Configuration.Proxies[stream.Backend];

    private static ref OwnTimeouts Own(World world, ref Stream stream) =>
        ref world.OwnTimeouts[world.Connection[stream.Client].Stream];
}
