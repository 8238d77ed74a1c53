using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Worlds;
using Engine.Systems.Connections;

namespace Engine.Systems.Health;

/// <summary>A process that stops checks nothing any more: what is under way is given up, once.</summary>
public static class StopChecks
{
    public static void Run(World world, CheckSchedule schedule)
    {
        if (schedule.Ended) return;
        schedule.Ended = true;
        while (schedule.Count > 0) schedule.Remove(schedule.Next);
        for (uint row = 0; row < world.Connections.RowsEverUsed; row++)
        {
            if (!world.Connections.IsTaken(row)) continue;
            if ((world.Connection[row].Flags & ConnectionFlags.Check) == 0) continue;
            CheckConnection.Close(world, ref world.Shared.CheckOf(world.Connection[row].Owner));
            CloseConnection.Run(world, row, reset: true);
        }
    }
}
