using Engine.Data.Sticky;
using Engine.Data.Worlds;

namespace Engine.Systems.Sticky;

/// <summary>Drops entries whose time is over: the first thread, a bounded number a turn.</summary>
public static class SweepTables
{
    private const int MostEach = 256;

    /// <summary>Entries will expire that this thread is to look for.</summary>
    public static bool HasWork(World world)
    {
        if (world.Thread != 0) return false;
        foreach (StickTable table in world.Shared.StickTables)
            if (table.Settings.ExpireMs > 0 && table.Used > 0) return true;
        return false;
    }

    public static void Run(World world)
    {
        if (world.Thread != 0 || world.NowMs == world.SweptMs) return;
        world.SweptMs = world.NowMs;
        foreach (StickTable table in world.Shared.StickTables) table.Sweep(world.NowMs, MostEach);
    }
}
