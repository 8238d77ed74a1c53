using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>The client's connection broke, or it left while something was being done for it.</summary>
public static unsafe class ClientGone
{
    public static void Run(World world, uint row, ref Stream stream)
    {
        if (stream.State == StreamState.Ending) return;
        char state = stream.State switch
        {
            StreamState.ReadingHead or StreamState.Ruling or StreamState.Picking => 'R',
            StreamState.Queued => 'Q',
            StreamState.Connecting or StreamState.Pausing => 'C',
            StreamState.AwaitingResponse => stream.Request.Done ? 'H' : 'D',
            StreamState.Relaying => 'D',
            _ => 'L',
        };
        world.ProxyCounters[stream.Frontend].ClientAborts++;
        if (stream.Backend >= 0) world.ProxyCounters[stream.Backend].ClientAborts++;
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].ClientAborts++;
        FailStream.SetEnd(ref world.Log[row], 'C', state);
        ReleaseServer.Close(world, row, ref stream);
        stream.Flags &= ~StreamFlags.ClientKeepAlive;
        ListStream.ToEnd(world, row, ref stream);
    }
}
