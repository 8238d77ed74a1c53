using System;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>
/// Spreads the first checks evenly over their interval, so that servers are not all asked at once (manual section 3.2,
/// <c>max-spread-checks</c>), and over the threads.
/// </summary>
public static class StartChecks
{
    public static void Run(World world, CheckSchedule schedule, long nowMs)
    {
        schedule.Begun = true;
        uint shortest = uint.MaxValue;
        int count = 0;
        foreach (Server server in world.Configuration.Servers)
        {
            Count(server.IsChecked, server.Check, ref shortest, ref count);
            Count(server.HasAgent, server.Agent, ref shortest, ref count);
        }
        int place = 0;
        foreach (Server server in world.Configuration.Servers)
        {
            Enter(world, schedule, server, agent: false, nowMs, shortest, count, ref place);
            Enter(world, schedule, server, agent: true, nowMs, shortest, count, ref place);
        }
    }

    private static void Count(bool isThere, CheckSettings settings, ref uint shortest, ref int count)
    {
        if (!isThere) return;
        shortest = Math.Min(shortest, settings.IntervalMs);
        count++;
    }

    private static void Enter(
        World world,
        CheckSchedule schedule,
        Server server,
        bool agent,
        long nowMs,
        uint shortest,
        int count,
        ref int place)
    {
        if (!(agent ? server.HasAgent : server.IsChecked)) return;
        int number = place++;
        if (number % world.Shared.Threads != world.Thread) return;
        long over = Math.Max(shortest, (agent ? server.Agent : server.Check).IntervalMs);
        uint most = world.Configuration.Globals.MaxSpreadChecksMs;
        if (most > 0) over = Math.Min(over, most);
        schedule.Set(StartHealth.Number(server, agent), nowMs + (over * number / count));
    }
}
