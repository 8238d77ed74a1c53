using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Counters;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Samples;

namespace Engine.Systems.Streams;

/// <summary>Enters an exchange that is over into the times and maxima of its server and backend.</summary>
public static unsafe class CountExchange
{
    public static void Run(World world, uint row, ref Stream stream)
    {
        int server = stream.ServerNumber;
        if (stream.Backend < 0) return;
        StreamLog* log = world.Log.Address(row);
        ref ProxyCounters backend = ref world.ProxyCounters[stream.Backend];
        int connections = Volatile.Read(ref world.Shared.Proxy(stream.Backend).BackendConnections);
        if (connections > backend.SessionsMax) backend.SessionsMax = connections;
        if (server < 0) return;
        ref ServerCounters counters = ref world.ServerCounters[server];
        ProxyMode mode = world.Configuration.Proxies[stream.Frontend].Mode;
        long queue = StreamTimers.QueueMs(log);
        long connect = StreamTimers.ConnectMs(log);
        long response = mode == ProxyMode.Http ? StreamTimers.ResponseMs(log) : 0;
        long total = StreamTimers.TotalMs(log);
        counters.Times.Add(queue, connect, response, total);
        backend.Times.Add(queue, connect, response, total);
    }
}
