using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Sticky;
using Engine.Systems.Streams;

namespace Engine.Systems.Parse;

/// <summary>
/// A client closed before it sent a byte: logged as such on its first request, unless <c>option
/// dontlognull</c>.
/// </summary>
public static class ProbeEnded
{
    /// <summary>True when a stream took the connection over and will close it.</summary>
    public static bool Run(World world, uint row, ref Connection connection)
    {
        ref ClientFacts facts = ref world.Client[row];
        Proxy frontend = world.Configuration.Proxies[world.Configuration.Listeners[connection.Owner].Frontend];
        if (facts.Requests > 0 || (frontend.Options & ProxyOptions.HttpIgnoreProbes) != 0) return false;
        if ((frontend.Options & ProxyOptions.DontLogNull) != 0 || frontend.LogFormat == null)
        {
            CountFailedRequest.Run(world, frontend.Number, connection.Owner);
            world.ProxyCounters[frontend.Number].FrontendStatus[4]++;
            return false;
        }
        uint number = StartStream.Http(world, row, ref connection, frontend);
        if (number == Table.NoRow) return false;
        CountAllTime(world, row, number);
        ref Stream stream = ref world.Stream[number];
        stream.Status = 400;
        CountFailedRequest.Run(world, in stream);
        CountTracked.BadRequest(world, number, in stream);
        FailStream.SetEnd(ref world.Log[number], 'C', 'R');
        ListStream.ToEnd(world, number, ref stream);
        return true;
    }

    /// <summary>No first byte ends the idle time of a client that sent none: all of its time is the request's.</summary>
    internal static unsafe void CountAllTime(World world, uint client, uint stream)
    {
        ref StreamLog log = ref world.Log[stream];
        log.FirstByteNanoseconds = 0;
        log.RequestWallMicroseconds = world.Client[client].AcceptedWallMicroseconds;
    }
}
