using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Accept;

/// <summary>
/// Clients that the kernel had accepted when a connection limit was met. They wait in order, unread, as they would in
/// the kernel's backlog, and their listener accepts no more until there is room.
/// </summary>
public static class HeldClients
{
    public static void Add(World world, uint row)
    {
        ref Connection connection = ref world.Connection[row];
        connection.State = ConnectionState.Held;
        ref ServerLink link = ref world.Link[row];
        link = default;
        link.PoolNext = Table.NoRow;
        link.PoolPrevious = world.HeldNewest;
        if (world.HeldNewest == Table.NoRow) world.HeldOldest = row;
        else world.Link[world.HeldNewest].PoolNext = row;
        world.HeldNewest = row;
        ref ListenerState state = ref world.Listeners[(uint)connection.Owner];
        state.Held = true;
        // Publish, then look again: the room may have come before the others could know that somebody waits for it.
        world.Shared.AnyHeld = true;
        Interlocked.MemoryBarrier();
        world.AdmitHeld = true;
        ArmAccept.Cancel(world, (uint)connection.Owner);
    }

    public static void Remove(World world, uint row)
    {
        ref ServerLink link = ref world.Link[row];
        if (link.PoolPrevious == Table.NoRow) world.HeldOldest = link.PoolNext;
        else world.Link[link.PoolPrevious].PoolNext = link.PoolNext;
        if (link.PoolNext == Table.NoRow) world.HeldNewest = link.PoolPrevious;
        else world.Link[link.PoolNext].PoolPrevious = link.PoolPrevious;
    }

    /// <summary>
    /// A client connection of this thread closed: others that were held back may have room now.
    /// </summary>
    public static void RoomAppeared(World world)
    {
        world.AdmitHeld = true;
        if (!world.Shared.AnyHeld) return;
        for (int thread = 0; thread < world.Shared.Threads; thread++)
        {
            if (thread == world.Thread) continue;
            if (Interlocked.Exchange(ref world.Shared.AcceptAgain[thread * 16], 1) != 0) continue;
            world.Shared.WakeThread(thread);
        }
    }

    /// <summary>
    /// Admits held clients whose limits have room, in order, then opens the listeners that have none left.
    /// </summary>
    public static void Run(World world)
    {
        ref int told = ref world.Shared.AcceptAgain[world.Thread * 16];
        if (told != 0) world.AdmitHeld |= Interlocked.Exchange(ref told, 0) != 0;
        if (!world.AdmitHeld) return;
        world.AdmitHeld = false;
        for (uint row = world.HeldOldest; row != Table.NoRow;)
        {
            uint next = world.Link[row].PoolNext;
            ref Connection connection = ref world.Connection[row];
            Listener listener = world.Configuration.Listeners[connection.Owner];
            if (AcceptClients.TryCount(world, listener))
            {
                Remove(world, row);
                // As if it came out of the kernel's backlog now: its times and its log line count from here.
                ref ClientFacts facts = ref world.Client[row];
                facts.AcceptedWallMicroseconds = world.WallMicroseconds;
                facts.IdleSinceNanoseconds = world.NowNanoseconds;
                AcceptClients.Open(world, row, ref connection, listener);
            }
            row = next;
        }
        for (uint i = 0; i < world.Configuration.Listeners.Length; i++)
        {
            ref ListenerState state = ref world.Listeners[i];
            if (!state.Held || IsHeld(world, (int)i)) continue;
            state.Held = false;
            ArmAccept.Run(world, i);
        }
    }

    private static bool IsHeld(World world, int listener)
    {
        for (uint row = world.HeldOldest; row != Table.NoRow; row = world.Link[row].PoolNext)
            if (world.Connection[row].Owner == listener) return true;
        return false;
    }
}
