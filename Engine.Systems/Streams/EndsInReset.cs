using Engine.Data.Configuration;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>
/// <c>option nolinger</c> (manual section 4.2): connections of streams that are not HTTP end in a reset, so that the
/// kernel forgets them and what was not sent.
/// </summary>
internal static class EndsInReset
{
    public static bool OfClient(World world, in Stream stream) => Says(world, stream, stream.Frontend);

    public static bool OfServer(World world, in Stream stream) => Says(world, stream, stream.Backend);

    private static bool Says(World world, in Stream stream, int proxy) =>
        (stream.Flags & StreamFlags.Tcp) != 0
        && (world.Configuration.Proxies[proxy].Options & ProxyOptions.NoLinger) != 0;
}
