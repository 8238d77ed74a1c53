using Engine.Data.Counters;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Streams;

namespace Engine.Systems.Pick;

/// <summary>A server's slot was taken for the stream: it goes on to the connection.</summary>
public static unsafe class AssignServer
{
    public static void Run(World world, uint row, ref Stream stream, int server)
    {
        stream.ServerNumber = server;
        stream.Flags |= StreamFlags.HoldsServerSlot;
        ref StreamLog log = ref world.Log[row];
        if (log.QueuedNanoseconds == 0) log.QueuedNanoseconds = world.NowNanoseconds;
        ref ServerCounters counters = ref world.ServerCounters[server];
        counters.Sessions++;
        if (world.Configuration.Globals.CountsRates) world.Shared.Server(server).SessionRate.Add(world.NowMs);
        counters.LastSessionNanoseconds = world.NowNanoseconds;
        int served = world.Shared.Server(server).Served;
        if (served > counters.SessionsMax) counters.SessionsMax = served;
        ListStream.To(world.ToConnect, StreamState.Connecting, row, ref stream);
    }
}
