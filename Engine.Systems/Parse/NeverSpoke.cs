using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;

namespace Engine.Systems.Parse;

/// <summary>A new client sent nothing within <c>timeout http-request</c>: 408, unless <c>option http-ignore-probes</c>.</summary>
public static unsafe class NeverSpoke
{
    public static void Run(World world, uint row, ref Connection connection)
    {
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
        bool quiet = (frontend.Options & ProxyOptions.HttpIgnoreProbes) != 0;
        uint number = quiet ? Table.NoRow : StartStream.Http(world, row, ref connection, frontend);
        if (number == Table.NoRow)
        {
            CloseConnection.Run(world, row);
            return;
        }
        ProbeEnded.CountAllTime(world, row, number);
        CountFailedRequest.Run(world, in world.Stream[number]);
        CountTracked.Request(world, number, in world.Stream[number]);
        FailStream.Run(world, number, ref world.Stream[number], 408, 'c', 'R');
    }
}
