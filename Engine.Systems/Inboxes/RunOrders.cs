using System;
using Engine.Data.Worlds;

namespace Engine.Systems.Inboxes;

/// <summary>Carries out what the Runtime API wants done by this thread. A failure of an order is told, not passed on.</summary>
public static unsafe class RunOrders
{
    public static void Run(World world)
    {
        while (world.Shared.Orders[world.Thread].TryDequeue(out Action<World>? order))
        {
            try
            {
                order(world);
            }
            catch (Exception fault)
            {
                world.Counters->Faults++;
                world.LastFault = fault;
            }
        }
    }
}
