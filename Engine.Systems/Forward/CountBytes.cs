using Engine.Data.Connections;
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

    /// <summary>The kernel, or the connection that carries the stream, took output of one of its sides.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="side">Its client's or server's connection.</param>
    /// <param name="bytes">How much.</param>
    internal static void Sent(World world, uint row, in Connection side, int bytes)
    {
        ref StreamLog log = ref world.Log[row];
        if ((side.Flags & ConnectionFlags.ServerSide) != 0) log.BytesSentToServer += (ulong)bytes;
        else log.BytesSentToClient += (ulong)bytes;
    }
}
