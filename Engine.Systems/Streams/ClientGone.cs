using Engine.Data.Connections;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Queue;

namespace Engine.Systems.Streams;

/// <summary>The client's connection broke, or it left while something was being done for it.</summary>
public static unsafe class ClientGone
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="mayListen">It ended its own side only: it is told 400 in case that it still reads.</param>
    public static void Run(World world, uint row, ref Stream stream, bool mayListen = false)
    {
        if (stream.State == StreamState.Ending) return;
        bool isTcp = (stream.Flags & (StreamFlags.Tcp | StreamFlags.Tunnel)) != 0;
        char state = stream.State switch
        {
            StreamState.ReadingHead or StreamState.Ruling or StreamState.Inspecting or StreamState.Picking
                or StreamState.AwaitingPage => 'R',
            StreamState.Queued => 'Q',
            StreamState.Connecting or StreamState.Pausing => 'C',
            StreamState.AwaitingResponse => isTcp ? 'D' : 'H',
            StreamState.Relaying => isTcp || !stream.Response.Done ? 'D' : 'L',
            _ => 'L',
        };
        bool queued = stream.State == StreamState.Queued;
        if (queued) WaitForServer.Name(world, ref stream);
        // One that closes while it waits for its turn is no abort, as in the reference.
        if (!queued || (world.Connection[stream.Client].Flags & ConnectionFlags.Broken) != 0) Count(world, in stream);
        ref StreamLog log = ref world.Log[row];
        FailStream.SetEnd(ref log, 'C', state);
        NoteAbort.OfClient(world, ref log, stream.Client);
        if (queued) log.QueuedNanoseconds = world.NowNanoseconds;
        if (mayListen && state == 'H')
        {
            FailStream.Run(world, row, ref stream, 400, 'C', state);
            return;
        }
        // Nothing is sent, but the line tells that the request was not served through the client's own fault.
        bool toldServer = state is not ('Q' or 'C');
        if (stream.Status == 0 && (stream.Flags & StreamFlags.Tcp) == 0 && toldServer) stream.Status = 400;
        ReleaseServer.Close(world, row, ref stream);
        stream.Flags &= ~StreamFlags.ClientKeepAlive;
        ListStream.ToEnd(world, row, ref stream);
    }

    private static void Count(World world, in Stream stream)
    {
        world.ProxyCounters[stream.Frontend].ClientAborts++;
        if (stream.Backend >= 0) world.ProxyCounters[stream.Backend].ClientAborts++;
        if (stream.ServerNumber >= 0) world.ServerCounters[stream.ServerNumber].ClientAborts++;
    }
}
