using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Evaluate;

/// <summary>Counts the edits of heads that could not be made (<c>wrew</c> of the statistics), for all that took part.</summary>
internal static unsafe class CountFailedEdits
{
    public static void Run(World world, ref Stream stream, ref Evaluation scope)
    {
        ulong failed = (ulong)scope.FailedEdits;
        scope.FailedEdits = 0;
        world.ProxyCounters[stream.Frontend].FrontendFailedEdits += failed;
        world.ListenerOf(stream).FailedEdits += failed;
        if (stream.Backend >= 0 && (stream.Flags & StreamFlags.Counted) != 0)
            world.ProxyCounters[stream.Backend].BackendFailedEdits += failed;
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].FailedEdits += failed;
    }
}
