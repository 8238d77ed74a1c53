using Engine.Data.Worlds;

namespace Engine.Systems.Logs;

/// <summary>Hands the lines of this tick to the kernel, one operation a target.</summary>
public static unsafe class WriteLogLines
{
    public static void Run(World world)
    {
        world.LogBatch.Flush(world.Operations);
        world.Counters->DroppedLogs = world.LogBatch.Dropped;
    }
}
