using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Timers;

/// <summary>
/// Some of a request's head has come: the next piece may take <c>timeout client</c>, and all of it
/// <c>timeout http-request</c>, which no piece starts anew (manual section 4.2).
/// </summary>
internal static unsafe class TimeHead
{
    public static void Run(World world, uint row, ref Connection connection, uint stream)
    {
        if ((connection.Flags & ConnectionFlags.Http2Stream) != 0) return;
        ref ProxyTimeouts timeouts = ref world.Configuration.Proxies[world.Stream[stream].Frontend].Timeouts;
        uint pieceMs = timeouts.ClientMs;
        if (timeouts.WholeHeadMs != 0)
        {
            ref StreamLog log = ref world.Log[stream];
            long since = world.Client[row].Requests == 1 ? log.StartedNanoseconds : log.FirstByteNanoseconds;
            long leftMs = Math.Max(1, timeouts.WholeHeadMs - ((world.NowNanoseconds - since) / 1_000_000));
            if (pieceMs == 0 || leftMs < pieceMs) pieceMs = (uint)leftMs;
        }
        SetTimeout.Connection(world, row, ref connection, pieceMs);
    }
}
