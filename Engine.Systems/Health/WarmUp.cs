using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Worlds;
using Engine.Systems.Balance;

namespace Engine.Systems.Health;

/// <summary>
/// <c>slowstart</c> (manual section 5.2): a server that comes up is given a growing part of its weight and limit. The
/// first thread moves all of them on.
/// </summary>
public static class WarmUp
{
    private const int StepMinMs = 50;
    private const int StepMaxMs = 1000;

    /// <summary>Steps over the whole time, where they are not shorter than a second.</summary>
    private const int Steps = 20;

    private const int Full = 16;

    /// <summary>Moves those on that are due.</summary>
    public static void Run(World world)
    {
        SharedWorld shared = world.Shared;
        long due = Volatile.Read(ref shared.WarmDueNanoseconds);
        if (due == 0 || world.Thread != 0 || due > world.NowNanoseconds) return;
        Interlocked.Exchange(ref shared.WarmDueNanoseconds, 0);
        long next = 0;
        foreach (Server server in world.Configuration.Servers)
        {
            if (shared.Health(server.Number).State != ServerOperation.Starting) continue;
            if (!ChangeServer.Warm(world, server.Number)) continue;
            long step = world.NowNanoseconds + (Math.Clamp(server.SlowStartMs / Steps, StepMinMs, StepMaxMs) * 1_000_000L);
            if (next == 0 || step < next) next = step;
        }
        if (next != 0) Interlocked.CompareExchange(ref shared.WarmDueNanoseconds, next, 0);
    }

    /// <summary>Under the server's lock: it begins to warm up, or has to no more.</summary>
    public static void StateChanged(World world, Server server, ref ServerHealth health)
    {
        ref SharedServer row = ref world.Shared.Server(server.Number);
        if (health.State != ServerOperation.Starting)
        {
            health.Sixteenths = Full;
            Volatile.Write(ref row.Warmth, 100);
            return;
        }
        Part(world, server, ref health, 0);
        Volatile.Write(ref world.Shared.WarmDueNanoseconds, world.NowNanoseconds);
        world.Shared.WakeThread(0);
    }

    /// <summary>Under the server's lock: its part by now, or its whole share when the time is over.</summary>
    public static void Advance(World world, Server server, ref ServerHealth health)
    {
        long elapsedMs = (world.NowNanoseconds - health.ChangedNanoseconds) / 1_000_000;
        if (elapsedMs >= server.SlowStartMs) health.State = ServerOperation.Running;
        else Part(world, server, ref health, Math.Max(0, elapsedMs));
    }

    /// <summary>The limit grows with each step, the weight with each second: from a sixteenth, as the statistics show it.</summary>
    private static void Part(World world, Server server, ref ServerHealth health, long elapsedMs)
    {
        int percent = (int)Math.Max(1, elapsedMs * 100 / server.SlowStartMs);
        Volatile.Write(ref world.Shared.Server(server.Number).Warmth, percent);
        // Algorithms whose weights do not change use all of it at once.
        bool isFixed = ChooseServer.HasFixedWeights(world.Configuration.Proxies[server.Backend]);
        long seconds = elapsedMs / 1000;
        long whole = server.SlowStartMs / 1000;
        health.Sixteenths = isFixed ? (byte)Full : (byte)((seconds * Full + whole) / whole);
    }
}
