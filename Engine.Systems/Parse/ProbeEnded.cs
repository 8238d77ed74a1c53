using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Streams;

namespace Engine.Systems.Parse;

/// <summary>
/// A client closed before it sent a byte: logged as such on its first request, unless <c>option
/// dontlognull</c>.
/// </summary>
public static class ProbeEnded
{
    public static void Run(World world, uint row, ref Connection connection)
    {
        ref ClientFacts facts = ref world.Client[row];
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
        if (facts.Requests > 0 || frontend.LogFormat == null) return;
        if ((frontend.Options & (ProxyOptions.DontLogNull | ProxyOptions.HttpIgnoreProbes)) != 0) return;
        uint number = StartStream.Http(world, row, ref connection, frontend);
        if (number == Table.NoRow) return;
        ref Stream stream = ref world.Stream[number];
        FailStream.Run(world, number, ref stream, 400, 'C', 'R');
    }
}
