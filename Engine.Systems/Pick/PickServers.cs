using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Profiling;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Persist;
using Engine.Systems.Queue;
using Engine.Systems.Streams;

namespace Engine.Systems.Pick;

/// <summary>Gives each stream a server with a free slot, or a place in the queue, or the answer that there is none.</summary>
public static unsafe class PickServers
{
    public static void Run(World world)
    {
        RowList list = world.ToPick;
        for (uint i = 0; i < list.Count; i++)
        {
            uint row = list[i];
            ref Stream stream = ref world.Stream[row];
            stream.Flags &= ~StreamFlags.Listed;
            if (stream.State != StreamState.Picking) continue;
            world.Profile.BeginStream(WorkKind.PickServers, list, row);
            Pick(world, row, ref stream);
            world.Profile.End();
        }
        list.Clear();
    }

    private static void Pick(World world, uint row, ref Stream stream)
    {
        Proxy backend = world.Configuration.Proxies[stream.Backend];
        if ((stream.Flags & StreamFlags.Direct) != 0 && PickPersistent.TryRun(world, row, ref stream)) return;
        if (PreferLastServer.TryRun(world, row, ref stream, backend)) return;
        // Who waits goes first: a newcomer joins behind them instead of jumping (a free slot finds the oldest anyway).
        bool mustWait = Volatile.Read(ref world.Shared.Proxy(stream.Backend).AnyLength) > 0;
        int server = mustWait ? ChooseServer.Full : ChooseServer.Run(world, row, ref stream, backend);
        if (server == ChooseServer.None || (mustWait && !BackupServers.AnyEligible(world, backend)))
        {
            world.ProxyCounters[stream.Backend].FailedConnections++;
            FailStream.Run(world, row, ref stream, 503, 'S', 'C');
        }
        else if (server == ChooseServer.Full)
        {
            AdmitQueued.Run(world, row, ref stream, -1);
        }
        else if (server < ChooseServer.Full)
        {
            CountChoice(world, ref stream, ChooseServer.Awaited(server));
            WaitForServer.Run(world, row, ref stream, ChooseServer.Awaited(server));
        }
        else
        {
            CountChoice(world, ref stream, server);
            AssignServer.Run(world, row, ref stream, server);
        }
    }

    private static void CountChoice(World world, ref Stream stream, int server)
    {
        world.ServerCounters[server].LoadBalanced++;
        world.ProxyCounters[stream.Backend].LoadBalanced++;
    }
}
