using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Sticky;

namespace Engine.Systems.Forward;

/// <summary>
/// Counts bytes that pass, for the log line and the statistics. What is answered here has no server, and maybe no backend.
/// </summary>
public static unsafe class CountBytes
{
    public static void ToClient(World world, uint row, ref Stream stream, ulong bytes)
    {
        world.Log[row].BytesToClient += bytes;
        world.ProxyCounters[stream.Frontend].FrontendBytesOut += bytes;
        world.ListenerOf(stream).BytesOut += bytes;
        if (stream.Backend >= 0) world.ProxyCounters[stream.Backend].BackendBytesOut += bytes;
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].BytesOut += bytes;
        CountTracked.Bytes(world, row, in stream);
    }

    public static void ToServer(World world, uint row, ref Stream stream, ulong bytes)
    {
        world.Log[row].BytesFromClient += bytes;
        world.ProxyCounters[stream.Frontend].FrontendBytesIn += bytes;
        world.ListenerOf(stream).BytesIn += bytes;
        world.ProxyCounters[stream.Backend].BackendBytesIn += bytes;
        world.ServerCounters[stream.ServerNumber].BytesIn += bytes;
        CountTracked.Bytes(world, row, in stream);
    }
}
