using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Pick;
using Engine.Systems.Queue;

namespace Engine.Systems.Persist;

/// <summary>A client that belongs to a server gets that one, of whatever weight, and waits for no other.</summary>
public static class PickPersistent
{
    /// <summary>False when the server works no more: the client is balanced like any other.</summary>
    public static bool TryRun(World world, uint row, ref Stream stream)
    {
        ref Persistence known = ref world.Persistence[row];
        if (!ServerSlots.MayTakeOwn(world.Shared.Server(known.Server)))
        {
            Forget(world, row, ref stream);
            return false;
        }
        if (ServerSlots.TryTakeOwn(world.Shared, known.Server)) AssignServer.Run(world, row, ref stream, known.Server);
        else AdmitQueued.Run(world, row, ref stream, known.Server);
        return true;
    }

    /// <summary>The client's server is down, or could not be reached: any other will do.</summary>
    public static void Forget(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.Direct) == 0) return;
        stream.Flags &= ~StreamFlags.Direct;
        world.Persistence[row].RequestState = (byte)'D';
    }
}
